import { dot } from '@semblance/core/vector';
import { SemblanceError } from '../error.ts';
import type { Box } from '../geometry/types.ts';
import type { EmbeddedFace } from '../pipeline/stages.ts';
import type { Threshold } from '../pipeline/threshold.ts';

/** A face of a photo, by where it is. */
export interface NumberedFace {
  /** 1 for the leftmost of its photo. */
  number: number;
  box: Box;
  quality: number;
  embedding: Float32Array;
}

/** A face of one photo beside a face of the other. */
export interface FacePair {
  a: NumberedFace;
  b: NumberedFace;
  /** Cosine, −1 to 1. */
  similarity: number;
  isSame: boolean;
}

/** Whether two photos show one person. */
export interface Verification {
  /** Whether a face of one photo and a face of the other are one person's. */
  isSame: boolean;
  /** That of the most similar pair. */
  similarity: number;
  threshold: Threshold;
  /** Every face of one with every face of the other, most similar first. */
  pairs: FacePair[];
}

/** The faces of a photo from left to right. */
export function fromLeft(faces: readonly EmbeddedFace[]): EmbeddedFace[] {
  const centre = ({ box }: EmbeddedFace): number => box[0] + box[2];
  return faces.toSorted((a, b) => centre(a) - centre(b));
}

/** The same, each with its number. */
export const numberFaces = (faces: readonly EmbeddedFace[]): NumberedFace[] =>
  fromLeft(faces).map(({ box, quality, embedding }, i) => ({
    ...{ number: i + 1, box, embedding },
    quality: quality.quality,
  }));

/**
 * Holds every face of one photo against every face of another.
 *
 * @throws SemblanceError NO_FACE where one of them shows none
 */
export function verifyFaces(
  a: readonly NumberedFace[],
  b: readonly NumberedFace[],
  threshold: Threshold,
): Verification {
  const pairs = a
    .flatMap((faceA) =>
      b.map((faceB): FacePair => {
        const similarity = dot(faceA.embedding, faceB.embedding);
        return { a: faceA, b: faceB, similarity, isSame: similarity >= threshold.value };
      }),
    )
    .sort((x, y) => y.similarity - x.similarity);
  const [best] = pairs;
  if (!best)
    throw new SemblanceError('NO_FACE', `no face was found in the ${a.length ? 'second' : 'first'} photo`);
  return { isSame: best.isSame, similarity: best.similarity, threshold, pairs };
}
