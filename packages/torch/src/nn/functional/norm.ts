import { TorchError } from '../../error.ts';
import { ops } from '../../ops.ts';
import type { Tensor } from '../../tensor.ts';

/**
 * Refuses a batch whose channels hold one value each: it has no variance, and would leave NaN in the running one.
 *
 * @throws TorchError TORCH_SHAPE_MISMATCH
 */
export function checkBatchStatistics(x: Tensor): void {
  const { shape } = x;
  const numChannels = shape[1] ?? 1;
  if (x.numel > numChannels || x.numel === 0) return;
  throw new TorchError(
    'TORCH_SHAPE_MISMATCH',
    `Expected more than 1 value per channel in training but received [${shape.join(', ')}]: ` +
      'batch norm needs a larger batch here, or eval()',
  );
}

export interface BatchNormFunctionOptions {
  runningMean?: Tensor | null;
  runningVar?: Tensor | null;
  weight?: Tensor | null;
  bias?: Tensor | null;
  /** Normalises by the batch, and moves the running statistics if there are any. */
  training?: boolean;
  momentum?: number;
  eps?: number;
}

/**
 * γ·(x − mean) / √(var + eps) + β by channel: [N, C, …] → [N, C, …].
 *
 * @throws TorchError TORCH_SHAPE_MISMATCH in training for a batch with one value in each channel
 */
export function batch_norm(x: Tensor, options: BatchNormFunctionOptions = {}): Tensor {
  const { weight = null, bias = null, training = false, momentum = 0.1, eps = 1e-5 } = options;
  const { runningMean = null, runningVar = null } = options;
  if (training) checkBatchStatistics(x);
  return ops.batch_norm(x, weight, bias, runningMean, runningVar, training, momentum, eps, true);
}

export interface NormFunctionOptions {
  weight?: Tensor | null;
  bias?: Tensor | null;
  eps?: number;
}

/** γ·(x − mean) / √(var + eps) + β over the last dimensions, those of `normalizedShape`. */
export function layer_norm(
  x: Tensor,
  normalizedShape: readonly number[],
  { weight = null, bias = null, eps = 1e-5 }: NormFunctionOptions = {},
): Tensor {
  return ops.layer_norm(x, normalizedShape, weight, bias, eps);
}

/** γ·(x − mean) / √(var + eps) + β over each group of channels of an example: [N, C, …] → [N, C, …]. */
export function group_norm(
  x: Tensor,
  numGroups: number,
  { weight = null, bias = null, eps = 1e-5 }: NormFunctionOptions = {},
): Tensor {
  return ops.group_norm(x, numGroups, weight, bias, eps);
}
