import type { CodeRecord } from '@semblance/jobs';

/** The code of a version in a line. */
export function describeCode({
  commit,
  branch,
  isDirty,
  dir,
  packages,
  snapshot,
  inPlace,
  otherAttempts,
}: CodeRecord): string {
  const what = packages
    ? Object.entries(packages).map(([name, text]) => `${name} ${text.split(' ')[0]}`)[0]!
    : commit
      ? `${commit.slice(0, 12)}${branch ? ` (${branch})` : ''}${isDirty ? ', with changes of its own' : ''}`
      : snapshot
        ? `files ${snapshot.slice(0, 12)}`
        : 'not recorded';
  const where = inPlace === undefined ? '' : `, run in place: ${inPlace}`;
  const others = (otherAttempts ?? []).map(
    ({ attempt, changed }) =>
      `; attempt ${attempt} ran other code (${changed.map(({ name }) => name).join(', ')})`,
  );
  return `${what} in ${dir}${where}${others.join('')}`;
}
