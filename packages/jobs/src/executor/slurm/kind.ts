import { spawnSync } from 'node:child_process';
import { SemblanceError } from '../../error.ts';
import type { VersionSpec } from '../../model.ts';
import { containerEngine } from '../container/engine.ts';
import { readOptions } from '../container/options.ts';
import type { WorkerLimits } from '../executor.ts';
import type { ExecutorKind, ExecutorOptions } from '../kind.ts';
import { MIB, numNodes, sbatchArgs, slurmOptions } from './options.ts';
import { noSlurm, slurmEnvironment, slurmError } from './queue.ts';
import { slurmExecutor } from './slurm.ts';
import { isPassing, withMend } from './words.ts';

const PATIENCE_MS = 5000;

/** Jobs of a Slurm cluster; the folder of the jobs is one that its machines see too. */
export const slurm: ExecutorKind = {
  name: 'slurm',
  summary: 'jobs of a Slurm cluster',
  options: slurmOptions,
  openOptions: ['partition', 'account', 'qos', 'time', 'nodes', 'gpu-type', 'constraint'],
  isElsewhere: true,
  inImage: ({ image }) => image !== undefined,
  check({ resources }, options, home) {
    if (options.image !== undefined) containerEngine(readOptions(options).engine);
    const nodes = numNodes(options);
    if (!Number.isInteger(nodes) || nodes < 1 || resources.workers % nodes !== 0)
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        `${resources.workers} workers cannot be spread evenly over nodes=${options.nodes}`,
      );
    askSlurm(resources, options, home);
  },
  open: async (options, home) => slurmExecutor(options, { pollMs: pollMs(), home }),
};

/** Whether the cluster would take such a job. One that does not answer now is asked when the version is started. */
function askSlurm(
  { workers, cpus, memoryBytes, gpus, nice }: VersionSpec['resources'],
  options: ExecutorOptions,
  home: string,
): void {
  const limits = {
    cpus,
    memoryBytes: memoryBytes === null ? null : Math.ceil(memoryBytes / workers),
    nice,
    gpus: gpus / workers,
  };
  const args = ['--test-only', ...sbatchArgs({ dir: home }, workers, limits, options), '--wrap=true'];
  const { error, status, stderr } = spawnSync('sbatch', args, {
    encoding: 'utf8',
    env: slurmEnvironment(),
    timeout: PATIENCE_MS,
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') throw noSlurm('sbatch', error);
  if (error || status === 0) return;
  if (isPassing(stderr) && !/configuration source/.test(stderr)) return;
  // of nodes that are away for now it says the same as of nodes that there are not: the queue takes such a job
  if (/node configuration is not available/.test(stderr) && !isTooMuch(workers, limits, options)) return;
  const { code, message } = slurmError('sbatch', stderr, new Error(`sbatch ended with ${status}`));
  throw new SemblanceError(code, withMend(message));
}

/** Whether the cluster, all of its nodes there and idle, could not give that much. */
function isTooMuch(
  workers: number,
  { cpus, memoryBytes, gpus = 0 }: WorkerLimits,
  options: ExecutorOptions,
): boolean {
  const partition = options.partition === undefined ? [] : [`--partition=${options.partition}`];
  const { stdout, status } = spawnSync('sinfo', ['--noheader', '--Node', '--format=%c %m %G', ...partition], {
    encoding: 'utf8',
    env: slurmEnvironment(),
    timeout: PATIENCE_MS,
  });
  if (status !== 0) return false;
  const perNode = workers / numNodes(options);
  const isFit = (line: string): boolean => {
    const [cores = '', mebibytes = '', devices = ''] = line.split(' ');
    return (
      Number(cores) >= perNode * Math.ceil(cpus ?? 1) &&
      Number(mebibytes) * MIB >= perNode * (memoryBytes ?? 0) &&
      (gpus === 0 || devices.includes('gpu'))
    );
  };
  return stdout.trim().split('\n').filter(isFit).length < numNodes(options);
}

function pollMs(): number {
  const value = Number(process.env.SEMBLANCE_SLURM_POLL_MS);
  return value > 0 ? value : 2000;
}
