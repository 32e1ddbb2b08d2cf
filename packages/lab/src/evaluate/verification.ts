import { dot } from '@semblance/core/vector';
import type { ImagePair, Pairs } from '../datasets/pair-layouts/layout.ts';
import { peopleOfPairs } from '../metrics/pair-people.ts';
import { type VerificationMetrics, verificationMetrics } from '../metrics/verification.ts';
import {
  type GroupRates,
  type RateSpread,
  rateSpread,
  ratesByGroup,
  thresholdAtFmr,
} from '../metrics/verification-groups.ts';
import type { Attributes } from './attributes.ts';

export interface VerificationResult extends VerificationMetrics {
  /** Rates by value of each attribute, for pairs whose photos share it; `mixed` are the other pairs. */
  groups?: Record<string, GroupRates[]>;
  /** The threshold of all groups, and who pays for the errors, by attribute. */
  groupsAt?: { threshold: number; fmr: number | null };
  groupSpread?: Record<string, { fnmr: RateSpread | null; fmr: RateSpread | null }>;
  /** Pairs of which a photo gave no embedding: judged as two people. */
  missedPairs: number;
}

/** What the report draws from. */
export interface ScoredPairs {
  pairs: readonly ImagePair[];
  /** Cosine of each pair; −1 where a photo gave no embedding. */
  similarities: Float64Array;
}

export interface VerificationMeasure {
  fars?: readonly number[];
  attributes?: Attributes | null;
  /** The false match rate, over all pairs, whose threshold the groups share; that of the folds if not given. */
  groupFmr?: number | undefined;
}

/**
 * Judges pairs by the cosine of their photos' embeddings; a photo without one makes its pair −1, two people.
 *
 * @param embeddings unit vectors by the photo's name, as `embedPhotos` gives them
 * @throws SemblanceError those of `verificationMetrics`
 * @example
 * ```ts
 * import { measureVerification } from '@semblance/lab';
 *
 * const embeddings = new Map([
 *   ['a1', Float32Array.of(1, 0)],
 *   ['a2', Float32Array.of(0.8, 0.6)],
 *   ['b1', Float32Array.of(0, 1)],
 * ]);
 * const pairs = [
 *   { first: 'a1', second: 'a2', same: true },
 *   { first: 'a1', second: 'b1', same: false },
 *   { first: 'a2', second: 'a1', same: true },
 *   { first: 'b1', second: 'a1', same: false },
 * ];
 * const { result } = measureVerification({ pairs, numFolds: 2 }, embeddings);
 * console.log(result.accuracy, result.missedPairs); // 1 0
 * ```
 */
export function measureVerification(
  { pairs, numFolds }: Pairs,
  embeddings: ReadonlyMap<string, Float32Array>,
  { fars, attributes, groupFmr }: VerificationMeasure = {},
): { result: VerificationResult; scored: ScoredPairs } {
  let missedPairs = 0;
  const similarities = Float64Array.from(pairs, ({ first, second }) => {
    const [a, b] = [embeddings.get(first), embeddings.get(second)];
    if (a && b) return dot(a, b);
    missedPairs++;
    return -1;
  });
  const same = pairs.map((pair) => pair.same);
  const people = peopleOfPairs(pairs);
  const metrics = verificationMetrics(similarities, same, { numFolds, people, ...(fars ? { fars } : {}) });
  const result: VerificationResult = { ...metrics, missedPairs };
  if (attributes) {
    const threshold =
      groupFmr === undefined ? metrics.threshold : thresholdAtFmr(similarities, same, groupFmr);
    result.groupsAt = { threshold, fmr: groupFmr ?? null };
    result.groups = Object.fromEntries(
      attributes.names.map((name) => {
        const groups = pairs.map(({ first, second }) => {
          const [a, b] = [attributes.valueOf(first, name), attributes.valueOf(second, name)];
          return a === null || b === null ? null : a === b ? a : 'mixed';
        });
        return [name, ratesByGroup(similarities, same, groups, threshold)];
      }),
    );
    result.groupSpread = Object.fromEntries(
      Object.entries(result.groups).map(([name, rates]) => [
        name,
        { fnmr: rateSpread(rates, 'fnmr'), fmr: rateSpread(rates, 'fmr') },
      ]),
    );
  }
  return { result, scored: { pairs, similarities } };
}
