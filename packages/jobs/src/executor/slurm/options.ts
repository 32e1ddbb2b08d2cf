import { containerOptions } from '../container/options.ts';
import type { GroupSpec, WorkerGroup } from '../executor.ts';
import type { ExecutorOptions } from '../kind.ts';

/** What the executor takes besides its name. */
export const slurmOptions = {
  partition: 'the partition (default: the cluster’s)',
  account: 'the account that is charged',
  qos: 'the quality of service',
  time: 'time limit of a run, as sbatch takes it: 12:00:00, 1-00:00:00',
  nodes: 'number of machines that the workers are spread over evenly (1)',
  'gpu-type': 'kind of GPU, as in --gres=gpu:a100:1',
  constraint: 'features that the nodes must have',
  sbatch: 'more options of sbatch, separated by spaces',
  image: 'the image that workers run in (--image)',
  engine: containerOptions.engine,
  volumes: containerOptions.volumes,
} satisfies ExecutorOptions;

export type SlurmOptions = { [Name in keyof typeof slurmOptions]?: string };

export const MIB = 2 ** 20;

export const numNodes = ({ nodes = '1' }: SlurmOptions): number => Number(nodes);

/** The options of `sbatch` that a group is submitted with. */
export function sbatchArgs(
  { title = 'semblance', dir }: Pick<WorkerGroup, 'title' | 'dir'>,
  numWorkers: number,
  { cpus, memoryBytes, gpus = 0, nice }: GroupSpec['limits'],
  options: SlurmOptions,
): string[] {
  const nodes = numNodes(options);
  const perNode = numWorkers / nodes;
  const given = (name: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`--${name}=${value}`];
  const gpu = ['gpu', ...(options['gpu-type'] === undefined ? [] : [options['gpu-type']]), gpus * perNode];
  return [
    `--job-name=${title}`,
    // begun again by us, from a checkpoint, and not by Slurm from the start
    '--no-requeue',
    // the script writes its own log: a folder that is gone does not put the node out of order
    '--output=/dev/null',
    `--chdir=${dir}`,
    `--nodes=${nodes}`,
    `--ntasks=${numWorkers}`,
    `--ntasks-per-node=${perNode}`,
    ...(cpus === null ? [] : [`--cpus-per-task=${Math.ceil(cpus)}`]),
    ...(memoryBytes === null ? [] : [`--mem=${Math.ceil((memoryBytes * perNode) / MIB)}M`]),
    ...(gpus > 0 ? [`--gres=${gpu.join(':')}`] : []),
    ...(nice > 0 ? [`--nice=${nice}`] : []),
    ...given('partition', options.partition),
    ...given('account', options.account),
    ...given('qos', options.qos),
    ...given('time', options.time),
    ...given('constraint', options.constraint),
    ...(options.sbatch ?? '').split(/\s+/).filter((word) => word !== ''),
  ];
}
