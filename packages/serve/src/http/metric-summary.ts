import type { Registry } from 'prom-client';

/** A time as its distribution has it: how often, the mean, and quantiles within the buckets. */
export interface Summary {
  count: number;
  meanMs: number;
  p50Ms: number;
  p95Ms: number;
}

interface Value {
  value: number;
  metricName?: string;
  labels: Partial<Record<string, string | number>>;
}

/** Values of a metric; none where there is no such metric. */
export async function valuesOf(registry: Registry, name: string): Promise<readonly Value[]> {
  const metric = registry.getSingleMetric(name);
  return metric ? ((await metric.get()).values as readonly Value[]) : [];
}

/** Counts of a metric added up by a label. */
export async function countsBy(
  registry: Registry,
  name: string,
  label: string,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { labels, value } of await valuesOf(registry, name)) {
    const key = String(labels[label] ?? '');
    counts.set(key, (counts.get(key) ?? 0) + value);
  }
  return counts;
}

/** The distributions of a histogram by a label; those that have seen nothing are left out. */
export async function summariesBy(
  registry: Registry,
  name: string,
  label: string,
): Promise<Map<string, Summary>> {
  const values = await valuesOf(registry, name);
  const byKey = Map.groupBy(values, ({ labels }) => String(labels[label] ?? ''));
  const summaries = new Map<string, Summary>();
  for (const [key, own] of byKey) {
    const of = (part: string) => own.find(({ metricName }) => metricName === `${name}_${part}`)?.value ?? 0;
    const [count, sum] = [of('count'), of('sum')];
    if (count === 0) continue;
    const buckets = own
      .filter(({ metricName }) => metricName === `${name}_bucket`)
      .map(({ labels, value }) => [Number(String(labels.le).replace('+Inf', 'Infinity')), value] as const)
      .sort(([a], [b]) => a - b);
    const ms = (share: number) => 1000 * quantileOf(buckets, share * count);
    summaries.set(key, { count, meanMs: (1000 * sum) / count, p50Ms: ms(0.5), p95Ms: ms(0.95) });
  }
  return summaries;
}

/**
 * The value below which `rank` of the counted lie, linear within its bucket, as Prometheus' histogram_quantile has it; of the
 * last bucket, which has no end, its beginning.
 *
 * @param buckets ends with the count up to each, ascending
 */
export function quantileOf(
  buckets: readonly (readonly [end: number, count: number])[],
  rank: number,
): number {
  const found = buckets.findIndex(([, count]) => count >= rank);
  const [end, count] = buckets[found] ?? buckets.at(-1) ?? [0, 0];
  const [start, before] = buckets[found - 1] ?? [0, 0];
  if (!Number.isFinite(end) || count === before) return start;
  return start + ((end - start) * (rank - before)) / (count - before);
}
