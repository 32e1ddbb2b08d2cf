import { deviation, mean } from './figures.ts';

/** One line of a chart. */
export interface Series {
  name: string;
  /** A colour as styles have it. */
  color: string;
  /** What others are held against is thicker. */
  isBaseline?: boolean;
  points: readonly (readonly number[])[];
  /** Half the width of the band around it, for each point. */
  spread?: readonly number[];
}

/** Colours that are told apart by people who see few of them, in both appearances; more are grouped. */
export const MOST_COLORS = 8;
export const colorOf = (index: number): string => `var(--series-${1 + (index % MOST_COLORS)})`;
/** Of what all others are held against. */
export const BASELINE_COLOR = 'var(--ink)';
export const OTHER_COLOR = 'var(--ink-3)';

/** The mean of several curves at the steps that all of them have, and the standard deviation there. */
export function meanCurve(
  curves: readonly (readonly (readonly number[])[])[],
): Pick<Series, 'points' | 'spread'> {
  const filled = curves.filter(({ length }) => length > 0);
  const maps = filled.map((curve) => new Map(curve.map(([step, value]) => [step!, value!])));
  const steps = [...(maps[0]?.keys() ?? [])].filter((step) => maps.every((map) => map.has(step)));
  const values = steps.map((step) => maps.map((map) => map.get(step)!));
  return {
    points: steps.map((step, i) => [step, mean(values[i]!)]),
    spread: values.map(deviation),
  };
}

/** Steps of all series, ascending, and each series at them; null where it has no point. */
export function aligned(series: readonly Series[]): [number[], ...(number | null)[][]] {
  const steps = [...new Set(series.flatMap(({ points }) => points.map(([step]) => step!)))].sort(
    (a, b) => a - b,
  );
  const place = new Map(steps.map((step, i) => [step, i]));
  const columns = series.flatMap(({ points, spread }) => {
    const empty = () => new Array<number | null>(steps.length).fill(null);
    const [middle, low, high] = [empty(), empty(), empty()];
    for (const [i, [step, value]] of points.entries()) {
      const at = place.get(step!)!;
      middle[at] = value!;
      low[at] = value! - (spread?.[i] ?? 0);
      high[at] = value! + (spread?.[i] ?? 0);
    }
    return spread ? [middle, low, high] : [middle];
  });
  return [steps, ...columns];
}
