import { SemblanceError } from '@semblance/face/error';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, numberOption } from '../cli/options.ts';
import {
  addStoreOption,
  bytesOption,
  durationOption,
  pairsOption,
  type StoreOptions,
  withJobs,
} from './jobs-options.ts';

interface Options extends StoreOptions {
  job: string;
  words?: string[];
  set?: Record<string, string>;
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
  ],
  configure(command) {
    command
      .argument('<job>', 'name of the job')
      .argument('[words...]', 'what runs')
      .option('--description <text>', 'a few words about this version')
      .addOption(pairsOption('--set <key=value>', 'a parameter of a command of your own, repeatable'))
      .addOption(pairsOption('--input <name=location>', 'brought to {inputs}/name first, repeatable'))
      .addOption(pairsOption('--output <name=location>', '{outputs}/name goes there afterwards, repeatable'))
      .option('--predownload', 'brings earlier outputs from their locations first, so that the run resumes')
      .addOption(
        numberOption('--workers <n>', 'processes that share the work', { min: 1, max: 1024 }).default(1),
      )
      .addOption(numberOption('--cpus <n>', 'threads of each worker', { min: 1 }))
      .addOption(bytesOption('--memory <size>', 'ends the version when it uses more, as 4G'))
      .addOption(numberOption('--gpus <n>', 'GPUs for itself', { min: 0 }).default(0))
      .addOption(numberOption('--nice <n>', 'lets others go first, 0 to 19', { min: 0, max: 19 }).default(0))
      .addOption(pairsOption('--env <name=value>', 'a variable for the workers, repeatable; no credentials'))
      .option('--code <dir>', 'folder whose git state is recorded (here)')
      .addOption(numberOption('--retries <n>', 'starts again when it fails', { min: 0, max: 100 }).default(0))
      .addOption(durationOption('--timeout <time>', 'longest run, as 90s, 30m, 12h'))
      .addOption(choiceOption('--task <task>', 'custom: takes the words for a command of yours', ['custom']))
      .option('--follow', 'shows the log until it ends; exit code 1 where it does not complete')
      .addOption(choiceOption('--format <format>', 'how the version is printed', ['table', 'json'], 'table'));
    addStoreOption(command);
  },
  async run({ job, words = [], set, ...options }, io) {
    const { fullName, taskOfCommand } = await import('../jobs/index.ts');
    const task = taskOfCommand(words, { isCustom: options.task === 'custom' });
    task.parameters = { ...task.parameters, ...set };
    return withJobs(options, io, async (jobs) => {
      const version = await jobs.create(job, task, {
        ...(options.description === undefined ? {} : { description: options.description }),
        inputs: options.input ?? {},
        outputs: options.output ?? {},
        predownload: options.predownload ?? false,
        resources: {
          workers: options.workers,
          cpus: options.cpus ?? null,
          memoryBytes: options.memory ?? null,
          gpus: options.gpus,
          nice: options.nice,
        },
        env: options.env ?? {},
        ...(options.code === undefined ? {} : { codeDir: options.code }),
        retries: options.retries,
        timeoutMs: options.timeout ?? null,
      });
      io.out(options.format === 'json' ? JSON.stringify(version) : fullName(version));
      if (!options.follow) return 0;
      const { followToEnd } = await import('./jobs-follow.ts');
      const ended = await followToEnd(jobs, version, io);
      if (ended.state === 'completed') return 0;
      throw new SemblanceError('JOB_FAILED', `${fullName(ended)} ${ended.state}: ${ended.reason}`);
    });
  },
});
