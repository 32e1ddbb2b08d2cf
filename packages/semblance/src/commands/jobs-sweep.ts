import type { Halving } from '@semblance/jobs';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, numberOption } from '../cli/options.ts';
import { SemblanceError } from '../error.ts';
import { pairsOption } from './jobs-option-kinds.ts';
import { withJobs } from './jobs-options.ts';
import { addRunOptions, type RunFlags, runOptions } from './jobs-run-options.ts';

interface Options extends RunFlags {
  job: string;
  words?: string[];
  grid?: Record<string, string>;
  random?: Record<string, string>;
  trials: number;
  seed: number;
  halving?: Record<string, string>;
  eta: number;
  metric?: string;
  mode: 'max' | 'min';
  continue?: boolean;
  format: 'table' | 'json';
}

export const jobsSweepCommand = defineCommand<Options>({
  path: ['jobs', 'sweep'],
  summary: 'creates a version for each of many values: grid, random or successive halving',
  description:
    '--grid tries every combination. --random draws --trials values: a,b,c is one of these, 0.1..0.5 uniform, ' +
    'log:0.001..0.1 uniform in the logarithm, int:1..10 whole numbers. With both, every drawn value meets every ' +
    'combination. With --halving all start with a small budget, and the best 1/eta of each round continue with ' +
    'eta times as much. See how it stands with semblance jobs sweeps JOB, and compare the results with semblance jobs compare JOB.',
  examples: [
    [
      'semblance jobs sweep faces --grid lr=0.1,0.05 --grid lossOptions.margin=0.3,0.4,0.5 -- train recognition --data faces/',
      'six versions',
    ],
    [
      'semblance jobs sweep faces --random lr=log:0.01..0.3 --random batchSize=32,64 --trials 10 --seed 7 -- train recognition --data faces/',
      'ten versions; the same seed draws the same values',
    ],
    [
      'semblance jobs sweep faces --random lr=log:0.01..0.3 --trials 9 --halving epochs=1..9 --eta 3 --metric valRank1 --continue -- train recognition --data faces/ --set valPerPerson=2',
      'nine versions for 1 epoch, the best three for 3, the best one for 9, each continuing from its weights',
    ],
  ],
  configure(command) {
    command
      .argument('<job>', 'name of the job')
      .argument('[words...]', 'the command to run')
      .addOption(pairsOption('--grid <key=a,b,c>', 'the values of a parameter to try, repeatable'))
      .addOption(pairsOption('--random <key=range>', 'the range that a parameter is drawn from, repeatable'))
      .addOption(numberOption('--trials <n>', 'how many to draw', { min: 1, max: 1000 }).default(10))
      .addOption(numberOption('--seed <n>', 'the seed of the draws', { min: 0 }).default(1))
      .addOption(pairsOption('--halving <key=min..max>', 'the parameter that is the budget, and its range'))
      .addOption(numberOption('--eta <n>', 'one in this many continues', { min: 1.5, max: 100 }).default(3))
      .addOption(
        choiceOption(
          '--mode <mode>',
          'whether a larger or a smaller metric is better',
          ['max', 'min'],
          'max',
        ),
      )
      .option('--metric <name>', 'the metric that decides, as jobs show names it')
      .option('--continue', 'versions that continue start from the weights they have reached')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
    addRunOptions(command);
  },
  async run({ job, words = [], ...options }, io) {
    const { fullName } = await import('@semblance/jobs');
    const { taskOfCommand } = await import('./job-kinds/task-of-command.ts');
    const { sweepCandidates } = await import('@semblance/jobs/views');
    if (!options.grid && !options.random)
      throw new SemblanceError('USAGE_MISSING_ARGUMENT', 'give --grid or --random: the values to try');
    const task = taskOfCommand(words, { isCustom: options.task === 'custom' });
    const { grid, random, trials: numTrials, seed } = options;
    const candidates = sweepCandidates({
      ...(grid ? { grid } : {}),
      ...(random ? { random } : {}),
      ...{ numTrials, seed },
    });
    const halving = halvingOf(options);
    return withJobs(options, io, async (jobs) => {
      const { sweep, versions } = await jobs.sweep(job, task, { candidates, halving }, runOptions(options));
      if (options.format === 'json') io.out(JSON.stringify({ sweep, versions }));
      else for (const version of versions) io.out(fullName(version));
      return 0;
    });
  },
});

function halvingOf({
  halving,
  eta,
  metric,
  mode,
  continue: isContinued = false,
}: Omit<Options, 'job'>): Halving | null {
  if (!halving) return null;
  const [[parameter, range], ...others] = Object.entries(halving) as [[string, string], ...unknown[]];
  const [, min, max] = /^([\d.]+)\.\.([\d.]+)$/.exec(range) ?? [];
  if (others.length > 0 || !(Number(min) > 0 && Number(min) < Number(max)))
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `expected one budget such as epochs=1..9 for --halving but received '${range}'`,
    );
  if (metric === undefined)
    throw new SemblanceError(
      'USAGE_MISSING_ARGUMENT',
      '--halving needs --metric: the metric that decides which versions continue',
    );
  return { parameter, min: Number(min), max: Number(max), eta, metric, mode, isContinued };
}
