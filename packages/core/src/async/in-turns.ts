import { setImmediate as turn } from 'node:timers/promises';

/** Items after which others have their turn; one alone is never worth it. */
const AT_A_TIME = 8;

/**
 * Does work that takes a while for each of many items one after the other, and lets whatever else the thread has to do have
 * its turn in between: a crowd does not keep a single face waiting.
 *
 * @returns what the work gives for each item, in order.
 * @example
 * ```ts
 * import { inTurns } from '@semblance/core/async';
 *
 * console.log(await inTurns([1, 2, 3], (value, i) => value * i)); // [ 0, 2, 6 ]
 * ```
 */
export async function inTurns<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => R | Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (const [i, item] of items.entries()) {
    if (i > 0 && i % AT_A_TIME === 0) await turn();
    results.push(await work(item, i));
  }
  return results;
}
