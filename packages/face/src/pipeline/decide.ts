import type { SearchHit } from './gallery-search.ts';
import { chooseThreshold, type ThresholdSources } from './threshold.ts';

/** Why a face has no match. */
export type Reason =
  | 'no_gallery'
  | 'empty_gallery'
  | 'low_quality'
  | 'below_threshold'
  | 'ambiguous'
  /** The nearest subject was refused for a face like this one, and nobody else is near enough. */
  | 'not_this_person';

export interface DecisionOptions {
  /** Cosine from which a face counts as a subject; if not given, see `chooseThreshold`. */
  threshold?: number;
  /** The best subject must lead the second by this much (0). */
  margin?: number;
  /** Faces of lower quality are not matched (0). */
  minQuality?: number;
}

export interface Decision {
  match: SearchHit | null;
  reason: Reason | null;
  threshold: number | null;
}

/**
 * Whether the best hit is an answer: it must reach the threshold, lead the next subject by the margin, and
 * come from a face that is good enough. Subjects who were refused for such a face are passed over.
 *
 * @param hits best first, each subject once; null where there is no gallery.
 * @param sources where the threshold comes from unless the options give one, see {@link chooseThreshold}.
 */
export function decide(
  hits: SearchHit[] | null,
  quality: number,
  sources: Omit<ThresholdSources, 'given'>,
  { threshold: given, margin = 0, minQuality = 0 }: DecisionOptions = {},
): Decision {
  if (hits === null) return { match: null, reason: 'no_gallery', threshold: given ?? null };
  const threshold = chooseThreshold({ given, ...sources }).value;
  const no = (reason: Reason): Decision => ({ match: null, reason, threshold });
  if (quality < minQuality) return no('low_quality');
  if (hits.length === 0) return no('empty_gallery');
  const [best, second] = hits.filter(({ isRefused }) => !isRefused);
  if (!best || best.similarity < threshold)
    return no(hits[0]!.similarity < threshold ? 'below_threshold' : 'not_this_person');
  if (second && best.similarity - second.similarity < margin) return no('ambiguous');
  const { subject, similarity, falsePositiveRate: rate } = best;
  const match = { subject, similarity, ...(rate === undefined ? {} : { falsePositiveRate: rate }) };
  return { match, reason: null, threshold };
}
