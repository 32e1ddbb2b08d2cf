import { defineCommand } from '../cli/command.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
  text: string;
}

export const jobsDescribeCommand = defineCommand<Options>({
  path: ['jobs', 'describe'],
  summary: 'changes the description of a version',
  examples: [['semblance jobs describe faces/V0003 "margin 0.4, more photos"', 'what jobs list shows of it']],
  configure(command) {
    command
      .argument('<version>', 'JOB/V0001, or JOB for its newest version')
      .argument('<text>', 'the description, at most 256 characters');
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const { fullName } = await import('@semblance/jobs');
      const version = await jobs.mark(await jobs.find(options.version), { description: options.text });
      io.out(fullName(version));
      return 0;
    }),
});
