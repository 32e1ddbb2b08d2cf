import { defineCommand } from '../cli/command.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
  name: string;
}

export const jobsSaveTemplateCommand = defineCommand<Options>({
  path: ['jobs', 'save-template'],
  summary: 'saves how a version was made as a template',
  description:
    'A template holds the command, parameters, locations and resources. semblance jobs create JOB --template NAME' +
    ' creates versions from it.',
  examples: [
    [
      'semblance jobs save-template faces/V0003 baseline',
      'then: semblance jobs create other --template baseline --set lr=0.1',
    ],
  ],
  configure(command) {
    command
      .argument('<version>', 'JOB/V0001, or JOB for its newest version')
      .argument('<name>', 'name of the template (letters, digits, _ and -); an existing one is replaced');
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      await jobs.saveTemplate(await jobs.find(options.version), options.name);
      io.out(options.name);
      return 0;
    }),
});
