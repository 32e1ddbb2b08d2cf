import { join } from 'node:path';
import { readJsonFile } from '@semblance/core/files';
import { versionPaths } from './home.ts';
import type { EvaluationRule } from './kinds/kind.ts';
import type { JobStore } from './make-version.ts';
import { fullName, type Metric, type Version } from './model.ts';
import type { VersionState } from './states.ts';
import type { VersionStore } from './store/version-store.ts';

/** A pair that an evaluation judged worst, with its photos in small as data URLs. */
export interface Miss {
  first: string;
  second: string;
  same: boolean;
  similarity: number;
  pictures: readonly [string, string];
}

/** How a version did on a set of one's own, as it is kept with it. */
export interface Evaluation {
  /** What `jobs show` says of it. */
  text: string;
  /** Name of the set. */
  set: string;
  /** SHA-256 of the list of its pairs: sets of one name are told apart by it. */
  fingerprint: string;
  /** `fnmrAtFmr.0.001`, `eer`, `accuracy`. */
  metrics: Readonly<Record<string, Metric>>;
  misses: readonly Miss[];
}

/**
 * The newest evaluation of a version on each set, by the set's name.
 *
 * @example
 * ```ts
 * import { customTask, JobService, newestEvaluations } from '@semblance/jobs';
 *
 * await using jobs = new JobService({ home: 'jobs' });
 * const version = await jobs.create('hello', customTask(['echo', 'hello']));
 * console.log((await newestEvaluations(jobs.store, version)).size); // 0
 * ```
 */
export async function newestEvaluations(
  store: VersionStore,
  { id }: Pick<Version, 'id'>,
): Promise<ReadonlyMap<string, Evaluation>> {
  const records = await store.records(id, 'evaluation');
  return new Map(
    records.map(({ body }) => {
      const evaluation = body as Evaluation;
      return [evaluation.set, evaluation];
    }),
  );
}

/** An evaluation of a version, done or on its way. */
export interface SeenEvaluation extends Omit<Evaluation, 'text'> {
  /** The version that was measured: `faces/V0003`. */
  version: string;
  /** The version that measures or measured it; null where a command did. */
  by: string | null;
  state: VersionState;
  reason: string;
}

/**
 * How a version did on sets of one's own, newest first: what commands measured, and versions that evaluate it. Each set is
 * told once where it was measured again.
 */
export async function evaluationsOf(jobs: JobStore, version: Version): Promise<SeenEvaluation[]> {
  const name = fullName(version);
  const users = await jobs.store.list({ uses: name, newestFirst: true });
  const byVersions = await Promise.all(
    users.map(async (user) => {
      const rule = jobs.parts.find(user.spec.task)?.evaluates;
      return rule && user.spec.uses?.[rule.model] === name ? [await seenIn(jobs, user, rule, name)] : [];
    }),
  );
  const byCommands = [...(await newestEvaluations(jobs.store, version)).values()].map(
    ({ set, fingerprint, metrics, misses }): SeenEvaluation => ({
      ...{ version: name, set, fingerprint, metrics, misses },
      ...{ by: null, state: 'completed', reason: 'done' },
    }),
  );
  const all = [...byVersions.flat(), ...byCommands];
  const same = Map.groupBy(all, ({ set, fingerprint, state }) => `${set}\0${fingerprint}\0${state}`);
  return [...same.values()].map(([newest]) => newest!);
}

async function seenIn(
  { home }: JobStore,
  user: Version,
  { set, rates, misses }: EvaluationRule,
  version: string,
): Promise<SeenEvaluation> {
  const place = user.spec.options[set] ?? '';
  const worst = await readJsonFile(join(versionPaths(home, user).outputs, misses)).catch(() => null);
  return {
    version,
    set: place.replace(/\/+$/, '').split('/').at(-1)!,
    fingerprint: user.data.find(({ name }) => name === set)?.fingerprint ?? '',
    metrics: rates(user.metrics),
    misses: (worst as Miss[] | null) ?? [],
    by: fullName(user),
    state: user.state,
    reason: user.reason,
  };
}
