// Before each file of tests: whatever process the file starts and leaves behind is ended, and fails it. One that keeps
// vitest's own error stream open makes the whole run wait for it.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { processesMarked } from '../../packages/jobs/src/executor/process-table.ts';

/** For what is told to end and takes its time. */
const GRACE_MS = 10_000;
const MARK = 'SEMBLANCE_TEST_FILE';
const mark = randomUUID();
process.env[MARK] = mark;

/** The processes started with this file's environment, by id; none where the system has no /proc. */
const living = (): number[] =>
  process.platform === 'linux'
    ? processesMarked((value) => value === mark, MARK)
        .map(({ pid }) => pid)
        .filter((pid) => pid !== process.pid)
    : [];

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return 'one that has just ended';
  }
}

afterAll(async () => {
  const until = Date.now() + GRACE_MS;
  let left = living();
  while (left.length > 0 && Date.now() < until) {
    await sleep(100);
    left = living();
  }
  const commands = left.map((pid) => `  ${commandOf(pid)}`);
  for (const pid of left) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has just ended
    }
  }
  if (left.length > 0)
    throw new Error(`${left.length} processes are left behind:\n${commands.slice(0, 10).join('\n')}`);
});
