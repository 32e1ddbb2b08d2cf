import type { AuditLog } from '../audit/audit-log.ts';
import type { Deployments } from '../deployments/deployments.ts';
import type { Watched } from '../storage-watch.ts';

/** What of a service turns readiness red where it is damaged: its audit, the galleries and the workers that serve. */
export function watchedOf(audit: AuditLog, { galleries, fleet }: Deployments): Watched[] {
  const ofGalleries = galleries.map(({ gallery: { thread } }) => ({
    what: 'a gallery',
    requireWhole: () => thread.call('requireWhole', null),
  }));
  const ofWorkers = fleet.entries.map(({ name, unit }) => ({
    what: `workers of ${name} cannot be replaced`,
    requireWhole: async () => {
      if (unit.refusal) throw unit.refusal;
    },
  }));
  return [audit, ...ofGalleries, ...ofWorkers];
}
