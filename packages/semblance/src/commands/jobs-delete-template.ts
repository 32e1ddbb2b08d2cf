import { defineCommand } from '../cli/command.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  names: string[];
}

export const jobsDeleteTemplateCommand = defineCommand<Options>({
  path: ['jobs', 'delete-template'],
  summary: 'deletes templates',
  description: 'Versions made from them stay as they are.',
  examples: [['semblance jobs delete-template baseline', 'deletes one']],
  configure(command) {
    command.argument('<names...>', 'names of templates');
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      for (const name of options.names) {
        await jobs.templates.remove(name);
        io.out(`${name} deleted`);
      }
      return 0;
    }),
});
