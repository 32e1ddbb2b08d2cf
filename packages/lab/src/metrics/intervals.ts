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
