import type { RunOptions } from '@semblance/jobs';
import type { Command } from 'commander';
import { choiceOption, numberOption } from '../cli/options.ts';
import { SemblanceError } from '../error.ts';
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
  executor?: string;
  image?: string;
  executorOption?: Record<string, string>;
}

export function addRunOptions(command: Command): void {
  command
    .option('--description <text>', 'a note about this version')
    .addOption(pairsOption('--input <name=location>', 'copied to {inputs}/NAME before the run, repeatable'))
    .addOption(
      pairsOption('--output <name=location>', 'where {outputs}/NAME is copied after the run, repeatable'),
    )
    .option(
      '--predownload',
      'fetches earlier outputs from their locations first, so that the run resumes from them',
    )
    .addOption(
      numberOption('--workers <n>', 'number of processes that share the work', { min: 1, max: 1024 }).default(
        1,
      ),
    )
    .addOption(numberOption('--cpus <n>', 'threads of each worker', { min: 1 }))
    .addOption(
      bytesOption('--memory <size>', 'stops the version if it uses more memory than this, such as 4G'),
    )
    .addOption(
      numberOption('--gpus <n>', 'number of GPUs reserved for the version; it sees no others', {
        min: 0,
      }).default(0),
    )
    .addOption(numberOption('--nice <n>', 'lowers the priority, 0 to 19', { min: 0, max: 19 }).default(0))
    .addOption(
      pairsOption(
        '--env <name=value>',
        'an environment variable for the workers, repeatable; credentials are refused',
      ),
    )
    .option('--code <dir>', 'folder whose git state is recorded (default: the current one)')
    .addOption(
      numberOption('--retries <n>', 'how often to restart after a failure', { min: 0, max: 100 }).default(0),
    )
    .addOption(
      durationOption('--timeout <time>', 'stops the version after this time, such as 90s, 30m or 12h'),
    )
    .option(
      '--executor <name>',
      'what runs the workers, such as kubernetes (default: local, processes of this machine)',
    )
    .option('--image <image>', 'the image that the workers run in, for executors that take one')
    .addOption(
      pairsOption(
        '--executor-option <name=value>',
        'an option of the executor, repeatable: namespace=training',
      ),
    )
    .addOption(
      choiceOption(
        '--task <task>',
        'custom: runs the words as a command of your own, even if they look like one of ours',
        ['custom'],
      ),
    );
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
    ...executorOf(flags),
  };
}

function executorOf({ executor, image, executorOption }: RunFlags): Pick<RunOptions, 'executor'> {
  if (executor !== undefined) {
    const options = { ...executorOption, ...(image === undefined ? {} : { image }) };
    return { executor: { name: executor, options } };
  }
  const flag = image === undefined ? (executorOption ? '--executor-option' : null) : '--image';
  if (flag === null) return {};
  throw new SemblanceError(
    'USAGE_MISSING_ARGUMENT',
    `${flag} belongs to an executor: name it with --executor`,
  );
}
