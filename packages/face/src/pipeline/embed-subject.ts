import { basename } from 'node:path';
import { SemblanceError } from '../error.ts';
import type { FacePipeline } from './pipeline.ts';
import type { EmbeddedFace, PicturePlan } from './stages.ts';

/** The face a photo is of, and the number of faces it was chosen from. */
export interface SubjectFace extends EmbeddedFace {
  numFaces: number;
}

/**
 * Embeds the one face that a photo is of, see `chooseSubject`; the others are not embedded.
 *
 * @param name what errors call the photo.
 * @throws SemblanceError NO_FACE; those of the pipeline.
 */
export async function embedSubject<Source>(
  pipeline: FacePipeline<Source>,
  source: Source,
  name: string,
  plan: PicturePlan = {},
): Promise<SubjectFace> {
  const { faces, numFaces } = await pipeline.embedPicture(source, { ...plan, faces: 'subject' });
  if (!faces[0]) throw new SemblanceError('NO_FACE', `no face was found in ${basename(name)}`);
  return { ...faces[0], numFaces };
}
