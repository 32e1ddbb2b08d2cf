import { isSemblanceError, SemblanceError } from '../error.ts';
import { stopVersion } from '../life.ts';
import type { Version } from '../model.ts';
import { isEnded } from '../states.ts';
import type { VersionStore } from '../store/version-store.ts';

/**
 * Ends a sweep and asks for the end of all its versions. First the sweep: its supervisor makes no more of them then.
 *
 * @returns the versions that were told to stop
 * @throws SWEEP_NOT_FOUND, VERSION_WRONG_STATE where nothing of it waits or runs
 */
export async function stopSweep(store: VersionStore, id: number): Promise<Version[]> {
  if (!(await store.sweep(id))) throw new SemblanceError('SWEEP_NOT_FOUND', `there is no sweep ${id}`);
  const wasActive = await store.endSweep(id, 'stopped', 'stopped on request');
  const stopped: Version[] = [];
  for (const listed of await store.list({ sweepId: id })) {
    // one that has failed and would be tried again has to be kept from that
    if (listed.retriesLeft > 0) await store.update(listed.id, { retriesLeft: 0 });
    const version = await store.get(listed.id);
    if (!version || isEnded(version.state)) continue;
    try {
      if (await stopVersion(store, version)) stopped.push(version);
    } catch (error) {
      if (!isSemblanceError(error, 'VERSION_WRONG_STATE')) throw error; // it has ended meanwhile
    }
  }
  if (!wasActive && stopped.length === 0)
    throw new SemblanceError('VERSION_WRONG_STATE', `nothing of the sweep ${id} waits or runs`);
  return stopped;
}
