import { type Interval, wilsonInterval } from '@semblance/core/statistics';
import { SemblanceError } from '../error.ts';

/** A search of one probe photo in a gallery of people. */
export interface ProbeResult {
  /** Who the probe shows; null for a stranger, who is not in the gallery (a non-mated search). */
  subject: string | null;
  /** The gallery's people by falling similarity; empty where no face was found in the probe. */
  candidates: readonly { subject: string; similarity: number }[];
}

export interface ClosedSetMetrics {
  /** Mated probes. */
  probes: number;
  /** Share whose own subject comes first, 0 to 1. */
  rank1: number;
  rank1Interval: Interval;
  /** [k − 1] share whose own subject is among the first k (the cumulative match characteristic). */
  cmc: number[];
}

export interface OpenSetMetrics {
  threshold: number;
  /** False-positive identification rate: share of strangers with any candidate ≥ threshold. */
  fpir: number;
  fpirInterval: Interval;
  /** True-positive identification rate: share of mated probes whose first candidate is right and ≥ threshold. */
  tpir: number;
  tpirInterval: Interval;
  /** False-negative identification rate, 1 − TPIR. */
  fnir: number;
  mated: number;
  nonMated: number;
}

/**
 * Closed-set identification: CMC(k) = share of mated probes whose own subject is at rank ≤ k.
 *
 * A probe without candidates, and one whose subject is not among its candidates, counts as a miss at every rank.
 * Equal similarities count against the probe: its subject ranks after all that tie with it.
 *
 * @throws SemblanceError DATA_EMPTY where no probe is mated.
 * @see ISO/IEC 19795-1
 * @example
 * ```ts
 * import { closedSetMetrics } from '@semblance/lab';
 *
 * const candidates = [
 *   { subject: 'ada', similarity: 0.7 },
 *   { subject: 'bob', similarity: 0.4 },
 * ];
 * const { rank1, cmc } = closedSetMetrics([
 *   { subject: 'ada', candidates },
 *   { subject: 'bob', candidates },
 * ]);
 * console.log(rank1, cmc[1]); // 0.5 1
 * ```
 */
export function closedSetMetrics(probes: readonly ProbeResult[], maxRank = 20): ClosedSetMetrics {
  const mated = probes.filter(({ subject }) => subject !== null);
  if (mated.length === 0) throw new SemblanceError('DATA_EMPTY', 'no probe shows a person of the gallery');
  const hits = new Array<number>(maxRank).fill(0);
  for (const probe of mated) {
    const rank = rankOfMate(probe);
    for (let k = rank; k <= maxRank; k++) hits[k - 1]!++;
  }
  return {
    probes: mated.length,
    rank1: hits[0]! / mated.length,
    rank1Interval: wilsonInterval(hits[0]!, mated.length),
    cmc: hits.map((count) => count / mated.length),
  };
}

/**
 * Open-set identification at a threshold that was chosen elsewhere.
 *
 * FPIR(τ) = share of non-mated probes with a candidate ≥ τ; TPIR(τ) = share of mated probes whose first candidate
 * is the right subject and ≥ τ. Probes without a face count as no answer: never a false positive, always a miss.
 *
 * @see ISO/IEC 19795-1, open-set identification
 * @param threshold cosine similarity, −1 to 1
 * @example
 * ```ts
 * import { openSetMetrics } from '@semblance/lab';
 *
 * const { tpir, fpir } = openSetMetrics(
 *   [
 *     { subject: 'ada', candidates: [{ subject: 'ada', similarity: 0.7 }] },
 *     { subject: null, candidates: [{ subject: 'ada', similarity: 0.3 }] },
 *   ],
 *   0.5,
 * );
 * console.log(tpir, fpir); // 1 0
 * ```
 */
export function openSetMetrics(probes: readonly ProbeResult[], threshold: number): OpenSetMetrics {
  let [mated, nonMated, found, alarms] = [0, 0, 0, 0];
  for (const probe of probes) {
    const top = topSimilarity(probe);
    if (probe.subject === null) {
      nonMated++;
      if (top >= threshold) alarms++;
    } else {
      mated++;
      if (top >= threshold && isFirstRight(probe)) found++;
    }
  }
  const tpir = mated === 0 ? 0 : found / mated;
  return {
    threshold,
    fpir: nonMated === 0 ? 0 : alarms / nonMated,
    fpirInterval: wilsonInterval(alarms, nonMated),
    tpir,
    tpirInterval: wilsonInterval(found, mated),
    fnir: 1 - tpir,
    mated,
    nonMated,
  };
}

/**
 * The lowest threshold at which the strangers among these probes give FPIR ≤ `fpir`: just above the
 * (⌊fpir·n⌋ + 1)-th highest of their top similarities.
 *
 * Choose it on other photos than those reported: on its own probes it flatters.
 *
 * @throws SemblanceError DATA_EMPTY where no probe is a stranger.
 */
export function thresholdAtFpir(probes: readonly ProbeResult[], fpir: number): number {
  const tops = probes.filter(({ subject }) => subject === null).map(topSimilarity);
  if (tops.length === 0) throw new SemblanceError('DATA_EMPTY', 'choosing a threshold needs strangers');
  tops.sort((a, b) => b - a);
  // 0.07·100 is 7.000000000000001 in floating point and 0.29·100 is 28.999…: count with a hair of slack
  const allowed = Math.floor(fpir * tops.length + 1e-9);
  if (allowed >= tops.length) return -1;
  const first = tops[allowed]!;
  return first === Number.NEGATIVE_INFINITY ? -1 : first + Number.EPSILON * Math.max(1, Math.abs(first));
}

/** One operating point of open-set identification. */
export interface OpenSetPoint {
  threshold: number;
  fpir: number;
  tpir: number;
}

/**
 * TPIR over FPIR as the threshold falls: one point for each distinct top similarity, from threshold ∞ on. A side without
 * probes keeps rate 0.
 *
 * It is read on the probes it is drawn from, so a single point of it flatters: see {@link tpirAtFpir}.
 */
export function openSetCurve(probes: readonly ProbeResult[]): OpenSetPoint[] {
  const outcomes = probes.map((probe) => ({
    top: topSimilarity(probe),
    isMated: probe.subject !== null,
    isRight: isFirstRight(probe),
  }));
  outcomes.sort((a, b) => b.top - a.top);
  const mated = outcomes.filter(({ isMated }) => isMated).length;
  const points: OpenSetPoint[] = [{ threshold: Number.POSITIVE_INFINITY, fpir: 0, tpir: 0 }];
  let [found, alarms] = [0, 0];
  for (const [i, { top, isMated, isRight }] of outcomes.entries()) {
    if (top === Number.NEGATIVE_INFINITY) break; // no candidate: no threshold accepts it
    if (isRight) found++;
    if (!isMated) alarms++;
    if (outcomes[i + 1]?.top === top) continue;
    points.push({
      threshold: top,
      fpir: alarms / Math.max(1, outcomes.length - mated),
      tpir: found / Math.max(1, mated),
    });
  }
  return points;
}

/** TPIR at each FPIR, the threshold taken from `calibration` probes and the rates from `probes`. */
export function tpirAtFpir(
  probes: readonly ProbeResult[],
  calibration: readonly ProbeResult[],
  fpirs: readonly number[] = [0.1, 0.05, 0.01],
): Record<string, OpenSetMetrics> {
  return Object.fromEntries(
    fpirs.map((fpir) => [String(fpir), openSetMetrics(probes, thresholdAtFpir(calibration, fpir))]),
  );
}

/** Similarity of the first candidate; −∞ where there is none. */
export const topSimilarity = ({ candidates }: ProbeResult): number =>
  candidates[0]?.similarity ?? Number.NEGATIVE_INFINITY;

/** Whether the own subject comes first, ahead of all others. */
export const isFirstRight = (probe: ProbeResult): boolean =>
  probe.subject !== null && rankOfMate(probe) === 1;

function rankOfMate({ subject, candidates }: ProbeResult): number {
  const own = candidates.find((candidate) => candidate.subject === subject);
  if (!own) return Number.POSITIVE_INFINITY;
  let rank = 1;
  for (const other of candidates) {
    if (other !== own && other.similarity >= own.similarity) rank++;
  }
  return rank;
}
