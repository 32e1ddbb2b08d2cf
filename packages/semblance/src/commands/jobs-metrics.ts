import { didYouMean } from '@semblance/core';
import type { RunProgress, Version } from '@semblance/jobs';
import { SemblanceError } from '../error.ts';

/** A version with its figures as they are now. */
export interface ListedVersion {
  version: Version;
  metrics: Version['metrics'];
  progress: RunProgress | null;
  /** Behind what it waits. */
  waiting: string | null;
}

const MOST_COLUMNS = 3;

/**
 * Those listed with the best of a metric first, each by the best value of its run; those without it last.
 *
 * @param sort name of the metric; with `-` before it the worst comes first
 * @throws METRIC_NOT_FOUND
 */
export async function sorted(
  listed: readonly ListedVersion[],
  sort: string | undefined,
): Promise<readonly ListedVersion[]> {
  if (sort === undefined || listed.length === 0) return listed;
  const { isLowerBetter } = await import('@semblance/jobs');
  const isWorstFirst = sort.startsWith('-');
  const name = isWorstFirst ? sort.slice(1) : sort;
  const names = [...new Set(listed.flatMap(({ metrics }) => Object.keys(metrics)))];
  if (!names.includes(name)) {
    const there = names.length > 0 ? `: there are ${names.sort().join(', ')}` : '';
    const message = `none of these versions has the metric '${name}'${there}${didYouMean(name, names)}`;
    throw new SemblanceError('METRIC_NOT_FOUND', message);
  }
  const sign = (isLowerBetter(name) ? 1 : -1) * (isWorstFirst ? -1 : 1);
  const value = ({ metrics }: ListedVersion): number | undefined =>
    metrics[name]?.best?.value ?? metrics[name]?.value;
  return listed.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    return sign * (x - y);
  });
}

/** The metrics that a list shows: those asked for, or the few that most versions have and that can be good or bad. */
export async function chosenMetrics(
  listed: readonly ListedVersion[],
  { metrics: wanted, sort }: { metrics?: readonly string[]; sort?: string },
): Promise<readonly string[]> {
  if (wanted) return wanted;
  const { isLowerBetter } = await import('@semblance/jobs');
  const counts = new Map<string, number>();
  for (const { metrics } of listed)
    for (const name of Object.keys(metrics)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sortedBy = sort?.replace(/^-/, '');
  const names = [...counts.keys()]
    .filter((name) => name !== sortedBy && isLowerBetter(name) !== null && name !== 'steps')
    // what is better high tells more of a model than the losses that it was trained by
    .sort((a, b) => counts.get(b)! - counts.get(a)! || Number(isLowerBetter(a)) - Number(isLowerBetter(b)));
  return [...(sortedBy ? [sortedBy] : []), ...names].slice(0, MOST_COLUMNS);
}

/** `0.91`, or `0.91 (0.93)` where the run was better before. */
export function metricCell(metric: Version['metrics'][string] | undefined): string {
  if (!metric) return '';
  const short = (value: number): string => String(Number(value.toPrecision(4)));
  const [last, best] = [short(metric.value), metric.best && short(metric.best.value)];
  return best === undefined || best === last ? last : `${last} (${best})`;
}
