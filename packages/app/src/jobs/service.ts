import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SemblanceError } from '@semblance/face/error';
import { type Comparison, compareVersions } from './compare/compare.ts';
import { type Difference, differencesOf } from './compare/differences.ts';
import { ownIdentity } from './executor/process-table.ts';
import { defaultJobsDir, storePaths, versionPaths } from './home.ts';
import { describeTasks, type TaskDescription } from './kinds/describe.ts';
import { taskKind } from './kinds/index.ts';
import type { TaskRequest } from './kinds/task-args.ts';
import { followLog } from './logs/follow.ts';
import type { Hint } from './logs/hints.ts';
import { type LogPage, type PageOptions, readLogPage } from './logs/page.ts';
import { type SearchResult, searchLog } from './logs/search.ts';
import { fullName, isSettled, type SweepPlace, type Version, type VersionSpec } from './model.ts';
import { curvesOf, hintOf, systemOf } from './observe.ts';
import { recordCode } from './record/code.ts';
import { recordEnvironment } from './record/environment.ts';
import type { Curve } from './record/metrics.ts';
import { passedEnvironment } from './record/secrets.ts';
import { checkJobName, findVersion } from './reference.ts';
import { type RunOptions, specOf } from './request.ts';
import { activeStates, isEnded as hasEnded } from './states.ts';
import { writeStepFile } from './steps/step-file.ts';
import { openSqliteVersionStore } from './store/sqlite.ts';
import type { JobInfo, VersionEvent, VersionFilter, VersionStore } from './store/version-store.ts';
import type { SystemSample } from './supervisor/sample.ts';
import { wakeSupervisor } from './supervisor/wake.ts';

export interface JobServiceOptions {
  /** Folder of the jobs ({@link defaultJobsDir}). */
  home?: string;
  /** What workers get of it is stored with each version: no credential. */
  env?: Readonly<Record<string, string | undefined>>;
}

export interface Modification {
  parameters?: Readonly<Record<string, string>>;
  options?: Readonly<Record<string, string>>;
  description?: string;
  resources?: RunOptions['resources'];
  retries?: number;
  /** Starts from the weights of the version it is made from. */
  isContinued?: boolean;
}

/** Where a new version comes from. */
interface Origin {
  parent?: Version;
  sweep?: SweepPlace;
  description?: string;
}

/**
 * Jobs and their versions, for the command line and the service: what is asked for is written down, and a supervisor,
 * started where none lives, sees to it.
 */
export class JobService implements AsyncDisposable {
  readonly home: string;
  readonly store: VersionStore;
  private readonly env: Readonly<Record<string, string>>;

  constructor({ home, env = process.env }: JobServiceOptions = {}) {
    this.home = home ?? defaultJobsDir(env);
    this.env = passedEnvironment(env);
    this.store = openSqliteVersionStore(storePaths(this.home).database);
  }

  /**
   * Makes a version and queues it.
   *
   * @throws those of {@link specOf} and {@link describeTasks}
   */
  async create(job: string, task: TaskRequest, run: RunOptions = {}): Promise<Version> {
    checkJobName(job);
    const spec = await specOf(task, run, this.env);
    return this.createFrom(job, spec, { ...(run.description ? { description: run.description } : {}) });
  }

  /** Makes a version from a specification, and queues it. */
  async createFrom(job: string, spec: VersionSpec, origin: Origin = {}): Promise<Version> {
    const [description] = await describeTasks([spec]);
    const version = await this.prepare(job, spec, description!, origin);
    this.wake();
    return version;
  }

  /** Makes several versions; none where one of them cannot be. */
  async createAll(job: string, wanted: readonly { spec: VersionSpec; origin: Origin }[]): Promise<Version[]> {
    const descriptions = await describeTasks(wanted.map(({ spec }) => spec));
    const versions: Version[] = [];
    for (const [i, { spec, origin }] of wanted.entries())
      versions.push(await this.prepare(job, spec, descriptions[i]!, origin));
    this.wake();
    return versions;
  }

  private async prepare(
    job: string,
    spec: VersionSpec,
    { parameters, seeds, engine }: TaskDescription,
    { parent, sweep, description = '' }: Origin,
  ): Promise<Version> {
    const version = await this.store.add({
      job,
      description,
      parentId: parent?.id ?? null,
      sweep: sweep ?? null,
      spec,
      parameters,
      seeds,
      creator: ownIdentity(),
    });
    const paths = versionPaths(this.home, version);
    try {
      await mkdir(paths.logs, { recursive: true });
      await writeStepFile(paths.dir, { home: this.home, job, number: version.number, spec });
      const code = await recordCode(spec.codeDir, paths.codeDiff);
      const environment = await recordEnvironment(engine);
      await this.store.transition(version.id, {
        from: 'creating',
        to: 'pending',
        reason: 'waits for a slot',
        changes: { code, environment },
      });
    } catch (error) {
      const reason = `it could not be made: ${(error as Error).message}`;
      await this.store.transition(version.id, {
        from: 'creating',
        to: 'failed',
        reason,
        changes: { retriesLeft: 0 },
      });
      throw error;
    }
    return (await this.store.get(version.id))!;
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
    const reason = 'stopped on request';
    for (let current: Version | null = version; current; current = await this.store.get(version.id)) {
      if (hasEnded(current.state)) throw wrongState(current, 'only one that waits or runs can be stopped');
      const isDone =
        current.state === 'running'
          ? await this.store.update(
              version.id,
              { ending: { to: 'stopped', reason, exitCode: null, isNow: true, sinceMs: Date.now() } },
              'running',
            )
          : await this.store.transition(version.id, {
              from: current.state,
              to: 'stopped',
              reason,
              changes: { endedMs: Date.now() },
            });
      if (isDone) return this.wake();
    }
  }

  /**
   * Queues a version again that failed, was stopped or lost: a training goes on from its last checkpoint, and work that
   * was done is only delivered.
   *
   * @throws VERSION_WRONG_STATE
   */
  async resume({ id }: Version): Promise<void> {
    const version = await this.again(id);
    const { state } = version;
    const isQueued =
      hasEnded(state) &&
      state !== 'completed' &&
      (await this.store.transition(version.id, { from: state, to: 'pending', reason: 'resumed on request' }));
    if (!isQueued) throw wrongState(version, 'only one that failed, was stopped or lost can be resumed');
    this.wake();
  }

  /**
   * Takes a version out for good, with its outputs and logs.
   *
   * @throws VERSION_WRONG_STATE where it has not ended
   */
  async remove({ id }: Version): Promise<void> {
    const version = await this.again(id);
    if (!hasEnded(version.state)) throw wrongState(version, 'stop it first');
    const { dir } = versionPaths(this.home, version);
    const { trash } = storePaths(this.home);
    const aside = join(trash, `${version.id}-${basename(dir)}`);
    if (!(await this.store.remove(version.id))) throw wrongState(version, 'it was resumed meanwhile');
    await mkdir(trash, { recursive: true });
    if (existsSync(dir)) await rename(dir, aside);
    await rm(aside, { recursive: true, force: true });
  }

  /**
   * Makes a new version from another one, whose parent that becomes.
   *
   * @throws USAGE_INVALID_VALUE, CHECKPOINT_NOT_FOUND where it cannot be continued, and those of {@link create}
   */
  async modify(parent: Version, changes: Modification): Promise<Version> {
    const { spec } = parent;
    const options = {
      ...spec.options,
      ...changes.options,
      ...(changes.isContinued ? this.continuation(parent) : {}),
    };
    const task: TaskRequest = {
      task: spec.task,
      options,
      parameters: { ...spec.parameters, ...changes.parameters },
      command: [...spec.command],
      outputs: {},
    };
    const inputs = spec.inputs.filter(({ name }) => options[name] === undefined);
    const next = await specOf(
      task,
      {
        ...spec,
        inputs: byName(inputs),
        outputs: byName(spec.outputs),
        resources: { ...spec.resources, ...changes.resources },
        retries: changes.retries ?? spec.retries,
      },
      {},
    );
    return this.createFrom(parent.job, next, { parent, description: changes.description ?? '' });
  }

  /** The option that starts from a version's weights. */
  private continuation(parent: Version): Record<string, string> {
    const { continueBy, name } = taskKind(parent.spec.task);
    if (!continueBy)
      throw new SemblanceError('USAGE_INVALID_VALUE', `a version of ${name} cannot be continued by another`);
    const from = join(versionPaths(this.home, parent).outputs, continueBy.path);
    if (!existsSync(from))
      throw new SemblanceError('CHECKPOINT_NOT_FOUND', `${fullName(parent)} left nothing to go on from`);
    return { [continueBy.option]: from };
  }

  /** A page of a worker's log. @throws LOG_NOT_FOUND */
  logPage(
    version: Version,
    { worker = 0, ...page }: { worker?: number } & PageOptions = {},
  ): Promise<LogPage> {
    return readLogPage(this.logFile(version, worker), page);
  }

  /** Lines of a worker's log that hold a keyword. @throws LOG_NOT_FOUND */
  searchLog(
    version: Version,
    keyword: string,
    { worker = 0, ...search }: { worker?: number; fromLine?: number; lines?: number } = {},
  ): Promise<SearchResult> {
    return searchLog(this.logFile(version, worker), keyword, search);
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
    return followLog(this.logFile(version, worker), { ...options, isEnded });
  }

  private logFile(version: Version, worker: number): string {
    if (!Number.isSafeInteger(worker) || worker < 0 || worker >= version.spec.resources.workers) {
      const message = `${fullName(version)} has ${version.spec.resources.workers} workers, the first is 0`;
      throw new SemblanceError('LOG_NOT_FOUND', message);
    }
    return versionPaths(this.home, version).workerLog(worker);
  }

  /** Figures over the steps of the run so far, by name. */
  curves(version: Version): Promise<Record<string, Curve>> {
    return curvesOf(this.home, version);
  }

  /** CPU, memory and GPU use over time. */
  system(version: Version): Promise<SystemSample[]> {
    return systemOf(this.home, version);
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

  /** A version as it is now. */
  private async again(id: number): Promise<Version> {
    const version = await this.store.get(id);
    if (!version) throw new SemblanceError('VERSION_NOT_FOUND', 'the version was deleted meanwhile');
    return version;
  }

  /** Starts a supervisor where there is work and none lives. */
  wake(): void {
    wakeSupervisor(this.home);
  }

  /** {@link wake}, where a version waits or runs. */
  async wakeIfActive(): Promise<void> {
    const some = { limit: 1 };
    const [active] = await this.store.list({ states: activeStates, ...some });
    const [again] = active
      ? []
      : await this.store.list({ states: ['failed', 'lost'], hasRetriesLeft: true, ...some });
    if (active ?? again) this.wake();
  }

  async close(): Promise<void> {
    await this.store.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

const byName = (places: readonly { name: string; location: string }[]): Record<string, string> =>
  Object.fromEntries(places.map(({ name, location }) => [name, location]));

function wrongState(version: Version, what: string): SemblanceError {
  return new SemblanceError('VERSION_WRONG_STATE', `${fullName(version)} is ${version.state}: ${what}`);
}
