import { type Interval, wilsonInterval } from '@semblance/core/statistics';
import { membersByGroup } from './members.ts';
import { areaUnderRoc, rocCurve } from './roc.ts';

/** How pairs of one group are judged at a threshold that all groups share. */
export interface GroupRates {
  group: string;
  genuine: number;
  impostor: number;
  /** False non-match rate: share of genuine pairs below the threshold; null where there are none. */
  fnmr: number | null;
  /** 95 %, Wilson's over the pairs. */
  fnmrInterval: Interval;
  /** False match rate: share of impostor pairs at or above it; null where there are none. */
  fmr: number | null;
  fmrInterval: Interval;
  /** Area under the group's own ROC curve; null where one side has no pair. */
  auc: number | null;
}

/**
 * Error rates by group at one threshold, the differential performance of ISO/IEC 19795-10: groups that a common
 * threshold treats alike have equal rates.
 *
 * @param similarities cosine of each pair
 * @param groups the group of each pair; null for pairs that belong to none
 * @returns groups in the order of their names
 */
export function ratesByGroup(
  similarities: ArrayLike<number>,
  same: ArrayLike<boolean>,
  groups: readonly (string | null)[],
  threshold: number,
): GroupRates[] {
  return membersByGroup(groups).map(([group, pairs]) => {
    let [genuine, missed, impostor, matched] = [0, 0, 0, 0];
    for (const i of pairs) {
      const isMatch = similarities[i]! >= threshold;
      if (same[i]) {
        genuine++;
        if (!isMatch) missed++;
      } else {
        impostor++;
        if (isMatch) matched++;
      }
    }
    const scores = pairs.map((i) => similarities[i]!);
    const labels = pairs.map((i) => same[i]!);
    return {
      group,
      genuine,
      impostor,
      fnmr: genuine === 0 ? null : missed / genuine,
      fnmrInterval: wilsonInterval(missed, genuine),
      fmr: impostor === 0 ? null : matched / impostor,
      fmrInterval: wilsonInterval(matched, impostor),
      auc: genuine === 0 || impostor === 0 ? null : areaUnderRoc(rocCurve(scores, labels)),
    };
  });
}

/** The similarity from which pairs match so that at most the share `fmr` of the impostor pairs does, all groups together. */
export function thresholdAtFmr(
  similarities: ArrayLike<number>,
  same: ArrayLike<boolean>,
  fmr: number,
): number {
  const impostors = Float64Array.from(Array.from(similarities).filter((_, i) => !same[i])).sort();
  const allowed = Math.floor(fmr * impostors.length);
  if (allowed >= impostors.length) return -1;
  // just above the first impostor that must not match
  return impostors[impostors.length - 1 - allowed]! + 1e-9;
}

/** Who pays for the errors: the groups with the highest and the lowest rate, and how many times one is the other. */
export interface RateSpread {
  worst: { group: string; rate: number };
  best: { group: string; rate: number };
  /** worst / best; null where the best makes no error. */
  ratio: number | null;
  /** Whether their 95 % intervals lie apart. */
  surely: boolean;
}

/**
 * The spread of a rate over groups, `mixed` and groups without such pairs aside.
 *
 * @returns null for fewer than two groups
 */
export function rateSpread(groups: readonly GroupRates[], rate: 'fnmr' | 'fmr'): RateSpread | null {
  const known = groups
    .filter(({ group, [rate]: value }) => group !== 'mixed' && value !== null)
    .sort((a, b) => b[rate]! - a[rate]!);
  if (known.length < 2) return null;
  const [worst, best] = [known[0]!, known.at(-1)!];
  const interval = rate === 'fnmr' ? 'fnmrInterval' : 'fmrInterval';
  return {
    worst: { group: worst.group, rate: worst[rate]! },
    best: { group: best.group, rate: best[rate]! },
    ratio: best[rate] === 0 ? null : worst[rate]! / best[rate]!,
    surely: worst[interval][0] > best[interval][1],
  };
}
