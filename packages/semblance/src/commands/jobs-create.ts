import type { Env } from '@semblance/core';
import type { JobService, Version } from '@semblance/jobs';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, setOption } from '../cli/options.ts';
import { SemblanceError } from '../error.ts';
import { pairsOption } from './jobs-option-kinds.ts';
import { withJobs } from './jobs-options.ts';
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
  summary: 'creates a version of a job and queues it',
  description:
    'Everything after -- is what runs: a training, gallery build, recognize or an evaluation with its usual ' +
    'options, or a command of your own. In your own command {NAME} stands for a parameter, {inputs.NAME} for an ' +
    'input, and {inputs}, {outputs} and {job} for folders. The version runs in the background as soon as there is' +
    ' room. The command prints its name. Locations are paths, file:///…, s3://… or obs://…; {job} and {version} ' +
    'in the location of an output are replaced.',
  examples: [
    [
      'semblance jobs create faces -- train recognition --data faces/ --set lr=0.05',
      'creates faces/V0001; the next call creates faces/V0002',
    ],
    [
      'semblance jobs create faces --follow --retries 2 -- train recognition --data s3://bucket/faces --out s3://bucket/models/{version}',
      'data and model in object storage, the log on the screen, up to three attempts',
    ],
    [
      'semblance jobs create faces --workers 2 -- train recognition --data faces/ --set batchSize=128',
      'trains one model with two processes',
    ],
    [
      'semblance jobs create mine --set lr=0.1 --output result=file:///srv/results -- python train.py --lr {lr} --out {outputs}/result',
      'a command of your own',
    ],
    [
      'semblance jobs create faces --template baseline --set lr=0.1',
      'from a template, with one value changed',
    ],
  ],
  configure(command) {
    command
      .argument('<job>', 'name of the job')
      .argument('[words...]', 'the command to run')
      .addOption(setOption('a parameter for a template or your own command, repeatable'))
      .option('--template <name>', 'a template saved with jobs save-template, instead of a command')
      .addOption(
        pairsOption('--option <name=value>', 'changes an option of the template’s command, repeatable'),
      )
      .option('--follow', 'shows the log until the version ends; exit code 1 if it does not complete')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
    addRunOptions(command);
  },
  run: ({ job, words = [], ...options }, io) =>
    withJobs(options, io, async (jobs) => {
      const { fullName } = await import('@semblance/jobs');
      const version = await make(jobs, job, words, options, io.env);
      io.out(options.format === 'json' ? JSON.stringify(version) : fullName(version));
      if (!options.follow) {
        if (options.format === 'table')
          io.err(`runs in the background: semblance jobs logs ${fullName(version)} --follow`);
        return 0;
      }
      const { followToEnd } = await import('./jobs-follow.ts');
      const ended = await followToEnd(jobs, version, io);
      if (ended === null) return 130;
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
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        'a template already says what runs: leave out everything after --',
      );
    return jobs.createFromTemplate(job, template, {
      ...runOptions(options),
      parameters: set ?? {},
      options: option ?? {},
    });
  }
  const { taskOfCommand } = await import('./job-kinds/task-of-command.ts');
  const { withNamedInputs } = await import('./job-kinds/named-inputs.ts');
  const task = taskOfCommand(words, { isCustom: options.task === 'custom' });
  task.parameters = { ...task.parameters, ...set };
  return jobs.create(job, await withNamedInputs(task, env), runOptions(options));
}
