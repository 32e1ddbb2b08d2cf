import type { SubjectHit } from '@semblance/face/gallery';
import { CROP_QUALITY } from '@semblance/face/gallery';
import { encodeJpeg } from '@semblance/face/image';
import { asSemblanceError } from '../../error.ts';
import type { KnownFace, ServingUnit } from '../../fleet/unit.ts';
import type { Service } from '../service.ts';

/** Reasons why somebody is unknown that a person may know better. */
const ASKED = ['below_threshold', 'ambiguous', 'not_this_person', 'empty_gallery'];

/** Keeps the faces of an answer that are nobody's, where the service keeps any; the answer does not wait for it. */
export function keepUnknown({ review, log }: Service, unit: ServingUnit, faces: readonly KnownFace[]): void {
  const unknown = review ? faces.filter(({ reason }) => reason !== null && ASKED.includes(reason)) : [];
  if (review === null || unknown.length === 0) return;
  const keep = async (): Promise<void> => {
    const kept = unknown.map(async ({ crop, embedding, quality, candidates }) => ({
      crop: await encodeJpeg(crop, { quality: CROP_QUALITY }),
      nearest: (candidates[0] as SubjectHit | undefined)?.faceId ?? null,
      ...{ embedding, quality: quality.quality, modelId: unit.recognizer.id },
    }));
    review.keep(await Promise.all(kept));
  };
  keep().catch((error: unknown) => {
    const { code, message } = asSemblanceError(error);
    log.event('error', `unknown faces could not be kept: ${message}`, { code });
  });
}
