import type { RunOptions } from '@semblance/jobs';
import type { Command } from 'commander';
import { choiceOption, numberOption } from '../cli/options.ts';
import {
  addStoreOption,
  bytesOption,
  durationOption,
  pairsOption,
  type StoreOptions,
} from './jobs-options.ts';

/** How a version is run: flags of every command that makes versions. */
export interface RunFlags extends StoreOptions {
  description?: string;
  input?: Record<string, string>;
  output?: Record<string, string>;
  predownload?: boolean;
  workers: number;
  cpus?: number;
  memory?: number;
  gpus: number;
  nice: number;
  env?: Record<string, string>;
  code?: string;
  retries: number;
  timeout?: number;
  task?: 'custom';
}

export function addRunOptions(command: Command): void {
  command
    .option('--description <text>', 'a few words about this version')
    .addOption(pairsOption('--input <name=location>', 'brought to {inputs}/name first, repeatable'))
    .addOption(pairsOption('--output <name=location>', '{outputs}/name goes there afterwards, repeatable'))
    .option('--predownload', 'brings earlier outputs from their locations first, so that the run resumes')
    .addOption(
      numberOption('--workers <n>', 'processes that share the work', { min: 1, max: 1024 }).default(1),
    )
    .addOption(numberOption('--cpus <n>', 'threads of each worker', { min: 1 }))
    .addOption(bytesOption('--memory <size>', 'ends the version when it uses more, as 4G'))
    .addOption(numberOption('--gpus <n>', 'GPUs for itself; it sees no others', { min: 0 }).default(0))
    .addOption(numberOption('--nice <n>', 'lets others go first, 0 to 19', { min: 0, max: 19 }).default(0))
    .addOption(pairsOption('--env <name=value>', 'a variable for the workers, repeatable; no credentials'))
    .option('--code <dir>', 'folder whose git state is recorded (here)')
    .addOption(numberOption('--retries <n>', 'starts again when it fails', { min: 0, max: 100 }).default(0))
    .addOption(durationOption('--timeout <time>', 'longest run, as 90s, 30m, 12h'))
    .addOption(choiceOption('--task <task>', 'custom: takes the words for a command of yours', ['custom']));
  addStoreOption(command);
}

export function runOptions(flags: RunFlags): RunOptions {
  return {
    ...(flags.description === undefined ? {} : { description: flags.description }),
    inputs: flags.input ?? {},
    outputs: flags.output ?? {},
    predownload: flags.predownload ?? false,
    resources: {
      workers: flags.workers,
      cpus: flags.cpus ?? null,
      memoryBytes: flags.memory ?? null,
      gpus: flags.gpus,
      nice: flags.nice,
    },
    env: flags.env ?? {},
    ...(flags.code === undefined ? {} : { codeDir: flags.code }),
    retries: flags.retries,
    timeoutMs: flags.timeout ?? null,
  };
}
