import type { Command } from 'commander';
import type { Io } from './io.ts';

/** A command of the command line: one file in `commands/`, one line in its table. */
export interface CommandSpec<Options = unknown> {
  /** The words that call it, as `['gallery', 'build']`. */
  path: readonly string[];
  /** One line. */
  summary: string;
  /** What else its help says. */
  description?: string;
  /** Calls that work, each with what it does. */
  examples: readonly (readonly [call: string, does: string])[];
  /** Adds arguments and options. */
  configure(command: Command): void;
  /** It opens galleries: it has options that say where the key of an encrypted one is, and `io.env` says the same. */
  opensGalleries?: true;
  /** What variables begin with that set its options, as `SEMBLANCE_SERVE_`; a file that `--config` names sets them, too. */
  variables?: string;
  /** Does the work; gives the exit code, 0 where none is given. Options hold the arguments too. */
  run(options: Options, io: Io): Promise<ExitCode | undefined>;
}

/** 0 done, 1 failed, 2 wrong usage or input, 3 done but some inputs were refused, 130 interrupted by Ctrl-C. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** Ties the type of the options to what `run` takes. */
export function defineCommand<Options>(spec: CommandSpec<Options>): CommandSpec {
  return spec as CommandSpec;
}
