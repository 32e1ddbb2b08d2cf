import { type ImpostorCurve, rateAt } from '@semblance/face/models';
import type { SearchHit } from '@semblance/face/pipeline';
import { z } from 'zod';
import { similarityOf, UNKNOWN } from './answers.ts';
import { givenCount, subjectHit } from './schemas.ts';

/** What a request of a recognition may say, beside how faces are found. */
export const prediction_count = givenCount(1, 100)
  .prefault(1)
  .describe('Most subjects named for a face, each once, best first.');

/** Who a face is, in an answer. */
export const decision = {
  subjects: z.array(subjectHit),
  /** Cosine similarity from which a face counts as a subject. */
  threshold: z.number().nullable(),
  /** Why there is no subject. */
  reason: z.string().nullable(),
  strangers: z
    .number()
    .nullable()
    .describe(
      'Share of pairs of different people at least as alike as the nearest, where the recognizer was calibrated.',
    ),
};

/** How often different people are as alike as a face and the nearest; null where that was not measured. */
export function strangersOf(
  [nearest]: readonly SearchHit[],
  { impostors }: { impostors: ImpostorCurve | null },
): number | null {
  if (nearest === undefined || impostors === null) return null;
  return Number(rateAt(impostors, nearest.similarity).fmr.toPrecision(2));
}

/** The subjects that reach the threshold; a stranger is `unknown`, with the similarity of the nearest. */
export function subjectsOf(
  nearest: SearchHit[],
  match: SearchHit | null,
  threshold: number | null,
): SearchHit[] {
  const hit = ({ subject, similarity }: SearchHit) => ({ subject, similarity: similarityOf(similarity) });
  if (match === null) return [hit({ subject: UNKNOWN, similarity: nearest[0]?.similarity ?? -1 })];
  return nearest.filter(({ similarity }) => similarity >= (threshold ?? -1)).map(hit);
}
