import type { Metric } from '../model.ts';
import type { TaskRequest } from './custom.ts';

/** What the value of an option is. */
export type OptionKind =
  /** A file or folder that the task reads, or a location it is brought from. */
  | 'input'
  /** A folder of this machine that the task may write: nothing for callers over a network. */
  | 'local'
  | 'text'
  /** Present or not. */
  | 'flag';

/** A kind of work that a version can be. */
export interface TaskKind {
  name: string;
  summary: string;
  /** Words that follow the program; none for a command of your own. */
  words: readonly string[];
  /** Options by their long name. */
  options: Readonly<Record<string, OptionKind>>;
  required: readonly string[];
  /** Options that the platform sets, below the folder of outputs: `{ out: 'model' }`. */
  outputs: Readonly<Record<string, string>>;
  /** Options that are always the same. */
  fixed: Readonly<Record<string, string>>;
  /** File below the outputs that takes what is printed as results; the log where there is none. */
  resultsFile: string | null;
  /** Exit codes with which the work is done, and what they say. */
  doneCodes: Readonly<Record<number, string>>;
  /**
   * Holds options and parameters against what the command takes, before anything is queued.
   *
   * @throws USAGE_*
   */
  check?(request: Pick<TaskRequest, 'options' | 'parameters'>): void;
  /** The training whose recipe `recipe`, `loss` and the parameters name; null for what trains nothing. */
  trains: 'detection' | 'recognition' | null;
  /** Whether several workers can share the work. */
  takesWorkers: boolean;
  /** What the command is told when it goes on where an attempt before it stopped; null where it cannot. */
  resume: ResumeRule | null;
  /** Option that starts from the weights of an earlier version, and where those lie below its outputs. */
  continueBy: ContinueRule | null;
  /** How long a worker that is told to end may take to save its work, where that is longer than usual; milliseconds. */
  saveMs?: number;
  /** What a kind that measures models says of it; none for others. */
  evaluates?: EvaluationRule;
  /** Lines of metrics over time, below the outputs. */
  metricsLog: string | null;
  /**
   * Names of the figures that a version will have, where they are known before it runs.
   *
   * @param parameters all of them, resolved
   */
  figures?(parameters: Readonly<Record<string, string>>): readonly string[];
  /** What came out in the end. */
  finalMetrics(outputs: string): Promise<Record<string, Metric>>;
}

export interface ResumeRule {
  args: readonly string[];
  /** Whether these outputs hold something to go on from. */
  isPossible(outputs: string): boolean;
  /** Whether that is worth anything: false where it is only the beginning. */
  hasProgress?(outputs: string): boolean;
  /** What another version goes on with in the place of this one, below the outputs; none where it cannot. */
  taken?: readonly string[];
}

/** An evaluation of a model on a set. */
export interface EvaluationRule {
  /** The option that names the model. */
  model: string;
  /** The option that names the set. */
  set: string;
  /** The error rates among its figures, as `fnmrAtFmr.0.001`. */
  rates(metrics: Readonly<Record<string, Metric>>): Record<string, Metric>;
  /** The file of what it judged worst, below the outputs. */
  misses: string;
}

export interface ContinueRule {
  /** Parameters that shape the network: with others its weights do not fit. */
  shapedBy?: readonly string[];
  option: string;
  path: string;
  /** Whether weights that were trained lie in these outputs. */
  isPossible(outputs: string): boolean;
}

/** What most kinds share. */
export const kindBase = {
  required: [],
  outputs: {},
  fixed: {},
  resultsFile: null,
  doneCodes: { 0: 'done' },
  trains: null,
  takesWorkers: false,
  resume: null,
  continueBy: null,
  metricsLog: null,
  finalMetrics: async () => ({}),
} satisfies Partial<TaskKind>;
