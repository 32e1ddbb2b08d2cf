import type { VersionFilter } from './version-store.ts';

/** The WHERE of a filter, with the values of its question marks. */
export function conditions({ job, states, sweepId, hasRetriesLeft, tags, isStarred, uses }: VersionFilter): {
  where: string;
  values: (string | number)[];
} {
  const parts: [condition: string, ...values: (string | number)[]][] = [];
  if (job !== undefined) parts.push(['job = ?', job]);
  if (sweepId !== undefined) parts.push(['sweep_id = ?', sweepId]);
  if (hasRetriesLeft) parts.push(['retries_left > 0']);
  if (states !== undefined) parts.push([`state IN (${states.map(() => '?').join(', ')})`, ...states]);
  if (isStarred !== undefined) parts.push(['is_starred = ?', Number(isStarred)]);
  for (const tag of tags ?? [])
    parts.push(['EXISTS (SELECT 1 FROM json_each(tags) WHERE json_each.value = ?)', tag]);
  if (uses !== undefined)
    parts.push([`EXISTS (SELECT 1 FROM json_each(spec, '$.uses') WHERE json_each.value = ?)`, uses]);
  return {
    where: parts.length > 0 ? `WHERE ${parts.map(([condition]) => condition).join(' AND ')}` : '',
    values: parts.flatMap(([, ...values]) => values),
  };
}

/** The ORDER BY of a filter. */
export const orderOf = ({ newestFirst, pinnedFirst }: VersionFilter): string =>
  `${pinnedFirst ? 'is_pinned DESC, ' : ''}id ${newestFirst ? 'DESC' : 'ASC'}`;
