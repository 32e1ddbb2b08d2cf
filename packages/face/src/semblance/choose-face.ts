import { basename } from 'node:path';
import { SemblanceError } from '../error.ts';
import { embedSubject } from '../pipeline/embed-subject.ts';
import type { FacePipeline } from '../pipeline/pipeline.ts';
import type { EmbeddedFace, PicturePlan, PictureSource } from '../pipeline/stages.ts';
import { fromLeft } from './verify.ts';

/**
 * The face of a photo that is meant: the one of a number, 1 for the leftmost, or the largest, most central one.
 *
 * @throws SemblanceError NO_FACE; USAGE_INVALID_VALUE for a number that no face has
 */
export async function chooseFace(
  pipeline: FacePipeline,
  photo: PictureSource,
  number: number | undefined,
  plan: PicturePlan,
): Promise<EmbeddedFace> {
  const name = typeof photo === 'string' ? basename(photo) : 'the photo';
  if (number === undefined) return embedSubject(pipeline, photo, name, plan);
  const faces = fromLeft(await pipeline.embed(photo, plan));
  if (faces.length === 0) throw new SemblanceError('NO_FACE', `no face was found in ${name}`);
  const face = faces[number - 1];
  if (face) return face;
  throw new SemblanceError(
    'USAGE_INVALID_VALUE',
    `${name} shows ${faces.length} faces, and no face ${number}`,
  );
}
