import type { Metric, Version } from './model.ts';
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
