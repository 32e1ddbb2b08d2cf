import type { CallContext, Converter } from '../context.ts';
import { isOpen, type PairedSize, sizesOf, sizeValue } from '../dims.ts';
import { int } from '../graph.ts';

/** Joining tensors and taking parts of them. */

const INT64_MAX = 2n ** 63n - 1n;

// cat (tensors, dim=0)
const cat: Converter = (c) => {
  // torch lets empty [0] tensors of any rank join in.
  const parts = c.list(0).filter((part) => part.shape.length > 1 || part.shape[0] !== 0);
  const axis = c.axis(1, c.out.shape.length, 0);
  return c.graph.node(
    'Concat',
    parts.map((part) => c.cast(part, c.out.dtype)),
    { axis: int(axis) },
  );
};

// stack (tensors, dim=0)
const stack: Converter = (c) => {
  const axis = c.axis(1, c.out.shape.length, 0);
  const parts = c.list(0).map((part) => c.graph.node('Unsqueeze', [c.nameOf(part), c.graph.int64([axis])]));
  return c.graph.node('Concat', parts, { axis: int(axis) });
};

/** One end of a slice: fixed, the end of the axis, or an open size. */
function sliceEnd(c: CallContext, position: number, axis: number, otherwise: bigint): string {
  const [value, probe] = [c.call.args[position], c.call.probeArgs[position]];
  if (value === null || value === undefined) return c.graph.int64([otherwise]);
  const end: PairedSize = { size: Number(value), probe: Number(probe) };
  const whole = sizesOf(c.info(0))[axis]!;
  const isBeyond = end.size >= whole.size && end.probe >= whole.probe;
  if (isBeyond && otherwise !== 0n) return c.graph.int64([INT64_MAX]);
  return isOpen(end) ? sizeValue(c, end) : c.graph.int64([end.size]);
}

// slice (self, dim=0, start=None, end=None, step=1)
const slice: Converter = (c) => {
  const axis = c.axis(1, undefined, 0);
  const start = sliceEnd(c, 2, axis, 0n);
  const end = sliceEnd(c, 3, axis, INT64_MAX);
  return c.graph.node('Slice', [
    c.value(0),
    start,
    end,
    c.graph.int64([axis]),
    c.graph.int64([c.number(4, 1)]),
  ]);
};

// narrow (self, dim, start, length)
const narrow: Converter = (c) => {
  const [axis, start] = [c.axis(1), c.number(2)];
  const lengthOut = sizesOf(c.out)[axis]!;
  const end = sizesOf(c.info(0))[axis]!;
  const isTail = start + lengthOut.size === end.size && start + lengthOut.probe === end.probe;
  const stop = isTail ? c.graph.int64([INT64_MAX]) : c.graph.int64([start + c.number(3)]);
  return c.graph.node('Slice', [c.value(0), c.graph.int64([start]), stop, c.graph.int64([axis])]);
};

// select (self, dim, index)
const select: Converter = (c) =>
  c.graph.node('Gather', [c.value(0), c.graph.int64([c.number(2)], [])], { axis: int(c.axis(1)) });

// index_select (self, dim, index)
const indexSelect: Converter = (c) =>
  c.graph.node('Gather', [c.value(0), c.value(2)], { axis: int(c.axis(1)) });

/** (self, sizes or count, dim=0): the parts are as the trace saw them. */
const split: Converter = (c) => {
  const axis = c.axis(2, undefined, 0);
  const sizes = c.call.outputs.map((part) => sizesOf(part)[axis]!);
  if (sizes.some(isOpen)) throw c.fail('parts whose sizes follow the inputs are not exported');
  const parts = c.graph.int64(sizes.map((s) => s.size));
  return c.graph.nodeWithOutputs('Split', [c.value(0), parts], { axis: int(axis) }, sizes.length);
};

// unbind (self, dim=0)
const unbind: Converter = (c) => {
  const axis = c.axis(1, undefined, 0);
  if (isOpen(sizesOf(c.info(0))[axis]!))
    throw c.fail('a number of parts that follows the inputs is not exported');
  return c.call.outputs.map((_, i) =>
    c.graph.node('Gather', [c.value(0), c.graph.int64([i], [])], { axis: int(axis) }),
  );
};

// flip (self, dims)
const flip: Converter = (c) => {
  const rank = c.info(0).shape.length;
  const axes = c.numbers(1).map((d) => (d < 0 ? d + rank : d));
  const all = (value: bigint) => c.graph.int64(axes.map(() => value));
  return c.graph.node('Slice', [c.value(0), all(-1n), all(-INT64_MAX), c.graph.int64(axes), all(-1n)]);
};

export const pieceConverters: Record<string, Converter> = {
  cat,
  concat: cat,
  concatenate: cat,
  stack,
  slice,
  narrow,
  select,
  index_select: indexSelect,
  split,
  split_with_sizes: split,
  chunk: split,
  unbind,
  flip,
};
