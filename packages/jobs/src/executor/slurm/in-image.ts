import { join } from 'node:path';
import { containerEngine, entrypointOf } from '../container/engine.ts';
import { inContainer } from '../container/in-container.ts';
import { readOptions } from '../container/options.ts';
import type { GroupSpec, WorkerGroup } from '../executor.ts';
import type { SlurmOptions } from './options.ts';

/** What a worker is told on its node, and its container is as well. */
const toldThere = ['SLURM_PROCID', 'SLURM_NTASKS', 'SLURM_LOCALID', 'SLURM_JOB_ID', 'SLURMD_NODENAME'];
/** What its processes are found by. */
const marks = ['SEMBLANCE_GROUP', 'SEMBLANCE_WORKER'];

/**
 * Workers that run in containers, on whichever node they come to: the engine is there at the same path as here.
 *
 * @param more names of variables that come on top
 */
export async function inImage(
  group: WorkerGroup,
  spec: GroupSpec,
  options: SlurmOptions,
  home: string,
  more: readonly string[],
): Promise<GroupSpec> {
  const { image, engine: name, volumes } = readOptions(options);
  const engine = containerEngine(name);
  const place = {
    ...{ engine, image, entrypoint: await entrypointOf(engine, image) },
    volumes: [{ path: home, isWritable: true }, ...volumes],
    script: join(group.dir, 'container.sh'),
  };
  const workers = spec.workers.map((worker, i) => {
    const inside = inContainer(place, group, i, worker, spec.limits, [...toldThere, ...marks, ...more]);
    // Slurm signals the script, and not what runs in the container
    return { ...inside, env: { ...inside.env, FORWARD: '1' } };
  });
  return { ...spec, workers };
}
