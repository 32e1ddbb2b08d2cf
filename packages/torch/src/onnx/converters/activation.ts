import type { CallContext, Converter } from '../context.ts';
import { float, int } from '../graph.ts';

/** An operator that ONNX has under another name and without attributes. */
export const unary =
  (opType: string): Converter =>
  (c) =>
    c.graph.node(opType, [c.value(0)]);

// (self, weight): one slope, or one for each channel (dimension 1)
const prelu: Converter = (c) => {
  const slope = c.info(1);
  const isPerChannel = slope.shape.reduce((n, size) => n * size, 1) > 1;
  const trailing = Math.max(0, c.info(0).shape.length - 2);
  const dims = isPerChannel ? [...slope.shape, ...new Array<number>(trailing).fill(1)] : [1];
  return c.graph.node('PRelu', [c.value(0), c.reshaped(slope, dims)]);
};

const clip = (c: CallContext, low: number | null, high: number | null): string => {
  const { dtype } = c.out;
  const bound = (value: number | null) => (value === null ? null : c.scalar(value, dtype));
  return c.graph.node('Clip', [c.cast(c.info(0), dtype), bound(low), bound(high)]);
};

/** A bound of clamp: a number, or none. */
const bound = (c: CallContext, position: number): number | null =>
  c.isLeftOut(position) ? null : c.number(position);

const clamp: Converter = (c) => clip(c, bound(c, 1), bound(c, 2));

const silu: Converter = (c) => c.graph.node('Mul', [c.value(0), c.graph.node('Sigmoid', [c.value(0)])]);

// 0.5·x·(1 + erf(x / √2)), or 0.5·x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))
const gelu: Converter = (c) => {
  const { dtype } = c.out;
  const x = c.value(0);
  const times = (a: string, factor: number) => c.graph.node('Mul', [a, c.scalar(factor, dtype)]);
  const bent = () => {
    const cube = c.graph.node('Mul', [x, c.graph.node('Mul', [x, x])]);
    const inside = c.graph.node('Add', [x, times(cube, 0.044715)]);
    return c.graph.node('Tanh', [times(inside, Math.sqrt(2 / Math.PI))]);
  };
  const curve = c.call.args[1] === 'tanh' ? bent() : c.graph.node('Erf', [times(x, Math.SQRT1_2)]);
  const cdf = c.graph.node('Add', [curve, c.scalar(1, dtype)]);
  return times(c.graph.node('Mul', [x, cdf]), 0.5);
};

// (self, dim, …)
const softmax =
  (opType: string): Converter =>
  (c) =>
    c.graph.node(opType, [c.cast(c.info(0), c.out.dtype)], { axis: int(c.axis(1)) });

export const activationConverters: Record<string, Converter> = {
  relu: unary('Relu'),
  sigmoid: unary('Sigmoid'),
  tanh: unary('Tanh'),
  softplus: unary('Softplus'),
  hardswish: unary('HardSwish'),
  silu,
  gelu,
  prelu,
  leaky_relu: (c) => c.graph.node('LeakyRelu', [c.value(0)], { alpha: float(c.number(1, 0.01)) }),
  elu: (c) => c.graph.node('Elu', [c.value(0)], { alpha: float(c.number(1, 1)) }),
  hardsigmoid: (c) => c.graph.node('HardSigmoid', [c.value(0)], { alpha: float(1 / 6), beta: float(0.5) }),
  relu6: (c) => clip(c, 0, 6),
  hardtanh: (c) => clip(c, c.number(1, -1), c.number(2, 1)),
  clamp,
  clip: clamp,
  clamp_min: (c) => clip(c, bound(c, 1), null),
  clamp_max: (c) => clip(c, null, bound(c, 1)),
  softmax: softmax('Softmax'),
  _softmax: softmax('Softmax'),
  log_softmax: softmax('LogSoftmax'),
  _log_softmax: softmax('LogSoftmax'),
};
