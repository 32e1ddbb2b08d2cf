import { native } from './native.ts';
import { synchronously } from './synchronous.ts';

/**
 * Runs `fn` without recording for autograd.
 *
 * @throws TorchError TORCH_BAD_ARGUMENT for an asynchronous `fn`: the mode belongs to the thread, and other code runs
 *   while it waits. `run` is the exception: its work takes the mode along.
 * @example
 * ```ts
 * import { noGrad, tensor } from '@semblance/torch';
 *
 * const weight = tensor([1, 2], { requiresGrad: true });
 * noGrad(() => weight.sub_(0.5));
 * console.log(weight.toArray()); // Float32Array(2) [ 0.5, 1.5 ]
 * ```
 */
export function noGrad<T>(fn: () => T): T {
  const before = native.setGradEnabled(false);
  try {
    return synchronously('noGrad', fn);
  } finally {
    native.setGradEnabled(before);
  }
}

/**
 * Whether operators are recorded for autograd here.
 *
 * @example
 * ```ts
 * import { isGradEnabled, noGrad } from '@semblance/torch';
 *
 * console.log(isGradEnabled(), noGrad(() => isGradEnabled())); // true false
 * ```
 */
export function isGradEnabled(): boolean {
  return native.isGradEnabled();
}

/**
 * Runs `fn` recording for autograd, inside a {@link noGrad} too.
 *
 * @throws TorchError TORCH_BAD_ARGUMENT for an asynchronous `fn`
 * @example
 * ```ts
 * import { enableGrad, noGrad, tensor } from '@semblance/torch';
 *
 * const x = tensor([1], { requiresGrad: true });
 * const y = noGrad(() => enableGrad(() => x.mul(2)));
 * console.log(y.requiresGrad); // true
 * ```
 */
export function enableGrad<T>(fn: () => T): T {
  const before = native.setGradEnabled(true);
  try {
    return synchronously('enableGrad', fn);
  } finally {
    native.setGradEnabled(before);
  }
}
