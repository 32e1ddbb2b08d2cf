import type { CallContext, Converter } from '../context.ts';
import { float, int } from '../graph.ts';

/** A per-channel constant where the layer has none of its own. */
function channelConstant(c: CallContext, position: number, value: number): string {
  if (c.isTensor(position)) return c.value(position);
  return c.graph.float32(new Array(c.info(0).shape[1]!).fill(value));
}

function batchNorm(c: CallContext, eps: number): string {
  // (input, weight, bias, running_mean, running_var, …); ONNX wants scale, bias, mean, variance.
  const inputs = [c.value(0), channelConstant(c, 1, 1), channelConstant(c, 2, 0), c.value(3), c.value(4)];
  return c.graph.node('BatchNormalization', inputs, { epsilon: float(eps) });
}

// (input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled)
const batchNormOfModules: Converter = (c) => {
  if (c.bool(5) || !c.isTensor(3))
    throw c.fail('batch statistics cannot be exported; use running statistics in eval mode');
  return batchNorm(c, c.number(7));
};

// (input, normalized_shape, weight, bias, eps, …)
const layerNorm: Converter = (c) => {
  const axis = c.info(0).shape.length - c.numbers(1).length;
  const scale = c.isTensor(2) ? c.value(2) : ones(c, axis);
  return c.graph.node('LayerNormalization', [c.value(0), scale, c.optional(3)], {
    axis: int(axis),
    epsilon: float(c.number(4)),
  });
};

function ones(c: CallContext, axis: number): string {
  const dims = c.info(0).shape.slice(axis);
  return c.graph.float32(new Array(dims.reduce((n, size) => n * size, 1)).fill(1), dims);
}

// (input, num_groups, weight, bias, eps, …): each group of an example is a channel of instance norm, which has no γ and β
// by channel
const groupNorm: Converter = (c) => {
  const { shape } = c.info(0);
  const groups = c.number(1);
  const constant = (value: number) => c.graph.float32(new Array(groups).fill(value));
  const grouped = c.graph.node('Reshape', [c.value(0), c.graph.int64([0, groups, -1])]);
  const normed = c.graph.node('InstanceNormalization', [grouped, constant(1), constant(0)], {
    epsilon: float(c.number(4, 1e-5)),
  });
  const back = c.graph.node('Reshape', [normed, c.graph.node('Shape', [c.value(0)])]);
  const perChannel = [shape[1]!, ...new Array<number>(shape.length - 2).fill(1)];
  const scaled = c.isTensor(2) ? c.graph.node('Mul', [back, c.reshaped(c.info(2), perChannel)]) : back;
  return c.isTensor(3) ? c.graph.node('Add', [scaled, c.reshaped(c.info(3), perChannel)]) : scaled;
};

export const normConverters: Record<string, Converter> = {
  batch_norm: batchNormOfModules,
  layer_norm: layerNorm,
  group_norm: groupNorm,
};
