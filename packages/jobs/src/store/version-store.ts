import type { ProcessIdentity, SweepPlace, Version, VersionSpec } from '../model.ts';
import type { VersionState } from '../states.ts';

export interface NewVersion {
  job: string;
  description: string;
  parentId: number | null;
  sweep: SweepPlace | null;
  spec: VersionSpec;
  parameters: Readonly<Record<string, string>>;
  seeds: Readonly<Record<string, string>>;
  creator: ProcessIdentity;
}

/** What may be written besides the state. */
export type VersionChanges = Partial<
  Pick<
    Version,
    | 'step'
    | 'resumeAt'
    | 'attempt'
    | 'retriesLeft'
    | 'ending'
    | 'exitCode'
    | 'gpus'
    | 'startedMs'
    | 'endedMs'
    | 'code'
    | 'data'
    | 'environment'
    | 'metrics'
    | 'artifacts'
    | 'description'
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
  /** Newest first where true; oldest first otherwise. */
  newestFirst?: boolean;
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
  plan: unknown;
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
  /**
   * Adds a version in state `creating` with the job's next number; the job is made where it is missing.
   *
   * @throws JOB_SWEEP_PLACE_TAKEN where another version has its place in the sweep
   */
  add(version: NewVersion): Promise<Version>;
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
  /** Takes a version out for good, in one of the end states only. */
  remove(id: number): Promise<boolean>;
  /** Events after one, oldest first; those of removed versions are gone. */
  events(filter?: { after?: number; versionId?: number; limit?: number }): Promise<VersionEvent[]>;

  saveTemplate(name: string, template: unknown): Promise<void>;
  template(name: string): Promise<unknown>;
  templates(): Promise<string[]>;
  removeTemplate(name: string): Promise<boolean>;

  addSweep(job: string, plan: unknown): Promise<SweepRecord>;
  sweep(id: number): Promise<SweepRecord | null>;
  activeSweeps(): Promise<SweepRecord[]>;
  endSweep(id: number): Promise<void>;

  close(): Promise<void>;
}
