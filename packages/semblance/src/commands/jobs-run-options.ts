import type { RunOptions, VersionSpec } from '@semblance/jobs';
import type { Command } from 'commander';
import { choiceOption, numberOption } from '../cli/options.ts';
import { SemblanceError } from '../error.ts';
import { bytesOption, durationOption, finite, pairsOption } from './jobs-option-kinds.ts';
import { addStoreOption, type StoreOptions } from './jobs-options.ts';

type ExecutorChoice = NonNullable<VersionSpec['executor']>;

/** How a version is run: flags of every command that makes versions. */
export interface RunFlags extends StoreOptions {
  description?: string;
  input?: Record<string, string>;
  output?: Record<string, string>;
  predownload?: boolean;
  workers?: number;
  cpus?: number;
  /** Infinite for none. */
  memory?: number;
  gpus?: number;
  nice?: number;
  env?: Record<string, string>;
  code?: string;
  inPlace?: boolean;
  retries?: number;
  /** Infinite for none. */
  timeout?: number;
  task?: 'custom';
  executor?: string;
  image?: string;
  executorOption?: Record<string, string>;
}

/** @param isChange what is left out stays as it is, instead of getting what is usual */
export function addRunOptions(command: Command, { isChange = false } = {}): void {
  const usual = (preset: string): string => (isChange ? '' : ` (default: ${preset})`);
  command
    .option('--description <text>', 'what jobs list says of this version')
    .addOption(
      pairsOption(
        '--input <name=location>',
        isChange
          ? 'another input, repeatable; NAME= takes one away'
          : 'an input: {inputs.NAME} is where it lies, repeatable',
      ),
    )
    .addOption(
      pairsOption(
        '--output <name=location>',
        `where {outputs}/NAME is copied after the run, repeatable${isChange ? '; NAME= takes one away' : ''}`,
      ),
    )
    .option(
      '--predownload',
      'fetches earlier outputs from their locations first, so that the run resumes from them',
    )
    .addOption(
      numberOption('--workers <n>', `number of processes that share the work${usual('1')}`, {
        min: 1,
        max: 1024,
      }),
    )
    .addOption(numberOption('--cpus <n>', 'threads of each worker', { min: 1 }))
    .addOption(
      bytesOption(
        '--memory <size>',
        'stops the version if it uses more memory than this, such as 4G; none for no limit',
      ),
    )
    .addOption(
      numberOption('--gpus <n>', `number of GPUs reserved for the version; it sees no others${usual('0')}`, {
        min: 0,
      }),
    )
    .addOption(numberOption('--nice <n>', `lowers the priority, 0 to 19${usual('0')}`, { min: 0, max: 19 }))
    .addOption(
      pairsOption(
        '--env <name=value>',
        'an environment variable for the workers, repeatable; credentials are refused',
      ),
    )
    .option(
      '--code <dir>',
      `folder whose code is recorded and run from a snapshot${usual('the current one')}`,
    )
    .option('--in-place', 'runs the code as it is when an attempt begins, and takes no snapshot')
    .addOption(
      numberOption('--retries <n>', `how often to restart after a failure${usual('0')}`, {
        min: 0,
        max: 100,
      }),
    )
    .addOption(
      durationOption(
        '--timeout <time>',
        'stops the version after this time, such as 90s, 30m or 12h; none for no limit',
      ),
    )
    .option(
      '--executor <name>',
      'what runs the workers: container, slurm or kubernetes (default: local, processes of this machine)',
    )
    .option('--image <image>', 'the image that the workers run in, for executors that take one')
    .addOption(
      pairsOption(
        '--executor-option <name=value>',
        'an option of the executor, repeatable: namespace=training',
      ),
    );
  if (isChange) command.option('--no-predownload', 'fetches no earlier outputs');
  else
    command.addOption(
      choiceOption(
        '--task <task>',
        'custom: runs the words as a command of your own, even if they look like one of ours',
        ['custom'],
      ),
    );
  addStoreOption(command);
}

/**
 * What the flags say; what they leave out is left out.
 *
 * @param before the executor of the version that is changed
 */
export function runOptions(flags: RunFlags, before?: ExecutorChoice): RunOptions {
  const { description, input, output, predownload, env, code, inPlace, retries, timeout } = flags;
  const { workers, cpus, memory, gpus, nice } = flags;
  return {
    ...given({ description, inputs: input, outputs: output, predownload, env }),
    ...given({
      codeDir: code,
      isCodeInPlace: inPlace,
      retries,
      timeoutMs: timeout === undefined ? timeout : finite(timeout),
    }),
    resources: given({
      workers,
      cpus,
      memoryBytes: memory === undefined ? memory : finite(memory),
      gpus,
      nice,
    }),
    ...executorOf(flags, before),
  };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const given = <T extends object>(values: T): Given<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;

function executorOf(
  { executor, image, executorOption }: RunFlags,
  before: ExecutorChoice | undefined,
): Pick<RunOptions, 'executor'> {
  const options = { ...executorOption, ...(image === undefined ? {} : { image }) };
  if (executor !== undefined) return { executor: { name: executor, options } };
  if (Object.keys(options).length === 0) return {};
  if (before) return { executor: { name: before.name, options: { ...before.options, ...options } } };
  throw new SemblanceError(
    'USAGE_MISSING_ARGUMENT',
    `${image === undefined ? '--executor-option' : '--image'} belongs to an executor: name it with --executor`,
  );
}
