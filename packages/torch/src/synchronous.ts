import { types } from 'node:util';
import { TorchError } from './error.ts';

/** Promises of work that has taken the modes of its caller along: `run` makes them. */
const inBackground = new WeakSet<object>();

/** @internal Marks a promise as one that {@link synchronously} lets through. */
export function keepsModes<T extends Promise<unknown>>(promise: T): T {
  inBackground.add(promise);
  return promise;
}

/**
 * Calls `fn`, for a function whose switch holds only until `fn` returns.
 *
 * An asynchronous `fn` is refused: its first `await` hands the thread to other code, so the switch could neither stay
 * (other code would feel it) nor end (the rest of `fn` would run without it).
 *
 * @throws TorchError TORCH_BAD_ARGUMENT before an `async` function runs, and after one that returns a promise has
 */
export function synchronously<T>(name: string, fn: () => T): T {
  if (types.isAsyncFunction(fn)) throw refusal(name);
  const result = fn();
  if (result instanceof Promise && !inBackground.has(result)) {
    result.catch(() => {}); // nobody else can see what becomes of it
    throw refusal(name);
  }
  return result;
}

const refusal = (name: string) =>
  new TorchError(
    'TORCH_BAD_ARGUMENT',
    `${name}() takes a synchronous function, since it ends at the first await: ` +
      `await first, then call ${name}() around the operators`,
  );
