import { defineCommand } from '../cli/command.ts';
import { numberOption, setOption } from '../cli/options.ts';
import { addStoreOption, bytesOption, pairsOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
  set?: Record<string, string>;
  option?: Record<string, string>;
  description?: string;
  workers?: number;
  memory?: number;
  gpus?: number;
  retries?: number;
  continue?: boolean;
}

export const jobsModifyCommand = defineCommand<Options>({
  path: ['jobs', 'modify'],
  summary: 'makes a new version from an old one, with other parameters',
  description:
    'The old version stays as it is and is recorded as the parent. Everything that is not named is as it was there. ' +
    'Prints the new version.',
  examples: [
    ['semblance jobs modify faces/V0001 --set lr=0.05', 'the same with another learning rate'],
    [
      'semblance jobs modify faces/V0001 --set lr=0.01 --set epochs=5 --continue',
      'from the weights that V0001 has reached',
    ],
    ['semblance jobs modify faces/V0001 --option data=faces-2/', 'on other data'],
  ],
  configure(command) {
    command
      .argument('<version>', 'job/V0001, or a job for its newest')
      .addOption(setOption('a parameter, repeatable: --set lr=0.05'))
      .addOption(
        pairsOption('--option <name=value>', 'an option of the task, repeatable: --option loss=cosface'),
      )
      .option('--description <text>', 'a few words about this version')
      .addOption(numberOption('--workers <n>', 'processes that share the work', { min: 1, max: 1024 }))
      .addOption(bytesOption('--memory <size>', 'ends the version when it uses more, as 4G'))
      .addOption(numberOption('--gpus <n>', 'GPUs for itself; it sees no others', { min: 0 }))
      .addOption(numberOption('--retries <n>', 'starts again when it fails', { min: 0, max: 100 }))
      .option('--continue', 'starts from the weights of the old version');
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const { fullName } = await import('@semblance/jobs');
      const parent = await jobs.find(options.version);
      const version = await jobs.modify(parent, {
        parameters: options.set ?? {},
        options: options.option ?? {},
        ...(options.description === undefined ? {} : { description: options.description }),
        resources: {
          ...(options.workers === undefined ? {} : { workers: options.workers }),
          ...(options.memory === undefined ? {} : { memoryBytes: options.memory }),
          ...(options.gpus === undefined ? {} : { gpus: options.gpus }),
        },
        ...(options.retries === undefined ? {} : { retries: options.retries }),
        isContinued: options.continue ?? false,
      });
      io.out(fullName(version));
      return 0;
    }),
});
