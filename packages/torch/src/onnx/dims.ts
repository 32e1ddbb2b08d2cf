import type { CallContext } from './context.ts';
import type { TracedValue } from './trace.ts';

/** A size in both traces. */
export interface PairedSize {
  size: number;
  probe: number;
}

export const isOpen = ({ size, probe }: PairedSize): boolean => size !== probe;

/** The sizes of a value in both traces. */
export const sizesOf = (value: TracedValue): PairedSize[] =>
  value.shape.map((size, d) => ({ size, probe: value.probeShape[d]! }));

/**
 * A value and a dimension of it that has this size in both traces, times a whole number, or null. The nearest are
 * looked at first: the call's own tensors, then the inputs.
 */
function findSource(
  c: CallContext,
  { size, probe }: PairedSize,
): { value: TracedValue; axis: number; times: number } | null {
  for (const times of [1, 0]) {
    for (const value of c.sizeSources()) {
      for (const [axis, other] of sizesOf(value).entries()) {
        if (!isOpen(other)) continue;
        const factor = times === 1 ? 1 : size / other.size;
        const fits = size === factor * other.size && probe === factor * other.probe;
        if (fits && Number.isInteger(factor)) return { value, axis, times: factor };
      }
    }
  }
  return null;
}

/** An int64 tensor [1] that holds a size when the model runs. */
export function sizeValue(c: CallContext, size: PairedSize): string {
  if (!isOpen(size)) return c.graph.int64([size.size]);
  const source = findSource(c, size);
  if (!source)
    throw c.fail(
      `a size (${size.size}, or ${size.probe} for other inputs) follows the inputs in a way that is not known`,
    );
  const shape = c.graph.node('Shape', [c.nameOf(source.value)]);
  const one = c.graph.node('Gather', [shape, c.graph.int64([source.axis])]);
  return source.times === 1 ? one : c.graph.node('Mul', [one, c.graph.int64([source.times])]);
}

/** An int64 tensor [n] that holds sizes when the model runs. */
export function sizesValue(c: CallContext, sizes: readonly PairedSize[]): string {
  if (!sizes.some(isOpen)) return c.graph.int64(sizes.map((s) => s.size));
  const parts = sizes.map((size) => sizeValue(c, size));
  return parts.length === 1 ? parts[0]! : c.graph.node('Concat', parts, { axis: { kind: 'int', value: 0 } });
}

/**
 * The shape argument of ONNX Reshape for `input` → `output`: a fixed number where the size is fixed, 0 where the
 * output keeps the input's size at that place, -1 for one more open size, and the size of another value for the rest.
 */
export function reshapeValue(c: CallContext, input: TracedValue, output: TracedValue): string {
  const sizes = sizesOf(output);
  const before = sizesOf(input);
  // 0 means "as in the input" only where both are the same open size.
  const keeps = (s: PairedSize, d: number) =>
    isOpen(s) && s.size === before[d]?.size && s.probe === before[d]?.probe;
  const rest = sizes.flatMap((s, d) => (isOpen(s) && !keeps(s, d) ? [d] : []));
  if (rest.length <= 1)
    return c.graph.int64(sizes.map((s, d) => (keeps(s, d) ? 0 : d === rest[0] ? -1 : s.size)));
  // The last one is left to Reshape itself: it is often a product that no value has as its size.
  const left = rest.at(-1)!;
  const parts = sizes.map((s, d) =>
    d === left ? { size: -1, probe: -1 } : keeps(s, d) ? { size: 0, probe: 0 } : s,
  );
  return sizesValue(c, parts);
}
