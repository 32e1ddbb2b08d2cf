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
    ticks: roundNumbers(low, high),
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

/** Round numbers that divide a range into about five parts. */
function roundNumbers(low: number, high: number): number[] {
  const raw = (high - low) / 5 || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((k) => k * power).find((s) => s >= raw)!;
  const count = Math.floor(high / step) - Math.ceil(low / step) + 1;
  return Array.from({ length: count }, (_, i) =>
    Number(((Math.ceil(low / step) + i) * step).toPrecision(12)),
  );
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
