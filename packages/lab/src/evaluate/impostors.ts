import { type ImpostorCurve, measureImpostors } from '@semblance/face/models';
import {
  type EmbeddedPhotos,
  type EmbedPhotosOptions,
  type EvaluatedPhoto,
  embedPhotos,
} from './embed-photos.ts';

/**
 * Measures how alike a recognizer finds different people, over every pair of photos of different people: the curve that a
 * manifest keeps as `impostors`.
 *
 * @param photos one of each person, with a name of its own: further pairs of the same two people say the same again
 * @param what the photos are called in the curve
 * @returns the curve, and the photos that gave no face
 * @throws SemblanceError DATA_INVALID with fewer than 20 people whose photo gave a face
 */
export async function measureImpostorsOf(
  photos: readonly EvaluatedPhoto[],
  what: string,
  options: EmbedPhotosOptions,
): Promise<{ curve: ImpostorCurve; missed: EmbeddedPhotos['missed'] }> {
  const { embeddings, missed } = await embedPhotos(photos, options);
  const faces = [...embeddings].map(([subject, embedding]) => ({ subject, embedding }));
  const people = faces.length.toLocaleString('en-US');
  return { curve: measureImpostors(faces, `${what}, one photo each of ${people} people`), missed };
}
