import { join } from 'node:path';
import type { Rendezvous } from './executor/executor.ts';
import type { VersionPaths } from './home.ts';
import type { TaskKind } from './kinds/kind.ts';
import type { Version } from './model.ts';
import { fullName } from './model.ts';

export interface WorkerPlace {
  kind: Pick<TaskKind, 'metricsLog'>;
  version: Version;
  paths: VersionPaths;
  /** Its number from 0. */
  worker: number;
  rendezvous: Rendezvous;
  /** Whether it runs on another machine, which gives it GPUs itself. */
  isElsewhere: boolean;
}

/**
 * What a worker is told: torchrun's names, those of the training platforms (`MA_*`, `VC_*`), and our own. Its local rank
 * counts the workers of its host.
 */
export function workerEnv({
  kind: { metricsLog },
  version,
  paths,
  worker,
  rendezvous: { hosts, port },
  isElsewhere,
}: WorkerPlace): Record<string, string> {
  const { spec, gpus, attempt } = version;
  const { workers, cpus } = spec.resources;
  const perWorker = gpus.length / workers;
  const own = gpus.slice(worker * perWorker, (worker + 1) * perWorker);
  const isMate = (other: string): boolean => other === hosts[worker];
  return {
    ...spec.env,
    ...(cpus === null ? {} : threadLimits(cpus)),
    // one that has asked for none gets none: they are given to one version at a time
    ...(isElsewhere && spec.resources.gpus > 0 ? {} : { CUDA_VISIBLE_DEVICES: own.join(',') }),
    // as nvidia-smi numbers them, and not the fastest first
    CUDA_DEVICE_ORDER: 'PCI_BUS_ID',
    RANK: String(worker),
    WORLD_SIZE: String(workers),
    LOCAL_RANK: String(hosts.slice(0, worker).filter(isMate).length),
    LOCAL_WORLD_SIZE: String(hosts.filter(isMate).length),
    MASTER_ADDR: hosts[0]!,
    MASTER_PORT: String(port),
    TORCHELASTIC_RESTART_COUNT: String(attempt - 1),
    MA_NUM_HOSTS: String(new Set(hosts).size),
    MA_NUM_GPUS: String(spec.resources.gpus),
    MA_JOB_DIR: paths.dir,
    VC_TASK_INDEX: String(worker),
    VC_WORKER_NUM: String(workers),
    VC_WORKER_HOSTS: hosts.join(','),
    SEMBLANCE_JOB: fullName(version),
    SEMBLANCE_ATTEMPT: String(attempt),
    SEMBLANCE_INPUTS: paths.inputs,
    SEMBLANCE_OUTPUTS: paths.outputs,
    ...(metricsLog === null ? {} : { SEMBLANCE_METRICS: join(paths.outputs, metricsLog) }),
  };
}

/** What libraries of numbers go by. A core of its own is nobody's: that takes a cluster. */
function threadLimits(cpus: number): Record<string, string> {
  const threads = String(Math.max(1, Math.floor(cpus)));
  return { OMP_NUM_THREADS: threads, OPENBLAS_NUM_THREADS: threads, MKL_NUM_THREADS: threads };
}
