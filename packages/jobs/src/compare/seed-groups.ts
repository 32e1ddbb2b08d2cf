import { mean } from '@semblance/core/statistics';
import { fullName, type Version } from '../model.ts';

/** Versions that differ in nothing but their seeds. */
export interface SeedGroup {
  /** Of the first of them. */
  name: string;
  versions: string[];
  /** Mean over the versions and its standard deviation (of a sample), by metric. */
  metrics: Readonly<Record<string, { mean: number; std: number; count: number }>>;
}

/**
 * Groups versions that differ in nothing but their seeds: same parameters, options, code and data. Only groups of two or
 * more are given.
 */
export function seedGroups(versions: readonly Version[]): SeedGroup[] {
  const groups = Map.groupBy(versions, recipeOf);
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({
      name: fullName(group[0]!),
      versions: group.map(fullName),
      metrics: spreads(group),
    }));
}

/** All that decides a result but the seeds, as a text. */
function recipeOf({ spec, parameters, seeds, code, data }: Version): string {
  const isSeed = new Set(Object.keys(seeds));
  const rest = Object.entries(parameters).filter(([name]) => !isSeed.has(name));
  const { task, options, command } = spec;
  const fingerprints = data.map(({ name, fingerprint }) => [name, fingerprint]);
  const ran = [code?.commit ?? null, code?.diffSha256 ?? null];
  return JSON.stringify([task, sortedEntries(options), command, rest.sort(), fingerprints.sort(), ran]);
}

const sortedEntries = (record: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(record).sort();

function spreads(group: readonly Version[]): SeedGroup['metrics'] {
  const names = new Set(group.flatMap(({ metrics }) => Object.keys(metrics)));
  return Object.fromEntries(
    [...names].map((name) => {
      const values = group.flatMap(({ metrics }) => metrics[name]?.value ?? []);
      return [name, { ...spread(values), count: values.length }];
    }),
  );
}

/** Mean and standard deviation of a sample; the deviation of one value is 0. */
export function spread(values: readonly number[]): { mean: number; std: number } {
  const middle = mean([...values]);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return { mean: middle, std: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}
