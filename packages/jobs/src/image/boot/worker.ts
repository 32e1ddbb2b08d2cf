import { join } from 'node:path';
import type { Env } from '@semblance/core';
import { imagePlaces } from '../places.ts';

/** The folders of a job inside a container. */
export interface JobFolders {
  dir: string;
  code: string;
  inputs: string;
  outputs: string;
  logs: string;
}

/** By `MA_JOB_DIR`, `SEMBLANCE_INPUTS` and `SEMBLANCE_OUTPUTS`, or below the image's own home. */
export function jobFolders(env: Env): JobFolders {
  const dir = env.MA_JOB_DIR || join(imagePlaces.home, 'job');
  return {
    dir,
    code: join(dir, 'code'),
    inputs: env.SEMBLANCE_INPUTS || join(dir, 'inputs'),
    outputs: env.SEMBLANCE_OUTPUTS || join(dir, 'outputs'),
    logs: join(dir, 'logs'),
  };
}

/** Number of this worker, whoever started it: torchrun, Slurm, Kubeflow or an indexed Job of Kubernetes. */
export function workerNumber(env: Env): number {
  const text = env.RANK ?? env.SLURM_PROCID ?? env.PET_NODE_RANK ?? env.JOB_COMPLETION_INDEX ?? '0';
  return /^\d+$/.test(text) ? Number(text) : 0;
}

/** Launchers that describe the workers in variables of their own, which our commands read. */
const launchers = ['RANK', 'SLURM_PROCID', 'PET_NODE_RANK'];

/** torchrun's variables of a run of one worker. */
const alone = {
  RANK: '0',
  WORLD_SIZE: '1',
  LOCAL_RANK: '0',
  LOCAL_WORLD_SIZE: '1',
  MASTER_ADDR: '127.0.0.1',
  MASTER_PORT: '29500',
};

/** What the command finds in its environment besides what the container was given: nothing of that is replaced. */
export function commandEnv(env: Env, folders: JobFolders): Record<string, string> {
  const isLaunched = launchers.some((name) => env[name] !== undefined);
  const ranks = isLaunched ? {} : alone;
  const numWorkers = env.WORLD_SIZE ?? env.SLURM_NTASKS ?? env.PET_NNODES ?? '1';
  const preset = {
    ...ranks,
    VC_TASK_INDEX: String(workerNumber(env)),
    VC_WORKER_NUM: numWorkers,
    MA_NUM_HOSTS: '1',
    MA_JOB_DIR: folders.dir,
    SEMBLANCE_INPUTS: folders.inputs,
    SEMBLANCE_OUTPUTS: folders.outputs,
  };
  const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...preset, ...Object.fromEntries(given) };
}
