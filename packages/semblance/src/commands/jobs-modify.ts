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
  summary: 'creates a new version from an old one, with some values changed',
  description:
    'The old version stays as it is and is recorded as the parent. What you do not name stays the same. The ' +
    'command prints the name of the new version.',
  examples: [
    ['semblance jobs modify faces/V0001 --set lr=0.05', 'the same, with another learning rate'],
    [
      'semblance jobs modify faces/V0001 --set lr=0.01 --set epochs=5 --continue',
      'continues from the weights of V0001',
    ],
    ['semblance jobs modify faces/V0001 --option data=faces-2/', 'on other data'],
  ],
  configure(command) {
    command
      .argument('<version>', 'JOB/V0001, or JOB for its newest version')
      .addOption(setOption('changes a parameter, repeatable: --set lr=0.05'))
      .addOption(
        pairsOption(
          '--option <name=value>',
          'changes an option of the command, repeatable: --option loss=cosface',
        ),
      )
      .option('--description <text>', 'a note about this version')
      .addOption(
        numberOption('--workers <n>', 'number of processes that share the work', { min: 1, max: 1024 }),
      )
      .addOption(
        bytesOption('--memory <size>', 'stops the version if it uses more memory than this, such as 4G'),
      )
      .addOption(
        numberOption('--gpus <n>', 'number of GPUs reserved for the version; it sees no others', { min: 0 }),
      )
      .addOption(numberOption('--retries <n>', 'how often to restart after a failure', { min: 0, max: 100 }))
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
