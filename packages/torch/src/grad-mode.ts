import { native } from './native.ts';
import { synchronously } from './synchronous.ts';

/**
 * Runs `fn` without recording for autograd.
 *
 * @throws TorchError TORCH_BAD_ARGUMENT for an asynchronous `fn`: the mode belongs to the thread, and other code runs
 *   while it waits. `run` is the exception: its work takes the mode along.
 */
export function noGrad<T>(fn: () => T): T {
  const before = native.setGradEnabled(false);
  try {
    return synchronously('noGrad', fn);
  } finally {
    native.setGradEnabled(before);
  }
}

export function isGradEnabled(): boolean {
  return native.isGradEnabled();
}

/**
 * Runs `fn` recording for autograd, inside a {@link noGrad} too.
 *
 * @throws TorchError TORCH_BAD_ARGUMENT for an asynchronous `fn`
 */
export function enableGrad<T>(fn: () => T): T {
  const before = native.setGradEnabled(true);
  try {
    return synchronously('enableGrad', fn);
  } finally {
    native.setGradEnabled(before);
  }
}
