import { asTorchError } from '../error.ts';
import { native } from '../native.ts';
import { synchronously } from '../synchronous.ts';
import type { DType } from '../tensor.ts';

/**
 * Runs `fn` without recording and without what recording would need: faster than noGrad, but tensors made in it
 * can take no part in autograd afterwards.
 *
 * @throws TorchError TORCH_BAD_ARGUMENT for an asynchronous `fn`
 */
export function inferenceMode<T>(fn: () => T): T {
  native.pushInferenceMode(true);
  try {
    return synchronously('inferenceMode', fn);
  } finally {
    native.popInferenceMode();
  }
}

export function isInferenceMode(): boolean {
  return native.isInferenceMode();
}

export interface AnomalyOptions {
  /** Fail where a gradient is NaN (default true); otherwise only failures are named. */
  checkNaN?: boolean;
}

/**
 * Runs `fn` with anomaly detection: a gradient that fails or is NaN throws TORCH_ANOMALY with the operator whose
 * gradient it is, its shapes and the line that called it. Slow: for finding an error, not for training.
 *
 * Both forward and backward belong inside `fn`. The switch is the whole process's.
 *
 * @throws TorchError TORCH_ANOMALY; TORCH_BAD_ARGUMENT for an asynchronous `fn`
 */
export function detectAnomaly<T>(fn: () => T, { checkNaN = true }: AnomalyOptions = {}): T {
  const [enabled, checked] = native.setAnomaly(true, checkNaN);
  try {
    return synchronously('detectAnomaly', fn);
  } catch (error) {
    throw asTorchError(error);
  } finally {
    native.setAnomaly(enabled, checked);
  }
}

export interface AutocastOptions {
  device?: 'cpu' | 'cuda';
  /** 'bfloat16' on the CPU, 'float16' on CUDA unless told. */
  dtype?: DType;
  enabled?: boolean;
}

/**
 * Runs `fn` with autocast: matrix products and convolutions compute in a 16-bit dtype, sums and losses in float32,
 * as PyTorch's lists have it. Weights stay as they are and are cast once in the outermost autocast. Keep backward
 * outside.
 *
 * @throws TorchError TORCH_BAD_ARGUMENT for an asynchronous `fn`
 */
export function autocast<T>(options: AutocastOptions, fn: () => T): T {
  const { device = 'cpu', enabled = true } = options;
  const dtype = options.dtype ?? (device === 'cpu' ? 'bfloat16' : 'float16');
  const [wasEnabled, wasDtype] = native.setAutocast(device, enabled, dtype);
  native.nestAutocast(true);
  try {
    return synchronously('autocast', fn);
  } finally {
    native.nestAutocast(false);
    native.setAutocast(device, wasEnabled, wasDtype);
  }
}
