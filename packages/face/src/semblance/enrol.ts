import { basename } from 'node:path';
import { hashBytes } from '@semblance/core/files';
import { requireGoodPhoto } from '../doctor/check-photo.ts';
import type { CheckMode } from '../doctor/photo-limits.ts';
import { SemblanceError } from '../error.ts';
import { CROP_QUALITY, type NewFace } from '../gallery/store.ts';
import { readImageFile } from '../image/image-file.ts';
import { asPhotoError } from '../image/photo-error.ts';
import type { DetectOptions } from '../models/detector.ts';
import { embedSubject } from '../pipeline/embed-subject.ts';
import type { FacePipeline } from '../pipeline/pipeline.ts';
import type { PictureSource } from '../pipeline/stages.ts';

/** Who was enrolled. */
export interface Enrolment {
  subject: string;
  /** Ids of the faces. */
  ids: number[];
  /** Photos that cannot be used, and why: the others were enrolled. */
  refused: { photo: string; code: string; message: string }[];
}

/** How photos are looked at before somebody is enrolled by them. */
export interface EnrolOptions extends DetectOptions {
  /** How strictly photos are judged (`off`): what is not good enough is refused, with the reason. */
  check?: CheckMode | undefined;
}

/**
 * The faces of a person, ready to be enrolled: of each photo the largest, most central one.
 *
 * @throws SemblanceError the error of the first photo where none of them can be used; DATA_EMPTY where there is none
 */
export async function embedPerson(
  pipeline: FacePipeline,
  subject: string,
  photos: readonly PictureSource[],
  { check = 'off', ...detect }: EnrolOptions,
): Promise<{ faces: NewFace[]; refused: Enrolment['refused'] }> {
  const faces: NewFace[] = [];
  const refused: Enrolment['refused'] = [];
  let firstError = new SemblanceError('DATA_EMPTY', `no photo of ${subject} was given`);
  for (const photo of photos) {
    const name = typeof photo === 'string' ? photo : 'a picture';
    try {
      const source = typeof photo === 'string' ? await readImageFile(photo) : photo;
      const face = await embedSubject(pipeline, source, name, { ...detect, jpegQuality: CROP_QUALITY });
      await requireGoodPhoto(face, check, name);
      faces.push({
        subject,
        embedding: face.embedding,
        quality: face.quality.quality,
        crop: face.jpeg,
        source: typeof photo === 'string' ? basename(photo) : null,
        contentHash: source instanceof Uint8Array ? hashBytes(source) : null,
        origin: 'enrol',
      });
    } catch (error) {
      const refusal = asPhotoError(error);
      if (refused.length === 0) firstError = refusal;
      refused.push({ photo: name, code: refusal.code, message: refusal.message });
    }
  }
  if (faces.length === 0) throw firstError;
  return { faces, refused };
}
