import { defineCommand } from '../cli/command.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
  name: string;
}

export const jobsSaveTemplateCommand = defineCommand<Options>({
  path: ['jobs', 'save-template'],
  summary: 'keeps how a version is made under a name',
  description:
    'Task, parameters, places, resources. semblance jobs create JOB --template NAME makes versions of it.',
  examples: [
    [
      'semblance jobs save-template faces/V0003 baseline',
      'then: semblance jobs create other --template baseline --set lr=0.1',
    ],
  ],
  configure(command) {
    command
      .argument('<version>', 'job/V0001, or a job for its newest')
      .argument('<name>', 'letters, digits, _ and -; one of that name is replaced');
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      await jobs.saveTemplate(await jobs.find(options.version), options.name);
      io.out(options.name);
      return 0;
    }),
});
