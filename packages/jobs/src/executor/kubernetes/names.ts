import { createHash } from 'node:crypto';
import type { WorkerGroup } from '../executor.ts';

/** Labels of everything that is made for a version; the mark is written so that it may be a label. */
export const labelNames = {
  managedBy: 'app.kubernetes.io/managed-by',
  name: 'app.kubernetes.io/name',
  /** The version, of which store. */
  mark: 'semblance/mark',
  /** The group: one step of one attempt. */
  group: 'semblance/group',
  /** The group was ended before it began; its object only holds the place. */
  barred: 'semblance/barred',
} as const;

const MAX_TITLE = 36;
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10);

/**
 * What the objects of a group are called: the same for whoever asks, so that a group can be made only once. With the
 * suffixes of pods it stays a name of DNS, 63 characters at most.
 */
export function groupName({ mark, dir, title = 'semblance' }: WorkerGroup): string {
  const words = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_TITLE)
    .replace(/^[^a-z]+|-+$/g, '');
  return `${words || 'semblance'}-${digest(`${mark}\0${dir}`)}`;
}

/** A mark as the value of a label. */
export const markLabel = (mark: string): string => {
  const plain = mark.replaceAll(':', '.');
  return /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(plain) ? plain : `sha.${digest(mark)}`;
};

export const labelsOf = (group: WorkerGroup): Record<string, string> => ({
  [labelNames.managedBy]: 'semblance',
  [labelNames.name]: 'semblance-worker',
  [labelNames.mark]: markLabel(group.mark),
  [labelNames.group]: groupName(group),
});

export const selectMark = (mark: string): string => `${labelNames.mark}=${markLabel(mark)}`;
export const selectAll = `${labelNames.managedBy}=semblance`;
