import { mean } from '../statistics.ts';

/** Means of `size` values each, so that a noisy curve can be read. */
export function smooth(points: readonly (readonly [number, number])[], numPoints = 120): [number, number][] {
  const size = Math.max(1, Math.floor(points.length / numPoints));
  const out: [number, number][] = [];
  for (let i = 0; i < points.length; i += size) {
    const part = points.slice(i, i + size);
    out.push([mean(part.map(([x]) => x)), mean(part.map(([, y]) => y))]);
  }
  return out;
}

/** How many values fall into each of `numBins` bins between `low` and `high`, as shares. */
export function histogram(
  values: readonly number[],
  low: number,
  high: number,
  numBins = 40,
): [number, number][] {
  const counts = new Array<number>(numBins).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * numBins);
    counts[Math.min(numBins - 1, Math.max(0, bin))]!++;
  }
  return counts.map((count, i) => [
    low + ((i + 0.5) * (high - low)) / numBins,
    count / Math.max(1, values.length),
  ]);
}
