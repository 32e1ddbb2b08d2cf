import { asTorchError } from '../error.ts';
import { native } from '../native.ts';
import { synchronously } from '../synchronous.ts';
import type { DType } from '../tensor.ts';

/**
 * Runs `fn` without recording and without what recording would need: faster than noGrad, but tensors made in it
 * can take no part in autograd afterwards.
 *
 * @throws TorchError TORCH_BAD_ARGUMENT for an asynchronous `fn`
 * @example
 * ```ts
 * import { inferenceMode, nn, randn } from '@semblance/torch';
 *
 * const model = new nn.Linear(4, 2);
 * const y = inferenceMode(() => model.forward(randn([1, 4])));
 * console.log(y.shape, y.requiresGrad); // [ 1, 2 ] false
 * ```
 */
export function inferenceMode<T>(fn: () => T): T {
  native.pushInferenceMode(true);
  try {
    return synchronously('inferenceMode', fn);
  } finally {
    native.popInferenceMode();
  }
}

/**
 * Whether the code that asks runs inside {@link inferenceMode}.
 *
 * @example
 * ```ts
 * import { inferenceMode, isInferenceMode } from '@semblance/torch';
 *
 * console.log(isInferenceMode(), inferenceMode(() => isInferenceMode())); // false true
 * ```
 */
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
 * @example
 * ```ts
 * import { detectAnomaly, TorchError, tensor } from '@semblance/torch';
 *
 * const x = tensor([0], { requiresGrad: true });
 * try {
 *   // √x has no slope at 0, and 0 · ∞ is NaN
 *   detectAnomaly(() => x.sqrt().mul(0).sum().backward());
 * } catch (error) {
 *   console.log((error as TorchError).code); // TORCH_ANOMALY
 * }
 * ```
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
 * @example
 * ```ts
 * import { autocast, nn, randn } from '@semblance/torch';
 *
 * const model = new nn.Linear(4, 2);
 * const y = autocast({ dtype: 'bfloat16' }, () => model.forward(randn([1, 4])));
 * console.log(y.dtype, model.weight.value.dtype); // bfloat16 float32
 * ```
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
