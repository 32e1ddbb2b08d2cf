import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MARK } from '../executor/local.ts';
import { processesMarked } from '../executor/process-table.ts';
import type { TaskRequest } from '../kinds/custom.ts';
import { isSettled, type Version } from '../model.ts';
import type { JobParts } from '../parts.ts';
import { JobService } from '../service.ts';
import { supervisorOf } from '../supervisor/lock.ts';

/** For tests: jobs in a folder of their own, with a supervisor that leaves soon. */
export interface TestJobs extends AsyncDisposable {
  dir: string;
  jobs: JobService;
  /** Waits until the version is in one of the states; the end states if none are given. */
  until(version: Version, ...states: Version['state'][]): Promise<Version>;
  /** Kills whatever works on a version, `kill -9`: all at once, so that no launcher writes down how its worker ended. */
  kill(version: Version): void;
}

export async function testJobs(env: Record<string, string> = {}, parts?: JobParts): Promise<TestJobs> {
  // a supervisor takes its settings from whoever starts it
  Object.assign(process.env, {
    SEMBLANCE_JOB_SLOTS: '2',
    SEMBLANCE_JOB_IDLE_MS: '500',
    SEMBLANCE_JOB_GRACE_MS: '2000',
    SEMBLANCE_JOB_RETRY_MS: '100',
    SEMBLANCE_JOB_SAMPLE_MS: '200',
    ...env,
  });
  const dir = await mkdtemp(join(tmpdir(), 'jobs-'));
  const jobs = new JobService({ home: join(dir, 'home'), ...(parts && { parts }) });
  return {
    dir,
    jobs,
    async until(version, ...states) {
      while (true) {
        const now = (await jobs.store.get(version.id))!;
        if (states.length > 0 ? states.includes(now.state) : isSettled(now)) return now;
        if (states.length > 0 && isSettled(now))
          throw new Error(`${now.state} instead of ${states.join(' or ')}: ${now.reason}`);
        await jobs.wakeIfActive();
        await sleep(50);
      }
    },
    kill({ id }) {
      const found = processesMarked((mark) => mark === `${jobs.store.id}:${id}`, MARK);
      for (const signal of ['SIGSTOP', 'SIGKILL'] as const) {
        for (const { pid } of found) {
          try {
            process.kill(pid, signal);
          } catch {
            // it has ended meanwhile
          }
        }
      }
    },
    async [Symbol.asyncDispose]() {
      for (const version of await jobs.list({ states: ['pending', 'running'] }))
        await jobs.stop(version).catch(() => {}); // it may have ended meanwhile
      await jobs.close();
      while (supervisorOf(jobs.home)) await sleep(50);
      // a supervisor that waited for the place of another may still look in
      await rm(dir, { recursive: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

/** For tests: a shell script as a task. */
export const script = (text: string, parameters: Record<string, string> = {}): TaskRequest => ({
  task: 'custom',
  options: {},
  parameters,
  command: ['sh', '-c', text],
  outputs: {},
});

/** How many processes of a store's versions live. */
export const numProcesses = (storeId: string): number =>
  processesMarked((mark) => mark.startsWith(`${storeId}:`), MARK).length;
