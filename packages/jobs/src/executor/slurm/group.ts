import { copyFileSync, existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolderSync } from '@semblance/core/files';
import { noTelemetry } from '@semblance/core/no-telemetry';
import type { GroupSpec, WorkerCommand, WorkerGroup } from '../executor.ts';
import { BARRED, readIfThere, workerDir } from '../group-files.ts';

/** What a group leaves in its folder, which its machines see as well. */
export interface GroupTruth {
  /** Number of the job that runs it, or that it is never to be run. */
  job: string | 'barred' | null;
  /** Number of the job that it was given to Slurm as. */
  submitted: string | null;
  /** Whether nothing of the job is left to come. */
  isFinished: boolean;
}

export const claimOf = (group: WorkerGroup): string => join(group.dir, 'job');

export function readTruth(group: WorkerGroup): GroupTruth {
  const job = readIfThere(claimOf(group));
  return {
    job: job === null ? null : job === BARRED ? 'barred' : job.trim(),
    submitted: readIfThere(join(group.dir, 'submitted'))?.trim() ?? null,
    isFinished: existsSync(join(group.dir, 'finished')),
  };
}

/** What Slurm is told of a group besides its name: jobs are found again by it. */
export const commentOf = ({ mark, dir }: WorkerGroup): string => `${commentsOf(mark)}${dir}`;
/** How the comments of all groups of a version begin. */
export const commentsOf = (mark: string): string => `semblance ${mark} `;

/** Whose group a job is; null for a job that is none of ours. */
export const markOfComment = (comment: string): string | null =>
  /^semblance (\S+) /.exec(comment)?.[1] ?? null;

export const submitScript = fileURLToPath(new URL('submit.sh', import.meta.url));
const scripts = ['job.sh', 'worker.sh', 'sweep.sh', 'beat.sh', '../launch.sh', '../container/container.sh'];

/** Writes what the machines of the cluster need: our own folder may not be there. */
export function writeGroup(group: WorkerGroup, { workers, limits }: GroupSpec): void {
  for (const script of scripts) {
    const name = script.slice(script.lastIndexOf('/') + 1);
    const temporary = join(group.dir, `${name}.${process.pid}`);
    copyFileSync(fileURLToPath(new URL(script, import.meta.url)), temporary);
    renameSync(temporary, join(group.dir, name));
  }
  for (const [i, worker] of workers.entries()) {
    const dir = workerDir(group, i);
    makeFolderSync(dir);
    write(join(dir, 'command'), commandFile(group, worker, limits.gpus ?? 0, limits.nice));
    write(
      join(dir, 'after'),
      `/bin/sh ${quoted(join(group.dir, 'sweep.sh'))} ${quoted(`SEMBLANCE_WORKER=${dir}`)}\n`,
    );
  }
}

/** Whole, whoever reads it now. */
function write(path: string, content: string): void {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}

/** A worker as lines of a shell script that `worker.sh` reads. */
function commandFile(
  group: WorkerGroup,
  { command, env, cwd, stdout, stderr }: WorkerCommand,
  gpus: number,
  nice: number,
): string {
  const under = nice > 0 ? ['nice', '-n', String(nice), ...command] : command;
  return [
    ...Object.entries({ cwd, out: stdout, err: stderr, gpus: String(gpus), mark: group.mark }).map(
      ([name, value]) => `${name}=${quoted(value)}`,
    ),
    ...Object.entries({ ...env, ...noTelemetry }).map(([name, value]) => `export ${name}=${quoted(value)}`),
    `set -- ${under.map(quoted).join(' ')}`,
    '',
  ].join('\n');
}

export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
