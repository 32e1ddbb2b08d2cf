import type { Given } from '../../ui/files.ts';

let waiting: Given[] = [];

/** Hands files to the page of enrolling, which is opened next. */
export function give(given: Given[]): void {
  waiting.push(...given);
}

/** What was handed on, once. */
export function takeGiven(): Given[] {
  const taken = waiting;
  waiting = [];
  return taken;
}
