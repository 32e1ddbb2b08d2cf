import { join } from 'node:path';
import { versionPaths } from '../home.ts';
import { fullName, type Version } from '../model.ts';
import { type CodeAt, diffCode } from './code-diff.ts';
import { type DataDiff, diffData } from './data-diff.ts';

/** What changed in code and data from one version to another. */
export interface Difference {
  from: string;
  to: string;
  /** A diff that `git apply` takes; '' where the code is the same, null where it cannot be told. */
  code: string | null;
  data: DataDiff[];
}

/** Pairs beyond this are not looked into: a diff each. */
export const MOST_PAIRS = 20;

/** What changed from each version to the next in the list. */
export async function differencesOf(home: string, versions: readonly Version[]): Promise<Difference[]> {
  const pairs = versions.slice(1, MOST_PAIRS + 1).map((to, i) => [versions[i]!, to] as const);
  const differences: Difference[] = [];
  for (const [from, to] of pairs) {
    differences.push({
      from: fullName(from),
      to: fullName(to),
      code: await codeDifference(home, from, to),
      data: await dataDifference(home, from, to),
    });
  }
  return differences;
}

async function codeDifference(home: string, from: Version, to: Version): Promise<string | null> {
  if (!from.code || !to.code) return null;
  const at = (version: Version, code: NonNullable<Version['code']>): CodeAt => {
    const paths = versionPaths(home, version);
    return { code, diffFile: paths.codeDiff, paths };
  };
  return diffCode(at(from, from.code), at(to, to.code));
}

async function dataDifference(home: string, from: Version, to: Version): Promise<DataDiff[]> {
  const before = new Map(from.data.map(({ name, fingerprint }) => [name, fingerprint]));
  const diffs: DataDiff[] = [];
  for (const { name, fingerprint } of to.data) {
    if (!before.has(name) || before.get(name) === fingerprint) continue;
    const listing = (version: Version): string => join(versionPaths(home, version).data, `${name}.tsv`);
    const diff = await diffData(name, listing(from), listing(to));
    if (diff) diffs.push(diff);
  }
  return diffs;
}
