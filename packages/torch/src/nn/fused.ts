import { full } from '../create.ts';
import { callOp, findOp } from '../dispatch.ts';
import type { Tensor } from '../tensor.ts';
import { LeakyReLU, type PReLU, ReLU } from './activation.ts';
import { checkBatchStatistics } from './functional/norm.ts';
import { Buffer } from './module.ts';
import type { BatchNorm1d, BatchNorm2d } from './norm.ts';

/** Activations that are PReLU with some slope. */
export type SlopedActivation = PReLU | LeakyReLU | ReLU;

const fixedSlopes = new Map<number, Buffer>();

function slopeOf(activation: SlopedActivation): Tensor {
  if (!(activation instanceof LeakyReLU || activation instanceof ReLU)) return activation.weight.value;
  const slope = activation instanceof LeakyReLU ? activation.negativeSlope : 0;
  let buffer = fixedSlopes.get(slope);
  if (!buffer) {
    const value = full([1], slope);
    buffer = new Buffer(value);
    value.dispose();
    fixedSlopes.set(slope, buffer);
  }
  return buffer.value;
}

/**
 * activation(norm(x)), computed as one operator where that pays: training, float32, main memory, and x in
 * channels-last order (or [N, D]). The modules stay what they are, so state dicts and exports do not change.
 */
export function normActivation(
  norm: BatchNorm2d | BatchNorm1d,
  activation: SlopedActivation,
  x: Tensor,
): Tensor {
  const { weight, bias } = norm;
  const fits =
    norm.training &&
    norm.synchronise === null &&
    weight !== null &&
    bias !== null &&
    x.dtype === 'float32' &&
    x.device === 'cpu' &&
    (x.ndim === 2 || x.isContiguous('channels_last'));
  if (!fits) return activation.forward(norm.forward(x));
  checkBatchStatistics(x);
  norm.num_batches_tracked.value.add_(1);
  return callOp(findOp('semblance::batch_norm_prelu'), [
    x,
    weight.value,
    bias.value,
    norm.running_mean.value,
    norm.running_var.value,
    slopeOf(activation),
    norm.momentum,
    norm.eps,
  ]) as Tensor;
}
