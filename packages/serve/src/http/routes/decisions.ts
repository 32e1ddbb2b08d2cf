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
  reason: z
    .string()
    .nullable()
    .describe(
      'Why there is no subject: below_threshold, ambiguous, low_quality, not_this_person, empty_gallery, no_gallery.',
    ),
  strangers: z
    .number()
    .nullable()
    .describe(
      'Share of strangers who would be as similar to somebody of the gallery as the face is to the nearest, where measured.',
    ),
};

/** How often a stranger would be as similar as the nearest; null where that was not measured. */
export function strangersOf([nearest]: readonly SearchHit[]): number | null {
  const { falsePositiveRate } = nearest ?? {};
  return falsePositiveRate === undefined ? null : Number(falsePositiveRate.toPrecision(2));
}

/** The subjects that reach the threshold; a stranger is `unknown`, with the similarity of the nearest. */
export function subjectsOf(
  nearest: SearchHit[],
  match: SearchHit | null,
  threshold: number | null,
): z.output<typeof subjectHit>[] {
  const hit = ({ subject, similarity }: SearchHit) => ({ subject, similarity: similarityOf(similarity) });
  if (match === null) return [hit({ ...(nearest[0] ?? { similarity: -1 }), subject: UNKNOWN })];
  return nearest
    .filter(({ similarity, isRefused }) => similarity >= (threshold ?? -1) && !isRefused)
    .map(hit);
}
