import { join } from 'node:path';
import { type Env, semblanceHome } from '@semblance/core';
import { type Version, versionName } from './model.ts';

/**
 * Where the jobs of this machine are kept: `$SEMBLANCE_HOME/jobs`, or `~/.semblance/jobs`.
 *
 * @example
 * ```ts
 * import { defaultJobsDir } from '@semblance/jobs';
 *
 * console.log(defaultJobsDir({ SEMBLANCE_HOME: '/data/semblance' })); // /data/semblance/jobs
 * ```
 */
export function defaultJobsDir(env: Env = process.env): string {
  return semblanceHome(env, 'jobs');
}

/**
 * The paths of a job store's files.
 *
 * @param home the folder of the jobs, see `defaultJobsDir`
 * @param machine one of the machines that use the store, each of which has a supervisor; null for a store of one machine
 * @example
 * ```ts
 * import { storePaths } from '@semblance/jobs';
 *
 * console.log(storePaths('/data/jobs').supervisorLog); // /data/jobs/supervisor.log
 * ```
 */
export const storePaths = (home: string, machine: string | null = null) => ({
  database: join(home, 'store.sqlite'),
  /** Which store the folder belongs to, where that is a database elsewhere. */
  owner: join(home, 'store-id'),
  /** Held by the one supervisor while it lives. */
  lock: join(home, 'supervisor.lock'),
  /** Says which process that is. */
  supervisor: join(home, `supervisor${machine === null ? '' : `-${machine}`}.json`),
  /** Room on the disk that is set aside for the store. */
  reserve: join(home, 'reserve'),
  supervisorLog: join(home, `supervisor${machine === null ? '' : `-${machine}`}.log`),
  /** What files of inputs were found to be; may be removed. */
  fingerprints: join(home, 'fingerprints.sqlite'),
  versions: join(home, 'versions'),
  trash: join(home, 'trash'),
  /** Snapshots of code, shared by the versions that run them. */
  code: join(home, 'code'),
});

/**
 * The paths of a version's files: inputs, outputs, logs and what was recorded.
 *
 * @param home the folder of the jobs, see `defaultJobsDir`
 * @example
 * ```ts
 * import { versionPaths } from '@semblance/jobs';
 *
 * const { outputs, workerLog } = versionPaths('/data/jobs', { job: 'faces', number: 1 });
 * console.log(outputs); // /data/jobs/versions/faces/V0001/outputs
 * console.log(workerLog(0)); // /data/jobs/versions/faces/V0001/logs/worker-0.log
 * ```
 */
export function versionPaths(home: string, version: Pick<Version, 'job' | 'number'>) {
  const dir = join(storePaths(home).versions, version.job, versionName(version.number));
  return {
    dir,
    inputs: join(dir, 'inputs'),
    outputs: join(dir, 'outputs'),
    logs: join(dir, 'logs'),
    /** Changes to the code that were not committed. */
    codeDiff: join(dir, 'code.diff'),
    /** The code as every attempt runs it, a list of what is in it, and where it is laid out while it runs. */
    codePack: join(dir, 'code.tar.gz'),
    codeList: join(dir, 'code.json'),
    code: join(dir, 'code'),
    /** One file a data input: what it consists of. */
    data: join(dir, 'data'),
    /** CPU, memory and GPU use over time. */
    system: join(dir, 'system.jsonl'),
    /** What the last steps found out, for the supervisor to read. */
    prepared: join(dir, 'prepared.json'),
    delivered: join(dir, 'delivered.json'),
    workerLog: (worker: number) => join(dir, 'logs', `worker-${worker}.log`),
    attempt: (attempt: number) => join(dir, 'attempts', String(attempt)),
  };
}

export type VersionPaths = ReturnType<typeof versionPaths>;
