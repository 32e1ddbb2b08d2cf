/**
 * Quantiles and other summaries of lists of numbers.
 *
 * @module
 */

/** The arithmetic mean; 0 where there is no value. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** The standard deviation of a population: √ of the mean square distance from the mean; 0 where there is no value. */
export function standardDeviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

/**
 * The p-quantile of sorted values, linear between order statistics: x at (n − 1)·p.
 *
 * @param sorted at least one value, ascending
 * @see Hyndman and Fan, Sample quantiles in statistical packages, 1996, definition 7, which is NumPy's default
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const [low, high] = [sorted[below]!, sorted[Math.ceil(at)]!];
  return low + (at - below) * (high - low);
}

/**
 * The p-quantile as one of the values: x at ⌊n·p⌋, the last one at most. At p = 0.5 it is the upper of two
 * medians.
 *
 * @param sorted at least one value, ascending
 */
export function valueAt(sorted: ArrayLike<number>, p: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))]!;
}

/** The median, of an even number of values the mean of the middle two; NaN where there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** [low, high], both from 0 to 1. */
export type Interval = [number, number];

/**
 * Wilson's 95 % score interval of a share k/n: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
 *
 * Holds for shares near 0 and 1 and for small n, where p ± 2σ does not. [0, 1] for n = 0.
 *
 * @see Wilson, Probable inference, JASA 1927.
 */
export function wilsonInterval(successes: number, trials: number, z = 1.959963984540054): Interval {
  if (trials === 0) return [0, 1];
  const p = successes / trials;
  const z2 = z * z;
  const centre = p + z2 / (2 * trials);
  const spread = z * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials * trials));
  const scale = 1 + z2 / trials;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}

/**
 * The percentile interval of bootstrap replicates: their (1 ± level)/2 quantiles, linear between order statistics.
 *
 * @returns null where there is no replicate
 * @see Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13
 */
export function percentileInterval(replicates: readonly number[], level = 0.95): Interval | null {
  if (replicates.length === 0) return null;
  const sorted = Float64Array.from(replicates).sort();
  return [quantile(sorted, (1 - level) / 2), quantile(sorted, (1 + level) / 2)];
}
