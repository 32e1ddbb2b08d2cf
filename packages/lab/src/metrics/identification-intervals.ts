import { Random } from '@semblance/core/random';
import { type Interval, percentileInterval } from '@semblance/core/statistics';
import { drawWithReplacement } from './bootstrap.ts';
import { isFirstRight, type ProbeResult, topSimilarity } from './identification.ts';

/** A probe and the person it shows: probes of one person are drawn together. */
export interface ProbeOfPerson extends ProbeResult {
  person: string;
}

export interface IdentificationIntervals {
  /** Null where no probe is mated. */
  rank1: Interval | null;
  /** By the FPIR aimed at; TPIR with the threshold chosen anew in every replicate, and the FPIR it then has. */
  atFpir: Record<string, { tpir: Interval | null; fpir: Interval | null }>;
}

/**
 * 95 % intervals of identification rates by a bootstrap over people: the mated people, the strangers that the
 * threshold is chosen on and those it is reported on are each drawn with replacement, photos going with their person;
 * the gallery stays as it is.
 *
 * So an interval holds what another draw of people would change, the choice of the threshold included. Percentiles of
 * the replicates.
 */
export function identificationIntervals(
  probes: readonly ProbeOfPerson[],
  calibration: readonly ProbeOfPerson[],
  fpirs: readonly number[],
  { replicates = 1000, seed = 1 }: { replicates?: number; seed?: number } = {},
): IdentificationIntervals {
  const random = new Random(seed);
  const mated = grouped(probes.filter(({ subject }) => subject !== null));
  const strangers = grouped(probes.filter(({ subject }) => subject === null));
  const chosenOn = grouped(calibration.filter(({ subject }) => subject === null));
  const rank1: number[] = [];
  const rates = fpirs.map(() => ({ tpir: [] as number[], fpir: [] as number[] }));
  for (let i = 0; i < replicates; i++) {
    for (const group of [mated, strangers, chosenOn]) drawWithReplacement(random, group.counts);
    if (mated.probes.length > 0) rank1.push(shareOf(mated, ({ isRight }) => isRight));
    if (chosenOn.probes.length === 0) continue;
    for (const [f, fpir] of fpirs.entries()) {
      const threshold = thresholdOf(chosenOn, fpir);
      if (mated.probes.length > 0) {
        rates[f]!.tpir.push(shareOf(mated, ({ isRight, top }) => isRight && top > threshold));
      }
      if (strangers.probes.length > 0) rates[f]!.fpir.push(shareOf(strangers, ({ top }) => top > threshold));
    }
  }
  return {
    rank1: percentileInterval(rank1),
    atFpir: Object.fromEntries(
      fpirs.map((fpir, f) => [
        String(fpir),
        { tpir: percentileInterval(rates[f]!.tpir), fpir: percentileInterval(rates[f]!.fpir) },
      ]),
    ),
  };
}

interface Outcome {
  /** Index of the person in `counts`. */
  person: number;
  top: number;
  isRight: boolean;
}

interface Grouped {
  /** By falling top similarity. */
  probes: Outcome[];
  /** How often each person is drawn. */
  counts: Float64Array;
}

function grouped(probes: readonly ProbeOfPerson[]): Grouped {
  const index = new Map<string, number>();
  const outcomes = probes.map((probe): Outcome => {
    if (!index.has(probe.person)) index.set(probe.person, index.size);
    return { person: index.get(probe.person)!, top: topSimilarity(probe), isRight: isFirstRight(probe) };
  });
  outcomes.sort((a, b) => b.top - a.top);
  return { probes: outcomes, counts: new Float64Array(index.size) };
}

/** Share of the drawn probes that hold a condition. */
function shareOf({ probes, counts }: Grouped, holds: (probe: Outcome) => boolean): number {
  let [sum, total] = [0, 0];
  for (const probe of probes) {
    const weight = counts[probe.person]!;
    total += weight;
    if (holds(probe)) sum += weight;
  }
  return total === 0 ? 0 : sum / total;
}

/** The similarity that must be exceeded so that at most a share `fpir` of the drawn strangers does. */
function thresholdOf({ probes, counts }: Grouped, fpir: number): number {
  const total = probes.reduce((sum, { person }) => sum + counts[person]!, 0);
  const allowed = Math.floor(fpir * total + 1e-9);
  let above = 0;
  for (const { person, top } of probes) {
    above += counts[person]!;
    if (above > allowed) return top;
  }
  return Number.NEGATIVE_INFINITY;
}
