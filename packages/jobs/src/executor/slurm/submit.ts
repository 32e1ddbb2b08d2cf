import { execFile } from 'node:child_process';
import { SemblanceError } from '../../error.ts';
import type { WorkerGroup } from '../executor.ts';
import { commentOf, submitScript } from './group.ts';
import { slurmEnvironment, slurmError } from './queue.ts';
import { withMend } from './words.ts';

/**
 * Gives a group to Slurm. The shell that does it outlives this process, and one of several does it.
 *
 * @param env goes into the environment of the job, and stands in no file of ours
 * @throws EXECUTOR_UNAVAILABLE, EXECUTOR_REFUSED
 */
export function submit(
  group: WorkerGroup,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const own = ['/bin/sh', submitScript, group.dir, commentOf(group), String(group.numWorkers)];
    execFile('setsid', [...own, ...args], { env: { ...slurmEnvironment(), ...env } }, (cause, _, stderr) => {
      if (!cause) return resolve();
      const { code, message } = slurmError('sbatch', stderr, cause);
      reject(new SemblanceError(code, withMend(message), { cause }));
    });
  });
}
