import type { Metric } from '../model.ts';

/** What the value of an option is. */
export type OptionKind =
  /** A file or folder that the task reads, or a location it is brought from. */
  | 'input'
  | 'text'
  /** Present or not. */
  | 'flag';

/** A kind of work that a version can be: one file in `kinds/`, one line in its table. */
export interface TaskKind {
  name: string;
  summary: string;
  /** Words that call it on the command line of semblance; none for a command of one's own. */
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
  /** Whether several workers can share the work. */
  takesWorkers: boolean;
  /** What the command is told when it goes on where an attempt before it stopped; null where it cannot. */
  resume: ResumeRule | null;
  /** Option that starts from the weights of an earlier version, and where those lie below its outputs. */
  continueBy: { option: string; path: string } | null;
  /** Lines of metrics over time, below the outputs. */
  metricsLog: string | null;
  /** What came out in the end. */
  finalMetrics(outputs: string): Promise<Record<string, Metric>>;
}

export interface ResumeRule {
  args: readonly string[];
  /** Whether these outputs hold something to go on from. */
  isPossible(outputs: string): boolean;
}

/** What most kinds share. */
export const kindBase = {
  required: [],
  outputs: {},
  fixed: {},
  resultsFile: null,
  doneCodes: { 0: 'done' },
  takesWorkers: false,
  resume: null,
  continueBy: null,
  metricsLog: null,
  finalMetrics: async () => ({}),
} satisfies Partial<TaskKind>;

/** What the commands of semblance mean by their exit codes. */
export const semblanceDone = { 0: 'done', 3: 'done, but some inputs were refused: see the log' };
