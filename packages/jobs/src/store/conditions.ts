import type { Dialect, Value } from './database.ts';
import type { VersionFilter } from './version-store.ts';

/** A WHERE, with the values of its question marks: all of the conditions; '' where there is none. */
export function where(parts: readonly (readonly [condition: string, ...values: Value[]])[]): {
  text: string;
  values: Value[];
} {
  return {
    text: parts.length > 0 ? `WHERE ${parts.map(([condition]) => condition).join(' AND ')}` : '',
    values: parts.flatMap(([, ...values]) => values),
  };
}

/** The WHERE of a filter of versions. */
export function conditions(
  { job, states, sweepId, hasRetriesLeft, tags, isStarred, uses }: VersionFilter,
  { isInList, isInObject }: Dialect,
): ReturnType<typeof where> {
  const parts: [condition: string, ...values: Value[]][] = [];
  if (job !== undefined) parts.push(['job = ?', job]);
  if (sweepId !== undefined) parts.push(['sweep_id = ?', sweepId]);
  if (hasRetriesLeft) parts.push(['retries_left > 0']);
  if (states !== undefined) parts.push([`state IN (${states.map(() => '?').join(', ')})`, ...states]);
  if (isStarred !== undefined) parts.push(['is_starred = ?', Number(isStarred)]);
  for (const tag of tags ?? []) parts.push([isInList('tags'), tag]);
  if (uses !== undefined) parts.push([isInObject('spec', 'uses'), uses]);
  return where(parts);
}

/** The ORDER BY of a filter. */
export const orderOf = ({ newestFirst, pinnedFirst }: VersionFilter): string =>
  `${pinnedFirst ? 'is_pinned DESC, ' : ''}id ${newestFirst ? 'DESC' : 'ASC'}`;
