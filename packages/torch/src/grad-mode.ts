import { native } from './native.ts';

/** Runs `fn` without recording for autograd. */
export function noGrad<T>(fn: () => T): T {
  const before = native.setGradEnabled(false);
  try {
    return fn();
  } finally {
    native.setGradEnabled(before);
  }
}

export function isGradEnabled(): boolean {
  return native.isGradEnabled();
}

/** Runs `fn` recording for autograd, inside a {@link noGrad} too. */
export function enableGrad<T>(fn: () => T): T {
  const before = native.setGradEnabled(true);
  try {
    return fn();
  } finally {
    native.setGradEnabled(before);
  }
}
