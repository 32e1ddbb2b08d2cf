import { resolve } from 'node:path';
import { type Comparison, compareVersions } from './compare/compare.ts';
import { type Difference, differencesOf } from './compare/differences.ts';
import { checkFits, continuation, resumption } from './continuation.ts';
import { derivedSpec, type Modification } from './derive.ts';
import { type DownloadOptions, downloadArtifacts } from './download.ts';
import { defaultJobsDir } from './home.ts';
import { Insight } from './insight.ts';
import type { TaskRequest } from './kinds/custom.ts';
import { type ResumeChanges, removeVersion, resumeVersion, stopVersion } from './life.ts';
import { followLog } from './logs/follow.ts';
import type { Hint } from './logs/hints.ts';
import { type LogPage, type PageOptions, readLogPage } from './logs/page.ts';
import { type SearchResult, searchLog } from './logs/search.ts';
import { makeVersions, type Origin } from './make-version.ts';
import { type Marks, markVersion } from './marks.ts';
import { type Artifact, isSettled, type Version, type VersionSpec } from './model.ts';
import { checkJobName } from './names.ts';
import { curvesOf, hintOf, logFileOf, systemOf } from './observe.ts';
import { JobParts } from './parts.ts';
import type { Curve } from './record/metrics.ts';
import { passedEnvironment } from './record/secrets.ts';
import { findVersion } from './reference.ts';
import { Registry } from './registry.ts';
import type { RunOptions } from './request.ts';
import type { JobServiceOptions } from './service-options.ts';
import { openStoreIn, openVersionStore, STORE } from './store/open.ts';
import type {
  JobInfo,
  SweepRecord,
  VersionEvent,
  VersionFilter,
  VersionStore,
} from './store/version-store.ts';
import type { SystemSample } from './supervisor/sample.ts';
import { hasWork, wakeSupervisor } from './supervisor/wake.ts';
import { type SweepPlan, startSweep, sweepSpec } from './sweep/sweep.ts';
import { Sweeps } from './sweep/sweeps.ts';
import { Templates } from './templates.ts';
import { requestedSpec } from './version-place.ts';

/**
 * Jobs and their versions, for the command line and the service: what is asked for is written down, and a supervisor,
 * started where none lives, sees to it.
 *
 * Any number of them may be open on one folder, in any number of processes.
 *
 * @example
 * ```ts
 * import { customTask, JobService } from '@semblance/jobs';
 *
 * await using jobs = new JobService({ home: 'jobs' });
 * const version = await jobs.create('hello', customTask(['echo', 'hello, {name}'], { name: 'Ada' }));
 * for await (const text of jobs.follow(version)) console.log(text.trim()); // …hello, Ada
 * console.log((await jobs.find('hello/V0001')).state); // completed
 * ```
 */
export class JobService implements AsyncDisposable {
  readonly home: string;
  readonly store: VersionStore;
  readonly parts: JobParts;
  /** Aliases such as `production` that stand for a version. */
  readonly registry: Registry;
  readonly templates: Templates;
  /** What is known of versions as of now: live figures, progress, what they wait for, what used them. */
  readonly insight = new Insight(this);
  /** How sweeps stand, and how they are stopped. */
  readonly sweeps = new Sweeps(this);
  private readonly env: Readonly<Record<string, string>>;

  /** Opens a folder that has its store itself; {@link JobService.open} takes a database. @throws JOB_STORE_FOREIGN and others */
  constructor(
    { home, env = process.env, parts = new JobParts() }: Omit<JobServiceOptions, 'store'> = {},
    store?: VersionStore,
  ) {
    this.parts = parts;
    // supervisors and workers are started elsewhere
    this.home = resolve(home ?? defaultJobsDir(env));
    this.env = passedEnvironment(env);
    this.store = store ?? openStoreIn(this.home);
    this.registry = new Registry(this.store);
    this.templates = new Templates(this.store);
  }

  /**
   * Opens the jobs of a folder, and the database that keeps their versions where one is named.
   *
   * @throws USAGE_INVALID_VALUE, JOB_STORE_FOREIGN, JOB_STORE_INVALID, JOB_STORE_BUSY, JOB_STORE_UNREACHABLE, JOB_STORE_DENIED
   */
  static async open({ store, ...options }: JobServiceOptions = {}): Promise<JobService> {
    const env = options.env ?? process.env;
    const home = resolve(options.home ?? defaultJobsDir(env));
    return new JobService(options, await openVersionStore(home, store ?? env[STORE], { env }));
  }

  /**
   * Makes a version and queues it.
   *
   * @throws those of {@link requestedSpec} and {@link makeVersions}
   */
  async create(job: string, task: TaskRequest, run: RunOptions = {}): Promise<Version> {
    checkJobName(job);
    const spec = await requestedSpec(this, task, run, this.env);
    return this.createFrom(job, spec, { ...(run.description ? { description: run.description } : {}) });
  }

  /** Makes a version from a specification, and queues it. */
  private async createFrom(job: string, spec: VersionSpec, origin: Origin): Promise<Version> {
    const [version] = await makeVersions(this, [{ job, spec, origin }]);
    this.giveWork();
    return version!;
  }

  /** The version that a text names (`job/V0003`, `job` for its newest). @throws JOB_NOT_FOUND, VERSION_NOT_FOUND */
  find(reference: string): Promise<Version> {
    return findVersion(this.store, reference);
  }

  list(filter: VersionFilter = {}): Promise<Version[]> {
    return this.store.list(filter);
  }

  jobs(): Promise<JobInfo[]> {
    return this.store.jobs();
  }

  events(filter?: { after?: number; versionId?: number; limit?: number }): Promise<VersionEvent[]> {
    return this.store.events(filter);
  }

  /**
   * Asks for the end of a version that waits or runs; a running one is `stopped` once its workers have ended.
   *
   * @throws VERSION_WRONG_STATE where it has ended
   */
  async stop(version: Version): Promise<void> {
    if (await stopVersion(this.store, version)) this.wake();
  }

  /**
   * Queues a version again that failed, was stopped or lost: a training goes on from its last checkpoint, and work that
   * was done is only delivered.
   *
   * @param changes another time limit, from the next attempt on
   * @throws VERSION_WRONG_STATE, USAGE_INVALID_VALUE
   */
  async resume(version: Version, changes: ResumeChanges = {}): Promise<void> {
    await resumeVersion(this.store, version, changes);
    this.giveWork();
  }

  /**
   * Takes a version out for good, with its outputs and logs.
   *
   * @throws VERSION_WRONG_STATE where it has not ended, or another one needs its outputs and it is not forced
   */
  remove(version: Version, options: { isForced?: boolean } = {}): Promise<void> {
    return removeVersion(this.home, this.store, version, options);
  }

  /**
   * Makes a new version from another one, whose parent that becomes.
   *
   * @throws USAGE_INVALID_VALUE, CHECKPOINT_NOT_FOUND where it cannot be continued, and those of {@link create}
   */
  async modify(
    parent: Version,
    { isContinued, isResumed, description = '', ...changes }: Modification,
  ): Promise<Version> {
    if (isContinued) checkFits(this, parent, changes);
    const options = { ...changes.options, ...(isContinued ? continuation(this, parent) : {}) };
    const derived = await derivedSpec(this, parent.spec, { ...changes, options });
    const spec = isResumed ? { ...derived, resumeFrom: resumption(this, parent) } : derived;
    return this.createFrom(parent.job, spec, { parent, description });
  }

  /** Writes tags, notes and the like, and gives the version as it then is. @throws USAGE_INVALID_VALUE, VERSION_NOT_FOUND */
  mark(version: Version, marks: Marks): Promise<Version> {
    return markVersion(this.store, version, marks);
  }

  /** Keeps how a version is made under a name. */
  saveTemplate(version: Version, name: string): Promise<void> {
    return this.templates.save(version, name);
  }

  /**
   * Makes a version from a template.
   *
   * @throws TEMPLATE_NOT_FOUND, and those of {@link create}
   */
  async createFromTemplate(job: string, name: string, changes: Modification = {}): Promise<Version> {
    checkJobName(job);
    const template = await this.templates.get(name);
    const spec = await derivedSpec(this, template, changes);
    return this.createFrom(job, spec, { description: changes.description ?? '' });
  }

  /**
   * Makes a version for each candidate; with halving, those of the next rungs follow as the first come to rest.
   *
   * @throws USAGE_INVALID_VALUE, and those of {@link create}
   */
  async sweep(
    job: string,
    task: TaskRequest,
    { candidates, halving }: Omit<SweepPlan, 'spec'>,
    run: RunOptions = {},
  ): Promise<{ sweep: SweepRecord; versions: Version[] }> {
    checkJobName(job);
    const spec = await sweepSpec(this, task, run, { candidates, halving }, this.env);
    const started = await startSweep(this, job, { spec, candidates, halving });
    this.giveWork();
    return started;
  }

  /** A page of a worker's log. @throws LOG_NOT_FOUND */
  logPage(
    version: Version,
    { worker = 0, ...page }: { worker?: number } & PageOptions = {},
  ): Promise<LogPage> {
    return readLogPage(logFileOf(this.home, version, worker), page);
  }

  /** Lines of a worker's log that hold a keyword. @throws LOG_NOT_FOUND */
  searchLog(
    version: Version,
    keyword: string,
    { worker = 0, ...search }: { worker?: number; fromLine?: number; lines?: number } = {},
  ): Promise<SearchResult> {
    return searchLog(logFileOf(this.home, version, worker), keyword, search);
  }

  /** A worker's log and what is added to it, as pieces of text, until the version has ended. */
  follow(
    version: Version,
    { worker = 0, ...options }: { worker?: number; fromByte?: number; signal?: AbortSignal } = {},
  ): AsyncGenerator<string> {
    const isEnded = async (): Promise<boolean> => {
      const now = await this.store.get(version.id);
      // a supervisor that was killed is started again: what is waited for would never come
      if (now && !isSettled(now)) this.wake();
      return now === null || isSettled(now);
    };
    return followLog(logFileOf(this.home, version, worker), { ...options, isEnded });
  }

  /** Figures over the steps of the run so far, by name. */
  curves(version: Version): Promise<Record<string, Curve>> {
    return curvesOf(this, version);
  }

  /** CPU, memory and GPU use over time. */
  system(version: Version): Promise<SystemSample[]> {
    return systemOf(this.home, version);
  }

  /** Copies artifacts of a version into a folder. @throws PATH_NOT_FOUND, STORAGE_CORRUPT */
  download(version: Version, options: DownloadOptions): Promise<readonly Artifact[]> {
    return downloadArtifacts(this.home, version, options);
  }

  /** Versions side by side, from what is stored of them. */
  compare(versions: readonly Version[]): Comparison {
    return compareVersions(versions);
  }

  /** What changed in code and data from each version to the next. */
  differences(versions: readonly Version[]): Promise<Difference[]> {
    return differencesOf(this.home, versions);
  }

  /** The likeliest cause of a failure, and what to do about it. */
  hint(version: Version): Promise<Hint | null> {
    return hintOf(this.home, version);
  }

  /** Starts a supervisor where there is work and none lives. */
  wake(): void {
    wakeSupervisor(this);
  }

  /** {@link wake}, so that it carries the work's files with this process's credentials. */
  private giveWork(): void {
    wakeSupervisor(this, { isHandingOver: true });
  }

  /** {@link wake}, where a version waits or runs. */
  async wakeIfActive(): Promise<void> {
    if (await hasWork(this.store)) this.wake();
  }

  async close(): Promise<void> {
    await this.store.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
