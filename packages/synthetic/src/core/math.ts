export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** 0 below `from`, 1 above `to`, 3t²−2t³ between; `from` may be above `to` (then it falls). */
export function smoothstep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/** exp(−((x−mean)/sigma)²/2), and 0 beyond four sigmas. */
export function bell(x: number, mean: number, sigma: number): number {
  const d = (x - mean) / sigma;
  return d > 4 || d < -4 ? 0 : Math.exp(-0.5 * d * d);
}

/**
 * Monotone cubic interpolation (Fritsch–Carlson) through `[x, y]` knots in increasing x, held constant
 * outside: facial profiles as short tables, without overshoot.
 */
export function curve(knots: readonly (readonly [number, number])[]): (x: number) => number {
  const n = knots.length;
  const slopes: number[] = [];
  for (let i = 0; i + 1 < n; i++)
    slopes.push((knots[i + 1]![1] - knots[i]![1]) / (knots[i + 1]![0] - knots[i]![0]));
  const tangents = knots.map((_, i) => {
    if (i === 0) return slopes[0]!;
    if (i === n - 1) return slopes[n - 2]!;
    const [a, b] = [slopes[i - 1]!, slopes[i]!];
    return a * b <= 0 ? 0 : (2 * a * b) / (a + b);
  });
  return (x) => {
    if (x <= knots[0]![0]) return knots[0]![1];
    if (x >= knots[n - 1]![0]) return knots[n - 1]![1];
    let i = 0;
    while (x > knots[i + 1]![0]) i++;
    const [x0, y0] = knots[i]!;
    const [x1, y1] = knots[i + 1]!;
    const h = x1 - x0;
    const t = (x - x0) / h;
    const u = 1 - t;
    return (
      y0 * (1 + 2 * t) * u * u +
      tangents[i]! * h * t * u * u +
      y1 * t * t * (3 - 2 * t) -
      tangents[i + 1]! * h * t * t * u
    );
  };
}
