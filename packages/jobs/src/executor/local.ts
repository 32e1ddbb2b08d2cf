import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolderSync } from '@semblance/core/files';
import { noTelemetry } from '@semblance/core/no-telemetry';
import type { Executor, GroupSpec, WorkerGroup, WorkerSight } from './executor.ts';
import { BARRED, putOnce, readExit, readStart, settled, workerDir } from './group-files.ts';
import { underLimits } from './limits.ts';
import {
  assertProcessTable,
  bootId,
  isAlive,
  type Process,
  processesMarked,
  readProcess,
} from './process-table.ts';

const launcher = fileURLToPath(new URL('launch.sh', import.meta.url));

/** Marks every process of a version; its children inherit it. */
export const MARK = 'SEMBLANCE_VERSION';

/**
 * Workers as process groups of this machine, each under a small shell that outlives whoever started it.
 *
 * @throws JOBS_UNSUPPORTED where there is no /proc
 * @example
 * ```ts
 * import { localExecutor } from '@semblance/jobs';
 *
 * console.log(localExecutor().name); // local
 * ```
 */
export function localExecutor(): Executor {
  assertProcessTable();
  return { name: 'local', start, look, end, endLeftovers };
}

async function start(
  group: WorkerGroup,
  proposed: GroupSpec,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  makeFolderSync(group.dir);
  const spec = settled(group, proposed);
  await Promise.all(
    spec.workers.map(async ({ command, env: own, cwd, stdout, stderr }, i) => {
      const dir = workerDir(group, i);
      makeFolderSync(dir);
      if (readStart(dir) !== null) return;
      const child = spawn('/bin/sh', [launcher, dir, stdout, stderr, ...underLimits(command, spec.limits)], {
        cwd,
        env: { ...own, ...env, ...noTelemetry, [MARK]: group.mark },
        detached: true,
        stdio: 'ignore',
      });
      // in files, and not in this process, stands what becomes of it
      child.unref();
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', reject);
      });
    }),
  );
}

async function look(group: WorkerGroup): Promise<WorkerSight[]> {
  return Array.from({ length: group.numWorkers }, (_, i) => lookAt(workerDir(group, i)));
}

function lookAt(dir: string): WorkerSight {
  const start = readStart(dir);
  if (start === null) return { state: 'absent' };
  if (start === 'barred') return { state: 'barred' };
  // in this order: the code is written before the launcher ends
  if (isAlive(start)) return { state: 'running', pid: start.pid };
  const ended = readExit(dir);
  if (ended) return ended;
  const why =
    start.bootId === bootId()
      ? 'it was killed together with its launcher'
      : 'its machine was rebooted, or is gone';
  return { state: 'gone', pid: start.pid, why };
}

async function end(group: WorkerGroup, isForced: boolean): Promise<void> {
  for (let i = 0; i < group.numWorkers; i++) {
    const dir = workerDir(group, i);
    makeFolderSync(dir);
    putOnce(join(dir, 'start'), BARRED);
  }
  if (isForced) await endLeftovers(group.mark);
  else
    signalAll(
      processesMarked((mark) => mark === group.mark, MARK),
      'SIGTERM',
    );
}

/**
 * Kills until nothing is left: what is killed may have started something a moment before, and what is just becoming another
 * program has no environment for that moment, so that nothing has to be seen twice.
 */
async function endLeftovers(mark: string): Promise<number> {
  const killed = new Set<string>();
  let numEmpty = 0;
  for (let round = 0; round < 50 && numEmpty < 2; round++) {
    if (round > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const left = processesMarked((value) => value === mark, MARK);
    numEmpty = left.length === 0 ? numEmpty + 1 : 0;
    for (const { pid, startTicks } of left) killed.add(`${pid}:${startTicks}`);
    signalAll(left, 'SIGKILL');
  }
  return killed.size;
}

/** Every process that is still the one it was when it was found. */
function signalAll(processes: readonly Process[], signal: NodeJS.Signals): void {
  for (const { pid, startTicks } of processes) {
    if (readProcess(pid)?.startTicks !== startTicks) continue;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
