import type { Executor, GroupSpec, WorkerGroup } from '../executor.ts';
import { localExecutor } from '../local.ts';
import { askEngine, containerEngine, containersNamed, entrypointOf } from './engine.ts';
import { containerScript, containersOf, inContainer } from './in-container.ts';
import { type ContainerOptions, isBelow } from './options.ts';

/**
 * Workers in containers of an image, on this machine: each under the launcher that local workers have, which runs an
 * engine in place of the command.
 *
 * @param home folder of the jobs, which containers see at the same path
 * @throws EXECUTOR_UNAVAILABLE where there is no engine
 */
export function containerExecutor(
  { image, engine: name, volumes }: ContainerOptions,
  home: string,
): Executor {
  const local = localExecutor();
  const engine = containerEngine(name);
  const seen = [{ path: home, isWritable: true }, ...volumes];

  async function start(
    group: WorkerGroup,
    spec: GroupSpec,
    env: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const place = {
      ...{ engine, image, volumes: seen, script: containerScript },
      entrypoint: await entrypointOf(engine, image),
    };
    const workers = spec.workers.map((worker, i) =>
      inContainer(place, group, i, worker, spec.limits, Object.keys(env)),
    );
    // the engine sets the limits that it can; a ceiling for its own program would be in its way
    await local.start(group, { limits: { ...spec.limits, memoryBytes: null }, workers }, env);
  }

  async function end(group: WorkerGroup, isForced: boolean): Promise<void> {
    await local.end(group, isForced);
    if (isForced) await endLeftovers(group.mark);
    else await tellHidden(group);
  }

  /** Processes of an engine that runs as somebody else cannot be seen from here. */
  async function tellHidden({ mark }: WorkerGroup): Promise<void> {
    if (engine.name === 'buildah' || process.getuid!() === 0) return;
    for (const name of await containersNamed(engine, containersOf(mark)))
      await askEngine(engine, 'kill', '--signal', 'TERM', name).catch(() => {}); // it has ended meanwhile
  }

  async function endLeftovers(mark: string): Promise<number> {
    const numKilled = await local.endLeftovers(mark);
    const names = await containersNamed(engine, containersOf(mark));
    const args = engine.name === 'buildah' ? ['rm'] : ['rm', '--force'];
    for (const name of names)
      await askEngine(engine, ...args, name).catch(async (error: unknown) => {
        // its own script was faster
        if ((await containersNamed(engine, name)).length > 0) throw error;
      });
    // a container that could be seen was counted by its processes
    return numKilled > 0 ? numKilled : engine.name === 'buildah' ? 0 : names.length;
  }

  return { name: 'container', start, look: local.look, end, endLeftovers };
}

export const isSeen = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => isBelow(path, folder));
