/** Where values stand along an axis, and which of them are written on it. */
export interface Axis {
  /** 0 at the low end, 1 at the high end. */
  place(value: number): number;
  ticks: number[];
}

export type AxisKind = 'linear' | 'log';

/** Every kind of axis, made for a range of values. */
export const axes: Record<AxisKind, (low: number, high: number) => Axis> = {
  linear: (low, high) => ({
    place: (value) => (value - low) / (high - low || 1),
    ticks: ticksOf(low, high, 5),
  }),
  // what is not above 0 has no place on a logarithmic axis: it stands at the low end
  log(low, high) {
    const [from, to] = [Math.log10(low), Math.log10(high)];
    const first = Math.ceil(from - 1e-9);
    const count = Math.floor(to + 1e-9) - first + 1;
    return {
      place: (value) => (Math.log10(Math.max(value, low)) - from) / (to - from || 1),
      ticks: Array.from({ length: Math.max(0, count) }, (_, i) => Number(`1e${first + i}`)),
    };
  },
};

/** Round numbers of a range, about as many as asked for: steps of 1, 2 or 5 times a power of ten. */
export function ticksOf(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** The least and the greatest value that an axis of this kind shows of these. */
export function rangeOf(values: readonly number[], kind: AxisKind): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value) || (kind === 'log' && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > high ? [kind === 'log' ? 0.1 : 0, 1] : [low, high];
}
