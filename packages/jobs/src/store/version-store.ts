import type { Creator, SweepPlace, Version, VersionSpec } from '../model.ts';
import type { VersionState } from '../states.ts';

export interface NewVersion {
  job: string;
  description: string;
  parentId: number | null;
  sweep: SweepPlace | null;
  spec: VersionSpec;
  parameters: Readonly<Record<string, string>>;
  seeds: Readonly<Record<string, string>>;
  creator: Creator;
}

/** What may be written besides the state. */
export type VersionChanges = Partial<
  Pick<
    Version,
    | 'spec'
    | 'step'
    | 'resumeAt'
    | 'attempt'
    | 'retriesLeft'
    | 'ending'
    | 'exitCode'
    | 'gpus'
    | 'machine'
    | 'startedMs'
    | 'endedMs'
    | 'code'
    | 'data'
    | 'environment'
    | 'metrics'
    | 'artifacts'
    | 'description'
    | 'reason'
    | 'tags'
    | 'note'
    | 'isStarred'
    | 'isPinned'
  >
>;

export interface Transition {
  from: VersionState;
  to: VersionState;
  reason: string;
  changes?: VersionChanges;
}

/** Something that happened to a version. */
export interface VersionEvent {
  /** Rises over the whole store. */
  id: number;
  versionId: number;
  atMs: number;
  /** null for the first. */
  from: VersionState | null;
  to: VersionState;
  reason: string;
}

export interface VersionFilter {
  job?: string;
  states?: readonly VersionState[];
  sweepId?: number;
  /** Only those that are to be started again by themselves. */
  hasRetriesLeft?: boolean;
  /** Only those with all of these tags. */
  tags?: readonly string[];
  isStarred?: boolean;
  /** Only those made with this version (its full name) as an input. */
  uses?: string;
  /** Newest first where true; oldest first otherwise. */
  newestFirst?: boolean;
  /** Pinned ones before all others. */
  pinnedFirst?: boolean;
  limit?: number;
  offset?: number;
}

export interface JobInfo {
  name: string;
  createdMs: number;
  numVersions: number;
}

/** Kept plans: templates by name, sweeps by number; the store does not look into them. */
export interface SweepRecord {
  id: number;
  job: string;
  createdMs: number;
  /** Whether it will make further versions. */
  isActive: boolean;
  /** What became of it; null while it is active, and for those of earlier stores. */
  outcome: SweepOutcome | null;
  /** Why, in a sentence. */
  reason: string;
  plan: unknown;
}

export type SweepOutcome = 'completed' | 'failed' | 'stopped';

/** A name within a job that stands for one of its versions: `faces@production`. */
export interface Alias {
  job: string;
  name: string;
  versionId: number;
  setMs: number;
}

/** Something that was done with a version and is told with it. */
export interface VersionRecord {
  id: number;
  versionId: number;
  kind: 'evaluation' | 'deployment';
  atMs: number;
  /** The store does not look into it. */
  body: unknown;
}

/** What a store has that several machines use: each has a supervisor of its own, which runs what it has taken. */
export interface SharedStore {
  /** Where it is, credentials included: for processes that are started here, and nothing that is printed. */
  address(): string;
  /** What this machine is called there. */
  readonly machine: string;
  /** Makes this process the one supervisor of the machine. @returns null where another process is */
  takeSeat(): Promise<Seat | null>;
}

/** The place of a machine's supervisor. It is lost with the process that holds it, however that ends. */
export interface Seat {
  /**
   * The machines that have a supervisor now. Where the database was away, the seat is taken again first.
   *
   * @throws JOB_STORE_BUSY where another process has it meanwhile, JOB_STORE_UNREACHABLE
   */
  machines(): Promise<Seated>;
  release(): Promise<void>;
}

export interface Seated {
  /** The start of each machine, as `bootId`, by its name; of machines that had a supervisor once as well. */
  readonly bootIds: ReadonlyMap<string, string>;
  /** Names of those with a supervisor. */
  readonly living: ReadonlySet<string>;
  /** Rises when the seat had to be taken again: what was seen before may be out of date. */
  readonly numTaken: number;
}

/**
 * Where versions are kept: the truth about what was asked for and what became of it.
 *
 * Each method is all or nothing, and what it acknowledged survives a crash of the process. Several processes may use
 * one store. One conformance suite (`store-suite.ts`) runs for every driver.
 */
export interface VersionStore {
  /** Names the store among others on this machine. */
  readonly id: string;
  /** null where all of it belongs to one machine. */
  readonly shared: SharedStore | null;
  /**
   * Adds a version in state `creating` with the job's next number; the job is made where it is missing.
   *
   * @throws VERSION_EXISTS where another version has its place in the sweep, VERSION_WRONG_STATE where that has ended
   */
  add(version: NewVersion): Promise<Version>;
  /** {@link add} for several: all of them or none. */
  addAll(versions: readonly NewVersion[]): Promise<Version[]>;
  get(id: number): Promise<Version | null>;
  find(job: string, number: number): Promise<Version | null>;
  list(filter?: VersionFilter): Promise<Version[]>;
  jobs(): Promise<JobInfo[]>;
  /**
   * Takes a version from one state to another and records it as an event.
   *
   * @returns false where the version is not (or no more) in `from`, or there is none: nothing was changed
   * @throws INTERNAL where the table of transitions does not allow it
   */
  transition(id: number, transition: Transition): Promise<boolean>;
  /** Writes without changing the state; `whileIn` makes it happen in that state only. False where nothing was written. */
  update(id: number, changes: VersionChanges, whileIn?: VersionState): Promise<boolean>;
  /**
   * Lets a running version be looked after by the supervisor of another machine. False where it is not (or no more) run by
   * that of `from`: nothing was changed.
   */
  adopt(id: number, from: string, to: string): Promise<boolean>;
  /** Takes a version out for good, in one of the end states only. */
  remove(id: number): Promise<boolean>;
  /** Events after one, oldest first; those of removed versions are gone. */
  events(filter?: { after?: number; versionId?: number; limit?: number }): Promise<VersionEvent[]>;

  /** Points an alias of the version's job to it. False where there is no such version. */
  setAlias(versionId: number, name: string): Promise<boolean>;
  /** By job and name. */
  aliases(filter?: { job?: string; versionId?: number }): Promise<Alias[]>;
  removeAlias(job: string, name: string): Promise<boolean>;

  /** Keeps what was done with a version, for as long as there is that version. False where there is none. */
  addRecord(versionId: number, kind: VersionRecord['kind'], body: unknown): Promise<boolean>;
  /** Oldest first. */
  records(versionId: number, kind?: VersionRecord['kind']): Promise<VersionRecord[]>;

  saveTemplate(name: string, template: unknown): Promise<void>;
  template(name: string): Promise<unknown>;
  templates(): Promise<string[]>;
  removeTemplate(name: string): Promise<boolean>;

  /** Adds a sweep together with the versions of its first rung: no one sees it without them. */
  addSweep(
    job: string,
    plan: unknown,
    versions: readonly Omit<NewVersion, 'sweep'>[],
  ): Promise<{ sweep: SweepRecord; versions: Version[] }>;
  sweep(id: number): Promise<SweepRecord | null>;
  /** Newest first. */
  sweeps(filter?: { job?: string }): Promise<SweepRecord[]>;
  activeSweeps(): Promise<SweepRecord[]>;
  /** It makes no further versions. False where it had ended already: nothing was changed. */
  endSweep(id: number, outcome: SweepOutcome, reason: string): Promise<boolean>;

  close(): Promise<void>;
}
