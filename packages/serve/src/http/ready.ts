import { SemblanceError } from '../error.ts';
import type { Service } from './service.ts';

/**
 * Refuses where requests are not taken, or a part of the service does not work.
 *
 * @throws SemblanceError SHUTTING_DOWN, OVERLOADED, NOT_READY; those of a disk that takes nothing
 */
export async function requireReady(service: Service): Promise<void> {
  const { fleet } = service.deployments;
  if (service.isLeaving || service.isDraining) throw new SemblanceError('SHUTTING_DOWN');
  if (fleet.isEmpty) throw new SemblanceError('OVERLOADED', 'no model is loaded yet');
  await service.storage.requireWritable();
  service.followKeys();
  if (service.keys.problem) throw new SemblanceError('NOT_READY', 'the key file cannot be read');
  const short = fleet.entries.find(({ unit }) => unit.numMissing > 0);
  if (short) throw new SemblanceError('NOT_READY', `${short.name} lacks ${short.unit.numMissing} workers`);
}
