import type { JobParts } from './parts.ts';

export interface JobServiceOptions {
  /** Folder of the jobs ({@link defaultJobsDir}). */
  home?: string;
  /** What workers get of it is stored with each version: no credential. */
  env?: Readonly<Record<string, string | undefined>>;
  /**
   * A PostgreSQL database that keeps the versions, `postgres://USER@HOST/DATABASE`, for `JobService.open`
   * (`SEMBLANCE_STORE` of `env`); without one, a file in the folder does.
   */
  store?: string;
  /**
   * Kinds of tasks and drivers of storage besides those that come along: the same for every service of a store, since one
   * supervisor serves them all.
   */
  parts?: JobParts;
}
