import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAsideSync } from '@semblance/core/files';
import type { WorkerGroup } from '../executor/executor.ts';

/** What a group waited in a queue, in its folder: the next supervisor goes on from it. */
interface Waited {
  /** Of waits that are over. */
  waitedMs: number;
  /** Since when it waits; null while it runs. */
  sinceMs: number | null;
}

/**
 * How long an attempt has run, in milliseconds: what its workers wait for a place in the queue of a cluster does not count.
 *
 * @param isWaiting whether a worker waits for a place now
 */
export function ranMs(
  { dir }: Pick<WorkerGroup, 'dir'>,
  startedMs: number,
  isWaiting: boolean,
  nowMs: number = Date.now(),
): number {
  const file = join(dir, 'waited.json');
  const before = read(file);
  const isBegun = isWaiting && before.sinceMs === null;
  const isOver = !isWaiting && before.sinceMs !== null;
  const waited = isBegun
    ? { ...before, sinceMs: nowMs }
    : isOver
      ? { waitedMs: before.waitedMs + nowMs - before.sinceMs!, sinceMs: null }
      : before;
  if (waited !== before) writeFileAsideSync(file, JSON.stringify(waited));
  const now = waited.sinceMs === null ? 0 : nowMs - waited.sinceMs;
  return nowMs - startedMs - waited.waitedMs - now;
}

function read(file: string): Waited {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Waited;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { waitedMs: 0, sinceMs: null };
  }
}
