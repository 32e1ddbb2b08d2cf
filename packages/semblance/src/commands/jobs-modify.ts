import { defineCommand } from '../cli/command.ts';
import { setOption } from '../cli/options.ts';
import { pairsOption } from './jobs-option-kinds.ts';
import { withJobs } from './jobs-options.ts';
import { addRunOptions, type RunFlags, runOptions } from './jobs-run-options.ts';

interface Options extends RunFlags {
  version: string;
  words?: string[];
  set?: Record<string, string>;
  option?: Record<string, string>;
  continue?: boolean;
  resume?: boolean;
}

export const jobsModifyCommand = defineCommand<Options>({
  path: ['jobs', 'modify'],
  summary: 'creates a new version from an old one, with some values changed',
  description:
    'The old version stays as it is and is recorded as the parent. What you do not name stays the same. The ' +
    'command prints the name of the new version. To change only what is said about a version: jobs describe, tag, note.',
  examples: [
    ['semblance jobs modify faces/V0001 --set lr=0.05', 'the same, with another learning rate'],
    [
      'semblance jobs modify faces/V0001 --set lr=0.01 --set epochs=5 --continue',
      'continues from the weights of V0001',
    ],
    [
      'semblance jobs modify faces/V0001 --resume --timeout 24h',
      'takes over the last checkpoint of V0001, with its optimizer and its place in the data',
    ],
    ['semblance jobs modify faces/V0001 --option data=faces-2/', 'on other data'],
    ['semblance jobs modify faces/V0001 --timeout 24h --memory none', 'with other limits'],
    [
      'semblance jobs modify mine/V0001 --input data=/srv/more -- python train.py --lr {lr}',
      'with another command',
    ],
  ],
  configure(command) {
    command
      .argument('<version>', 'JOB/V0001, or JOB for its newest version')
      .argument('[words...]', 'another command, where the old version ran one of your own')
      .addOption(setOption('changes a parameter, repeatable: --set lr=0.05'))
      .addOption(
        pairsOption(
          '--option <name=value>',
          'changes an option of the command, repeatable: --option loss=cosface',
        ),
      )
      .option('--continue', 'starts from the weights of the old version')
      .option(
        '--resume',
        'goes on exactly where the old version stopped: from its checkpoint, with the same recipe',
      );
    addRunOptions(command, { isChange: true });
  },
  run: ({ words = [], ...options }, io) =>
    withJobs(options, io, async (jobs) => {
      const { fullName } = await import('@semblance/jobs');
      const parent = await jobs.find(options.version);
      const version = await jobs.modify(parent, {
        ...runOptions(options, parent.spec.executor),
        parameters: options.set ?? {},
        options: options.option ?? {},
        ...(words.length > 0 ? { command: words } : {}),
        isContinued: options.continue ?? false,
        isResumed: options.resume ?? false,
      });
      io.out(fullName(version));
      return 0;
    }),
});
