// Before each file of tests: whatever process the file starts and leaves behind is ended, and fails it. One that keeps
// vitest's own error stream open makes the whole run wait for it.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';

/** For what is told to end and takes its time. */
const GRACE_MS = 10_000;
const MARK = 'SEMBLANCE_TEST_FILE';
const mark = randomUUID();
process.env[MARK] = mark;

/** The processes started with this file's environment, by id, and what they run; none where the system has no /proc. */
function living(): Map<number, string> {
  const found = new Map<number, string>();
  if (process.platform !== 'linux') return found;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue;
    try {
      if (!readFileSync(`/proc/${entry}/environ`).includes(`${MARK}=${mark}\0`)) continue;
      found.set(Number(entry), readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ').trim());
    } catch {
      // another user's, or it has ended meanwhile
    }
  }
  return found;
}

afterAll(async () => {
  const until = Date.now() + GRACE_MS;
  let left = living();
  while (left.size > 0 && Date.now() < until) {
    await sleep(100);
    left = living();
  }
  for (const pid of left.keys()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has just ended
    }
  }
  const commands = [...left.values()].map((command) => `  ${command}`);
  if (left.size > 0)
    throw new Error(`${left.size} processes are left behind:\n${commands.slice(0, 10).join('\n')}`);
});
