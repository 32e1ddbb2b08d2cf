import { hashBytes } from '@semblance/core/files';
import { fullName, type Metric, type Version } from '../model.ts';
import { type SeedGroup, seedGroups } from './seed-groups.ts';

/** One fact of several versions, side by side; null where a version does not have it. */
export interface Row<T> {
  name: string;
  values: (T | null)[];
  /** Whether not all are the same. */
  differs: boolean;
}

/** Versions side by side, in the order they were named in. */
export interface Comparison {
  versions: ComparedVersion[];
  /** Name of the pinned version, or of the first: what the others are held against. */
  baseline: string;
  /** Versions that differ in nothing but their seeds. */
  groups: SeedGroup[];
  parameters: Row<string>[];
  metrics: Row<Metric>[];
  /** Fingerprints of the inputs. */
  data: Row<string>[];
  /** Commits, with `+` and the hash of the changes to it. */
  code: Row<string>;
  /** What it ran on. */
  environment: Row<string>[];
}

export interface ComparedVersion {
  id: number;
  name: string;
  state: Version['state'];
  description: string;
  parent: string | null;
  durationMs: number | null;
}

/** Puts versions side by side; all of it from what is stored of them. */
export function compareVersions(versions: readonly Version[]): Comparison {
  const names = new Map(versions.map((version) => [version.id, fullName(version)]));
  const baseline = versions.find(({ isPinned }) => isPinned) ?? versions[0];
  return {
    baseline: baseline ? fullName(baseline) : '',
    groups: seedGroups(versions),
    versions: versions.map((version) => ({
      id: version.id,
      name: fullName(version),
      state: version.state,
      description: version.description,
      parent: version.parentId === null ? null : (names.get(version.parentId) ?? `#${version.parentId}`),
      durationMs: version.startedMs === null ? null : (version.endedMs ?? Date.now()) - version.startedMs,
    })),
    parameters: rowsOf(versions.map((version) => ({ ...settingsOf(version), ...version.parameters }))),
    metrics: rowsOf(
      versions.map(({ metrics }) => metrics),
      (a, b) => a.value === b.value,
    ),
    data: rowsOf(
      versions.map(({ data }) =>
        Object.fromEntries(data.map(({ name, fingerprint }) => [name, fingerprint])),
      ),
    ),
    code: rowsOf(versions.map(({ code }) => ({ code: codeText(code) })))[0] ?? {
      name: 'code',
      values: [],
      differs: false,
    },
    environment: rowsOf(versions.map(environmentOf)),
  };
}

/** A comparison without the rows of parameters, data and machine that are the same in all versions. */
export function onlyDifferences(comparison: Comparison): Comparison {
  const differing = <T>(rows: readonly Row<T>[]): Row<T>[] => rows.filter(({ differs }) => differs);
  const { parameters, data, environment } = comparison;
  return {
    ...comparison,
    parameters: differing(parameters),
    data: differing(data),
    environment: differing(environment),
  };
}

/** A row for every name that any of the records holds, in the order of their first appearance. */
function rowsOf<T>(
  records: readonly Readonly<Record<string, T>>[],
  isSame: (a: T, b: T) => boolean = Object.is,
): Row<T>[] {
  const rows = new Map<string, (T | null)[]>();
  for (const [i, record] of records.entries()) {
    for (const [name, value] of Object.entries(record)) {
      let values = rows.get(name);
      if (!values) rows.set(name, (values = new Array<T | null>(records.length).fill(null)));
      values[i] = value;
    }
  }
  return [...rows].map(([name, values]) => {
    const [first] = values as [T | null];
    const differs = values.some((value) =>
      value === null || first === null ? value !== first : !isSame(value, first),
    );
    return { name, values, differs };
  });
}

/** What decides a result and is no parameter. */
function settingsOf({ spec }: Version): Record<string, string> {
  const { workers, gpus } = spec.resources;
  const { name, options } = spec.executor ?? { name: 'local', options: {} };
  return {
    task: spec.task,
    ...(spec.command.length > 0 ? { command: spec.command.join(' ') } : {}),
    ...(workers > 1 ? { workers: String(workers) } : {}),
    ...(gpus > 0 ? { gpus: String(gpus) } : {}),
    ...(name === 'local' ? {} : { executor: name }),
    ...(options.image === undefined ? {} : { image: options.image }),
  };
}

function codeText(code: Version['code']): string {
  if (!code) return 'not recorded';
  const { commit, diffSha256, snapshot, packages, notKept = [] } = code;
  // large files beside the code decide a result as well
  const beside = notKept.map(({ path, sizeBytes, sha256 }) => `${path}\0${sha256 ?? sizeBytes}\n`).join('');
  const besideText = beside === '' ? '' : `~${hashBytes(beside).slice(0, 8)}`;
  if (packages) {
    const [[name, text]] = Object.entries(packages) as [[string, string]];
    return `${name} ${text.split(' ')[0]} ${hashBytes(JSON.stringify(packages)).slice(0, 8)}`;
  }
  if (commit === null) return snapshot ? `files ${snapshot.slice(0, 12)}${besideText}` : 'not recorded';
  return commit.slice(0, 12) + (diffSha256 === null ? '' : `+${diffSha256.slice(0, 8)}`) + besideText;
}

function environmentOf({ environment }: Version): Record<string, string> {
  if (!environment) return {};
  const { versions, host, cpu, cores, gpus } = environment;
  return {
    ...versions,
    host,
    cpu,
    cores: String(cores),
    ...(gpus.length > 0 ? { gpus: gpus.join(', ') } : {}),
  };
}
