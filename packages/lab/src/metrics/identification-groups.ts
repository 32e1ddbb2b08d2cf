import { type Interval, wilsonInterval } from '@semblance/core/statistics';
import { isFirstRight, openSetMetrics, type ProbeResult } from './identification.ts';
import { membersByGroup } from './members.ts';

/** How probes of one group are identified at a threshold that all groups share. */
export interface GroupIdentification {
  group: string;
  mated: number;
  nonMated: number;
  /** Share of mated probes whose own subject comes first; null where there are none. */
  rank1: number | null;
  /** 95 %, Wilson's over the probes, as the others are. */
  rank1Interval: Interval;
  /** Share of mated probes whose own subject comes first and reaches the threshold. */
  tpir: number | null;
  tpirInterval: Interval;
  /** Share of strangers who are taken for somebody; null where there are none. */
  fpir: number | null;
  fpirInterval: Interval;
}

/**
 * Identification rates by group at one threshold.
 *
 * @param groups the group of each probe; null for probes that belong to none
 * @returns groups in the order of their names
 */
export function identificationByGroup(
  probes: readonly ProbeResult[],
  groups: readonly (string | null)[],
  threshold: number,
): GroupIdentification[] {
  return membersByGroup(groups).map(([group, members]) => {
    const own = members.map((i) => probes[i]!);
    const { mated, nonMated, tpir, tpirInterval, fpir, fpirInterval } = openSetMetrics(own, threshold);
    const first = own.filter(isFirstRight).length;
    return {
      group,
      mated,
      nonMated,
      rank1: mated === 0 ? null : first / mated,
      rank1Interval: wilsonInterval(first, mated),
      tpir: mated === 0 ? null : tpir,
      tpirInterval,
      fpir: nonMated === 0 ? null : fpir,
      fpirInterval,
    };
  });
}
