import { SemblanceError } from '../error.ts';
import type { VersionSpec } from '../model.ts';
import type { Executor } from './executor.ts';

/** Which executor runs the workers of a version: stored with it, so its options hold no credential. */
export interface ExecutorChoice {
  /** A name of the table of executors. */
  name: string;
  options: Readonly<Record<string, string>>;
}

export type ExecutorOptions = ExecutorChoice['options'];

/** A way to run workers that a version can choose: what makes an {@link Executor}, and what it may be told. */
export interface ExecutorKind {
  readonly name: string;
  readonly summary: string;
  /** What it takes besides the name, each with a line of help. */
  readonly options: Readonly<Record<string, string>>;
  /** Options that somebody who calls over a network may set: they name nothing of this machine and no program. */
  readonly openOptions?: readonly string[];
  /** Whether workers run on other machines: GPUs and slots of this one are not theirs then. */
  readonly isElsewhere: boolean;
  /** Whether workers run in an image of their own: with its programs and variables, and not with those of this machine. */
  inImage(options: ExecutorOptions): boolean;
  /**
   * Holds a version against what the executor can do, before anything is queued.
   *
   * @throws USAGE_*
   */
  check?(spec: VersionSpec, options: ExecutorOptions, home: string): void;
  /** Makes the executor: once in a supervisor for each set of options. */
  open(options: ExecutorOptions, home: string): Promise<Executor>;
}

/** @throws USAGE_UNKNOWN_FLAG for an option that the executor does not take */
export function checkExecutorOptions({ name, options: taken }: ExecutorKind, options: ExecutorOptions): void {
  const unknown = Object.keys(options).find((option) => !Object.hasOwn(taken, option));
  if (unknown === undefined) return;
  const names = Object.keys(taken);
  const message = `executor ${name} takes no option '${unknown}'; ${names.length === 0 ? 'it takes none' : `it takes ${names.join(', ')}`}`;
  throw new SemblanceError('USAGE_UNKNOWN_FLAG', message);
}
