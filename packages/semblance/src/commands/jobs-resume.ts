import { defineCommand } from '../cli/command.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
}

export const jobsResumeCommand = defineCommand<Options>({
  path: ['jobs', 'resume'],
  summary: 'queues a version again that failed, was stopped or lost',
  description:
    'A training goes on from its last checkpoint, exactly. Work that was done and whose outputs did not arrive is ' +
    'only delivered. Anything else begins anew.',
  examples: [['semblance jobs resume faces/V0003', 'its next attempt']],
  configure(command) {
    command.argument('<version>', 'job/V0001, or a job for its newest');
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const { fullName } = await import('@semblance/jobs');
      const version = await jobs.find(options.version);
      await jobs.resume(version);
      io.out(fullName(version));
      return 0;
    }),
});
