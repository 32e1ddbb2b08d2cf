import { hashBytes } from '@semblance/core/files';
import { type CheckMode, requireGoodPhoto } from '@semblance/face/doctor';
import {
  CROP_QUALITY,
  fillGallery,
  type GalleryMeta,
  type Intake,
  type IntakeOptions,
} from '@semblance/face/gallery';
import { asPhotoError } from '@semblance/face/image';
import { embedSubject, type FacePipeline } from '@semblance/face/pipeline';
import { isSemblanceError, SemblanceError } from '../error.ts';
import type { ForeignFace } from './foreign-people.ts';

export interface ImportForeignOptions extends Pick<IntakeOptions, 'merge' | 'keys'> {
  /** The gallery's folder. */
  to: string;
  /** What a new gallery says of itself. */
  meta: GalleryMeta;
  pipeline: FacePipeline;
  /** The model that made the embeddings: where it is the gallery's, they are taken over; otherwise pictures are embedded anew. */
  modelId?: string | undefined;
  /** How strictly pictures are judged (`off`). */
  check?: CheckMode;
  onProgress?(done: number): void;
}

export interface ForeignImport extends Intake {
  /** Faces that cannot be taken over, and why. */
  refused: { subject: string; source: string | null; code: string; message: string }[];
}

/**
 * Takes over the people of another system. Embeddings of two models are never mixed: those that are of the gallery's own
 * model, as `modelId` declares, are taken over; of all others the pictures are embedded with the gallery's.
 *
 * @throws SemblanceError GALLERY_MODEL_MISMATCH where the declared model is not the gallery's; DATA_EMPTY where nothing could be
 *   taken over; those of `fillGallery`
 */
export async function importForeignPeople(
  faces: AsyncIterable<ForeignFace>,
  { to, meta, pipeline, modelId, check = 'off', merge = false, keys, onProgress }: ImportForeignOptions,
): Promise<ForeignImport> {
  if (modelId !== undefined && modelId !== meta.modelId) {
    throw new SemblanceError(
      'GALLERY_MODEL_MISMATCH',
      `the embeddings are of ${modelId}, and the gallery’s recognizer is ${meta.modelId}: leave --model out to embed the pictures anew`,
    );
  }
  const refused: ForeignImport['refused'] = [];
  let done = 0;
  const whyNone = (error: unknown): never => {
    const [first] = refused;
    if (!first || !isSemblanceError(error, 'DATA_EMPTY')) throw error;
    const message = `none of ${refused.length} faces could be taken over, for example ${first.source}: ${first.message}`;
    throw new SemblanceError('DATA_EMPTY', message, { cause: error });
  };
  const intake = await fillGallery({ to, meta, merge, keys }, async (sink) => {
    for await (const face of faces) {
      const { subject, source, embedding } = face;
      try {
        if (modelId !== undefined && embedding)
          await sink.add({ subject, source, embedding, origin: 'enrol' });
        else await sink.add(await embedded(face, pipeline, check));
      } catch (error) {
        const { code, message } = asPhotoError(error);
        refused.push({ subject, source, code, message });
      }
      done++;
      onProgress?.(done);
    }
  }).catch(whyNone);
  return { ...intake, refused };
}

async function embedded({ subject, source, picture }: ForeignFace, pipeline: FacePipeline, check: CheckMode) {
  const name = source ?? subject;
  if (picture === null) {
    const message = `${name} has no picture, and its embedding is of another model`;
    throw new SemblanceError('NO_FACE', message);
  }
  const found = await embedSubject(pipeline, picture, name, { jpegQuality: CROP_QUALITY });
  await requireGoodPhoto(found, check, name);
  const { embedding, quality, jpeg } = found;
  return {
    ...{ subject, source, embedding, quality: quality.quality, crop: jpeg },
    ...{ contentHash: hashBytes(picture), origin: 'enrol' as const },
  };
}
