import type { Job, State, Version } from '../../training/answers.ts';
import { isLowerBetter } from '../../training/is-lower-better.ts';

export const sorts = ['tree', 'newest', 'best', 'longest'] as const;
export type Sort = (typeof sorts)[number];

/** What of the versions is seen, and in which order: all of it stands in the address. */
export interface Filter {
  text: string;
  state: State | '';
  isStarred: boolean;
  sort: Sort;
  /** The figure that is shown; '' for each job's own. */
  metric: string;
}

export type Row =
  | { kind: 'job'; job: Job; isOpen: boolean; numShown: number | null; metric: string }
  | { kind: 'version'; version: Version; depth: number; metric: string };

/** The figure of a job that says the most: one where more is better, then any that can be better. */
export function headlineOf(versions: readonly Version[]): string {
  const names = [...new Set(versions.flatMap(({ best_metrics }) => Object.keys(best_metrics)))];
  return names.find((name) => isLowerBetter(name) === false) ?? names[0] ?? '';
}

/** Whether a version is seen: every word is in its name, its words about it, its tags or its parameters. */
export function passes(version: Version, { text, state, isStarred }: Filter): boolean {
  if (state !== '' && version.state !== state) return false;
  if (isStarred && !version.is_starred) return false;
  if (text === '') return true;
  const { job_name, version_name, version_desc, note, tags, parameter } = version;
  const parameters = parameter.map(({ label, value }) => `${label}=${value}`);
  const all = [`${job_name}/${version_name}`, version_desc, note, ...tags, ...parameters]
    .join('\n')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** Versions under those that they were made from, the newest first; what has no parent here stands at the root. */
export function treeOf(versions: readonly Version[]): { version: Version; depth: number }[] {
  const ids = new Set(versions.map(({ version_id }) => version_id));
  const children = Map.groupBy(versions, ({ pre_version_id: parent }) =>
    parent !== null && ids.has(parent) ? parent : 0,
  );
  const rows: { version: Version; depth: number }[] = [];
  // a stack, as chains may be longer than calls are deep
  const open = (of: number, depth: number) =>
    [...(children.get(of) ?? [])].reverse().map((version) => ({ version, depth }));
  const stack = open(0, 0);
  for (let next = stack.pop(); next; next = stack.pop()) {
    rows.push(next);
    stack.push(...open(next.version.version_id, next.depth + 1));
  }
  return rows;
}

/** The best value of a figure that a version reached, else its last. */
export const figureOf = ({ best_metrics, metrics }: Version, metric: string): number | null =>
  best_metrics[metric]?.value ?? metrics[metric] ?? null;

function ordered(versions: readonly Version[], sort: Sort, metric: string) {
  if (sort === 'tree') return treeOf(versions);
  const sign = isLowerBetter(metric) ? 1 : -1;
  const rank = (version: Version): number => {
    if (sort === 'newest') return -version.create_time;
    if (sort === 'longest') return -version.duration;
    const value = figureOf(version, metric);
    return value === null ? Number.POSITIVE_INFINITY : sign * value;
  };
  return versions
    .map((version) => ({ version, depth: 0, rank: rank(version) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
}

/** The rows of the list: each job, and the versions of those that are open. */
export function rowsOf(
  jobs: readonly Job[],
  versionsOf: (job: string) => readonly Version[] | undefined,
  isOpen: (job: string) => boolean,
  filter: Filter,
): Row[] {
  return jobs.flatMap((job): Row[] => {
    const all = versionsOf(job.job_name);
    const metric = filter.metric || headlineOf(all ?? []);
    const seen = all?.filter((version) => passes(version, filter));
    if (seen?.length === 0) return [];
    const head = { kind: 'job', job, isOpen: isOpen(job.job_name), metric } as const;
    const shown = head.isOpen ? ordered(seen ?? [], filter.sort, metric) : [];
    return [
      { ...head, numShown: seen?.length ?? null },
      ...shown.map(({ version, depth }) => ({ kind: 'version' as const, version, depth, metric })),
    ];
  });
}
