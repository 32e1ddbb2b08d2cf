import type { ExecutorChoice } from './executor/kind.ts';
import { isEnded, type VersionState } from './states.ts';

/** What a version is asked to do: fixed when it is made. */
export interface VersionSpec {
  /** A name of the table of task kinds. */
  task: string;
  /** Options of the task by name; places are absolute paths or locations (`file://`, `s3://`, `obs://`). */
  options: Readonly<Record<string, string>>;
  /** What is varied from version to version: `--set` of the tasks, values of a command of one's own. */
  parameters: Readonly<Record<string, string>>;
  /** Program and arguments of a `custom` task, with `{name}` where a value goes. */
  command: readonly string[];
  /** Where the command starts. */
  cwd: string;
  /** Folder whose state is recorded as the code, and that a snapshot is taken of. */
  codeDir: string;
  /** Whether the code runs in place, as it is when an attempt begins, and not from a snapshot. */
  isCodeInPlace?: boolean;
  /** Copied to `inputs/<name>` before the run. */
  inputs: readonly Place[];
  /** Versions that inputs were taken from, as `faces/V0003` by the name of the input. */
  uses?: Readonly<Record<string, string>>;
  /** `outputs/<name>` is carried there after the run. */
  outputs: readonly Place[];
  /** Brings the earlier outputs back before the run, so that it resumes. */
  predownload: boolean;
  resources: Resources;
  /** Variables of the workers, besides those of the platform. Holds no credential. */
  env: Readonly<Record<string, string>>;
  /** How often a failed or lost version is started again. */
  retries: number;
  /** Longest run; null for no limit. */
  timeoutMs: number | null;
  /** Outputs of the version whose work this one goes on with: its checkpoints are taken over before the first attempt. */
  resumeFrom?: string;
  /** What runs the workers; processes of this machine where nothing is said. */
  executor?: ExecutorChoice;
}

export interface Place {
  name: string;
  location: string;
}

export interface Resources {
  /** Processes that work on the version together. */
  workers: number;
  /** Cores, null for all. */
  cpus: number | null;
  /** Bytes of memory of all workers together, null for no limit. */
  memoryBytes: number | null;
  gpus: number;
  /** Added to the niceness, 0 to 19. */
  nice: number;
}

/** What a running version is doing: bringing inputs, the work itself, carrying outputs away. */
export type Step = 'prepare' | 'work' | 'deliver';

/** What a running version will become before it is done, and why. */
export interface Ending {
  to: 'failed' | 'stopped' | 'lost';
  reason: string;
  exitCode: number | null;
  /** Whether its workers are to be ended; otherwise the step that runs is finished first. */
  isNow: boolean;
  /** Whether its workers may take the time that their kind needs to save their work: nothing is wrong with them. */
  isOrderly?: boolean;
  sinceMs: number;
}

/** State of the code when the version was made. */
export interface CodeRecord {
  dir: string;
  /** null outside of a git repository. */
  commit: string | null;
  branch: string | null;
  /** Whether there were changes that are not committed; they are in `code.diff`. */
  isDirty: boolean;
  /** SHA-256 of `code.diff`, null where nothing differs from the commit. */
  diffSha256: string | null;
  /** Names of {@link notKept}. */
  leftOut: readonly string[];
  /** SHA-256 over names, modes and contents of the code's files; null where they are too many to be read. */
  snapshot?: string | null;
  /** Why attempts run the folder as it is when they begin, and not a snapshot of these files. */
  inPlace?: string;
  /** Files beside the code that are used in place: too large for code, or with secrets. */
  notKept?: readonly NotKept[];
  /** Secrets that were blotted out of `code.diff`: where, and of which kind. */
  redacted?: readonly string[];
  /** Installed packages that run, `version sha256` by name. */
  packages?: Readonly<Record<string, string>>;
  /** Attempts that ran other code than this, which happens in place only, with the files or packages that had changed. */
  otherAttempts?: readonly { attempt: number; changed: readonly ChangedCode[] }[];
}

/** A file or an installed package that is not what it was. */
export interface ChangedCode {
  name: string;
  /** What it is now: its hash, or its version; null where it is gone. */
  now: string | null;
}

/** A file of the code that is not kept, and what tells it from another one. */
export interface NotKept {
  path: string;
  sizeBytes: number;
  /** null where it may not be read. */
  sha256: string | null;
  why: string;
}

/** One input as it was read. */
export interface DataRecord {
  name: string;
  /** Where it came from. */
  location: string;
  /** SHA-256 over names and contents; see `record/data.ts`. */
  fingerprint: string;
  numFiles: number;
  sizeBytes: number;
  /** Who read other data at the same place before: a version, or an earlier attempt of this one. */
  differsFrom?: string;
}

export interface Environment {
  /** Versions by name: node, semblance, onnxruntime, libtorch … */
  versions: Readonly<Record<string, string>>;
  host: string;
  os: string;
  cpu: string;
  cores: number;
  memoryBytes: number;
  gpus: readonly string[];
}

/** A figure as it last was, with its 95 % interval where one was computed. */
export interface Metric {
  value: number;
  interval?: readonly [number, number];
  /** The best of the run and the step it was reached at, where there are lines over its steps: see `isLowerBetter`. */
  best?: { value: number; step: number };
}

export interface Artifact {
  /** Below `outputs/`. */
  path: string;
  sizeBytes: number;
  sha256: string;
}

/** A version as it is stored. */
export interface Version {
  /** Unique in the store. */
  id: number;
  job: string;
  /** 1 for V0001; never used again after a version was deleted. */
  number: number;
  description: string;
  /** Words to find it by. */
  tags: readonly string[];
  /** What people write about it, in lines. */
  note: string;
  isStarred: boolean;
  /** Listed before all others, and the baseline of comparisons. */
  isPinned: boolean;
  /** The version this one was made from. */
  parentId: number | null;
  sweep: SweepPlace | null;

  state: VersionState;
  /** Why it is in this state, in a sentence. */
  reason: string;
  step: Step | null;
  /** The step that the next attempt begins with. */
  resumeAt: Step;
  /** Starts so far. */
  attempt: number;
  retriesLeft: number;
  ending: Ending | null;
  /** Of the command; null while it has none. */
  exitCode: number | null;
  /** GPUs it holds while it runs. */
  gpus: readonly number[];
  /** The machine whose supervisor looks after it, or did last; null in a store of one machine, and before the first start. */
  machine: string | null;
  /** The process that is making it, while it is `creating`. */
  creator: Creator | null;

  createdMs: number;
  startedMs: number | null;
  endedMs: number | null;

  spec: VersionSpec;
  /** Resolved parameters: of a training, the whole recipe. */
  parameters: Readonly<Record<string, string>>;
  seeds: Readonly<Record<string, string>>;
  code: CodeRecord | null;
  data: readonly DataRecord[];
  environment: Environment | null;
  metrics: Readonly<Record<string, Metric>>;
  artifacts: readonly Artifact[];
}

/** Tells a process from a later one of the same id. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks from the start of the machine to that of the process. */
  startTicks: number;
  /** Of the start of the machine. */
  bootId: string;
}

export interface Creator extends ProcessIdentity {
  /** Its machine, as that is called in a store of several. */
  machine?: string;
}

export interface SweepPlace {
  id: number;
  rung: number;
  index: number;
}

/**
 * `V0001`: a version's name within its job.
 *
 * @example
 * ```ts
 * import { versionName } from '@semblance/jobs';
 *
 * console.log(versionName(12)); // V0012
 * ```
 */
export const versionName = (number: number): string => `V${String(number).padStart(4, '0')}`;

/**
 * `job/V0001`: what people call a version.
 *
 * @example
 * ```ts
 * import { fullName } from '@semblance/jobs';
 *
 * console.log(fullName({ job: 'faces', number: 12 })); // faces/V0012
 * ```
 */
export const fullName = ({ job, number }: Pick<Version, 'job' | 'number'>): string =>
  `${job}/${versionName(number)}`;

/**
 * How long a version has run so far, by the clock on the wall: milliseconds; null where it has not begun.
 *
 * @example
 * ```ts
 * import { customTask, durationMs, JobService } from '@semblance/jobs';
 *
 * await using jobs = new JobService({ home: 'jobs' });
 * const version = await jobs.create('hello', customTask(['echo', 'hello']));
 * console.log(durationMs(version)); // null
 * ```
 */
export function durationMs({ startedMs, endedMs }: Version, nowMs: number = Date.now()): number | null {
  return startedMs === null ? null : (endedMs ?? nowMs) - startedMs;
}

/**
 * Whether it has ended and will not be started again by itself.
 *
 * @example
 * ```ts
 * import { isSettled } from '@semblance/jobs';
 *
 * console.log(isSettled({ state: 'completed', retriesLeft: 2 })); // true
 * console.log(isSettled({ state: 'failed', retriesLeft: 2 })); // false
 * ```
 */
export const isSettled = ({ state, retriesLeft }: Pick<Version, 'state' | 'retriesLeft'>): boolean =>
  isEnded(state) && (retriesLeft === 0 || state === 'completed' || state === 'stopped');
