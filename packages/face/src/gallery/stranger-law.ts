import { quantile } from '@semblance/core/statistics';

/**
 * How similar the most similar of a gallery's faces is to a stranger: a Gumbel law, F(s) = exp(−exp(−(s − μ)/β)), which is
 * what the best of many comparisons follows. Among n faces in the place of n₀ the mode is μ + β·ln(n/n₀).
 *
 * @see Gumbel, Statistics of Extremes, 1958
 */
export interface StrangerLaw {
  /** μ, a cosine similarity. */
  mode: number;
  /** β. */
  scale: number;
  /** n₀, the faces that the strangers were compared with. */
  numFaces: number;
}

/** ln(−ln p), by which a Gumbel's quantiles are in a line: q(p) = μ − β·ln(−ln p). */
const logLog = (p: number): number => Math.log(-Math.log(p));
const QUARTILES = logLog(0.25) - logLog(0.75);

/**
 * The law of searches by strangers, from their quartiles, which a few who are no strangers after all do not move:
 * β = (q₇₅ − q₂₅)/1.5725, μ = q₅₀ + β·ln ln 2.
 *
 * @param best of each search the highest similarity, ascending; at least one
 */
export function fitStrangerLaw(best: ArrayLike<number>, numFaces: number): StrangerLaw {
  const scale = Math.max((quantile(best, 0.75) - quantile(best, 0.25)) / QUARTILES, 1e-6);
  return { mode: quantile(best, 0.5) + scale * logLog(0.5), scale, numFaces };
}

/** The law through the median of searches and a similarity that a share `fpir` of them reaches. */
export function lawThrough(
  median: number,
  at: { similarity: number; fpir: number },
  numFaces: number,
): StrangerLaw {
  const scale = Math.max((at.similarity - median) / (logLog(0.5) - logLog(1 - at.fpir)), 1e-6);
  return { mode: median + scale * logLog(0.5), scale, numFaces };
}

/** The similarity that a share `fpir` of strangers reaches to somebody among so many faces. */
export function similarityAmong({ mode, scale, numFaces }: StrangerLaw, among: number, fpir: number): number {
  return mode + scale * Math.log(Math.max(1, among) / numFaces) - scale * logLog(1 - fpir);
}

/** The share of strangers who are at least so similar to somebody among so many faces: its inverse. */
export function rateAmong({ mode, scale, numFaces }: StrangerLaw, among: number, similarity: number): number {
  const shift = scale * Math.log(Math.max(1, among) / numFaces);
  return -Math.expm1(-Math.exp(-(similarity - mode - shift) / scale));
}
