import type { Env } from '@semblance/core';
import type { JobService, Version } from '@semblance/jobs';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, setOption } from '../cli/options.ts';
import { SemblanceError } from '../error.ts';
import { pairsOption, withJobs } from './jobs-options.ts';
import { addRunOptions, type RunFlags, runOptions } from './jobs-run-options.ts';

interface Options extends RunFlags {
  job: string;
  words?: string[];
  set?: Record<string, string>;
  option?: Record<string, string>;
  template?: string;
  follow?: boolean;
  format: 'table' | 'json';
}

export const jobsCreateCommand = defineCommand<Options>({
  path: ['jobs', 'create'],
  summary: 'makes a version of a job and queues it',
  description:
    'What follows -- is what runs: train detection, train recognition, gallery build, recognize and the evaluations ' +
    'with their own options, or any command of yours, in which {name} stands for a parameter and {inputs.name}, ' +
    '{inputs}, {outputs}, {job} for places. It runs in the background, when there is a slot. Prints the version. ' +
    'Locations are file:///…, s3://… or obs://…; {job} and {version} within an output’s location are filled in.',
  examples: [
    [
      'semblance jobs create faces -- train recognition --data faces/ --set lr=0.05',
      'faces/V0001; another call makes faces/V0002',
    ],
    [
      'semblance jobs create faces --follow --retries 2 -- train recognition --data s3://bucket/faces --out s3://bucket/models/{version}',
      'data from and model to object storage, the log on the screen, up to three attempts',
    ],
    [
      'semblance jobs create faces --workers 2 -- train recognition --data faces/ --set batchSize=128',
      'one model on two processes',
    ],
    [
      'semblance jobs create mine --set lr=0.1 --output result=file:///srv/results -- python train.py --lr {lr} --out {outputs}/result',
      'a command of your own',
    ],
    ['semblance jobs create faces --template baseline --set lr=0.1', 'from a template, with another value'],
  ],
  configure(command) {
    command
      .argument('<job>', 'name of the job')
      .argument('[words...]', 'what runs')
      .addOption(setOption('a parameter of a template or a command of your own, repeatable'))
      .option('--template <name>', 'what runs, as semblance jobs save-template kept it')
      .addOption(pairsOption('--option <name=value>', 'another option of the template’s task, repeatable'))
      .option('--follow', 'shows the log until it ends; exit code 1 where it does not complete')
      .addOption(choiceOption('--format <format>', 'how the version is printed', ['table', 'json'], 'table'));
    addRunOptions(command);
  },
  run: ({ job, words = [], ...options }, io) =>
    withJobs(options, io, async (jobs) => {
      const { fullName } = await import('@semblance/jobs');
      const version = await make(jobs, job, words, options, io.env);
      io.out(options.format === 'json' ? JSON.stringify(version) : fullName(version));
      if (!options.follow) return 0;
      const { followToEnd } = await import('./jobs-follow.ts');
      const ended = await followToEnd(jobs, version, io);
      if (ended.state === 'completed') return 0;
      throw new SemblanceError('JOB_FAILED', `${fullName(ended)} ${ended.state}: ${ended.reason}`);
    }),
});

async function make(
  jobs: JobService,
  job: string,
  words: readonly string[],
  { set, template, option, ...options }: Omit<Options, 'job' | 'words'>,
  env: Env,
): Promise<Version> {
  if (template !== undefined) {
    if (words.length > 0)
      throw new SemblanceError('USAGE_INVALID_VALUE', 'a template says what runs: leave out what follows --');
    return jobs.createFromTemplate(job, template, {
      parameters: set ?? {},
      options: option ?? {},
      ...(options.description === undefined ? {} : { description: options.description }),
    });
  }
  const { taskOfCommand } = await import('./job-kinds/task-of-command.ts');
  const { withNamedInputs } = await import('./job-kinds/named-inputs.ts');
  const task = taskOfCommand(words, { isCustom: options.task === 'custom' });
  task.parameters = { ...task.parameters, ...set };
  return jobs.create(job, await withNamedInputs(task, env), runOptions(options));
}
