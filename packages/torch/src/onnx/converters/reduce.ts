import type { CallContext, Converter } from '../context.ts';
import { int, ints } from '../graph.ts';

interface Reduction {
  opType: string;
  value: string;
  /** All dimensions where empty. */
  axes: readonly number[];
  keepDim: boolean;
}

/** The axes moved from an attribute to an input with opset 18, with opset 13 for ReduceSum. */
function reduce(c: CallContext, { opType, value, axes, keepDim }: Reduction): string {
  const attributes = { keepdims: int(keepDim) };
  if (axes.length === 0) return c.graph.node(opType, [value], attributes);
  const rank = c.info(0).shape.length;
  const positive = axes.map((axis) => (axis < 0 ? axis + rank : axis));
  const isInput = opType === 'ReduceSum' || c.opset >= 18;
  return isInput
    ? c.graph.node(opType, [value, c.graph.int64(positive)], attributes)
    : c.graph.node(opType, [value], { axes: ints(positive), ...attributes });
}

/** (self, *, dtype) and (self, dim, keepdim, *, dtype) in one. */
const overAxes =
  (opType: string): Converter =>
  (c) => {
    const isPartial = /dim|IntList/.test(c.call.opName) || c.call.name.startsWith('am');
    const axes = isPartial ? c.numbers(1) : [];
    return reduce(c, {
      opType,
      value: c.cast(c.info(0), c.out.dtype),
      axes,
      keepDim: isPartial && c.bool(2),
    });
  };

/** ‖x‖ of order 1 or 2. */
function norm(c: CallContext, order: number, axes: readonly number[], keepDim: boolean): string {
  if (order !== 1 && order !== 2) throw c.fail(`only the norms of order 1 and 2 are exported, not ${order}`);
  return reduce(c, { opType: `ReduceL${order}`, value: c.cast(c.info(0), c.out.dtype), axes, keepDim });
}

// (self, ord=2, dim=None, keepdim=False, *, dtype=None)
const vectorNorm: Converter = (c) => norm(c, c.number(1, 2), c.numbers(2), c.bool(3));

// norm.Scalar (self, p=2); norm.ScalarOpt_dim (self, p, dim, keepdim=False)
const plainNorm: Converter = (c) =>
  c.call.opName.includes('_dim')
    ? norm(c, c.number(1, 2), c.numbers(2), c.bool(3))
    : norm(c, c.number(1, 2), [], false);

// (self, dim=None, keepdim=False)
const argMax: Converter = (c) => {
  if (c.isLeftOut(1)) throw c.fail('only along a dimension');
  return c.graph.node('ArgMax', [c.value(0)], { axis: int(c.axis(1)), keepdims: int(c.bool(2)) });
};

// max.dim (self, dim, keepdim=False) → (values, indices); max (self)
const max: Converter = (c) => {
  if (c.call.opName !== 'aten::max.dim') {
    if (c.isTensor(1)) return c.graph.node('Max', [c.value(0), c.value(1)]);
    return reduce(c, { opType: 'ReduceMax', value: c.value(0), axes: [], keepDim: false });
  }
  const axis = c.axis(1);
  const values = reduce(c, { opType: 'ReduceMax', value: c.value(0), axes: [axis], keepDim: c.bool(2) });
  return [values, c.graph.node('ArgMax', [c.value(0)], { axis: int(axis), keepdims: int(c.bool(2)) })];
};

export const reduceConverters: Record<string, Converter> = {
  mean: overAxes('ReduceMean'),
  sum: overAxes('ReduceSum'),
  amax: overAxes('ReduceMax'),
  amin: overAxes('ReduceMin'),
  max,
  argmax: argMax,
  linalg_vector_norm: vectorNorm,
  norm: plainNorm,
};
