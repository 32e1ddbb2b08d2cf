import { TorchError } from '../error.ts';
import { firstHost, portOf, tasksByNode } from './slurm.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Who this process is among the ranks, and where rank 0 listens. */
export interface RankEnvironment {
  rank: number;
  worldSize: number;
  /** Rank among, and number of, the processes on this machine. */
  localRank: number;
  localWorldSize: number;
  masterAddr: string | undefined;
  masterPort: number | undefined;
}

interface Source {
  name: string;
  /** The variable whose presence means that this launcher started us. */
  sign: string;
  read(env: Env): RankEnvironment;
}

function count(env: Env, name: string, fallback?: number): number {
  const text = env[name];
  if (text === undefined && fallback !== undefined) return fallback;
  if (text === undefined || !/^\d+$/.test(text))
    throw new TorchError(
      'DIST_BAD_ENVIRONMENT',
      `Expected a whole number for ${name} but received ${text === undefined ? 'nothing' : `"${text}"`}`,
    );
  return Number(text);
}

const optionalCount = (env: Env, name: string) => (env[name] === undefined ? undefined : count(env, name));

const torchrun: Source = {
  name: 'torchrun',
  sign: 'RANK',
  read: (env) => {
    const worldSize = count(env, 'WORLD_SIZE');
    return {
      rank: count(env, 'RANK'),
      worldSize,
      localRank: count(env, 'LOCAL_RANK', 0),
      localWorldSize: count(env, 'LOCAL_WORLD_SIZE', 1),
      masterAddr: env.MASTER_ADDR,
      masterPort: optionalCount(env, 'MASTER_PORT'),
    };
  },
};

const slurm: Source = {
  name: 'Slurm',
  sign: 'SLURM_PROCID',
  read: (env) => {
    const nodes = env.SLURM_STEP_NODELIST ?? env.SLURM_JOB_NODELIST;
    const tasks = env.SLURM_STEP_TASKS_PER_NODE ?? env.SLURM_TASKS_PER_NODE;
    const port = portOf(count(env, 'SLURM_JOB_ID', 0), count(env, 'SLURM_STEP_ID', 0));
    return {
      rank: count(env, 'SLURM_PROCID'),
      worldSize: count(env, 'SLURM_NTASKS'),
      localRank: count(env, 'SLURM_LOCALID', 0),
      localWorldSize: tasks ? (tasksByNode(tasks)[count(env, 'SLURM_NODEID', 0)] ?? 1) : 1,
      masterAddr: env.MASTER_ADDR ?? (nodes && firstHost(nodes)),
      masterPort: optionalCount(env, 'MASTER_PORT') ?? port,
    };
  },
};

/** Kubeflow describes nodes, not processes: without `torch-run` between, each node is one rank. */
const kubeflow: Source = {
  name: 'Kubeflow',
  sign: 'PET_NODE_RANK',
  read: (env) => {
    const perNode = env.PET_NPROC_PER_NODE ?? '1';
    if (perNode !== '1')
      throw new TorchError(
        'DIST_BAD_ENVIRONMENT',
        `PET_NPROC_PER_NODE asks for ${perNode} processes on each node: start the script with torch-run`,
      );
    return {
      rank: count(env, 'PET_NODE_RANK'),
      worldSize: count(env, 'PET_NNODES'),
      localRank: 0,
      localWorldSize: 1,
      masterAddr: env.PET_MASTER_ADDR ?? env.MASTER_ADDR,
      masterPort: optionalCount(env, 'PET_MASTER_PORT') ?? optionalCount(env, 'MASTER_PORT'),
    };
  },
};

/** In order of precedence: torchrun's variables are what a launcher inside a Slurm or Kubeflow job sets. */
const sources: Source[] = [torchrun, slurm, kubeflow];

/**
 * What the launcher that started this process says about it: torchrun and `torch-run` (RANK, WORLD_SIZE, …), Slurm
 * (SLURM_PROCID, …), Kubeflow (PET_NODE_RANK, …). Null where nobody did.
 *
 * @throws TorchError DIST_BAD_ENVIRONMENT naming the variable
 */
export function readEnvironment(env: Env = process.env): RankEnvironment | null {
  const source = sources.find(({ sign }) => env[sign] !== undefined);
  if (!source) return null;
  const found = source.read(env);
  if (found.rank >= found.worldSize)
    throw new TorchError(
      'DIST_BAD_ENVIRONMENT',
      `${source.name} says that this is rank ${found.rank} of ${found.worldSize}`,
    );
  return found;
}
