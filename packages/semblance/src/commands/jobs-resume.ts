import { defineCommand } from '../cli/command.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
}

export const jobsResumeCommand = defineCommand<Options>({
  path: ['jobs', 'resume'],
  summary: 'resumes a version that failed, was stopped or was lost',
  description:
    'A training continues from its last checkpoint. If the work was done and only the outputs did not arrive, ' +
    'they are delivered. Anything else starts over.',
  examples: [['semblance jobs resume faces/V0003', 'queues the next attempt']],
  configure(command) {
    command.argument('<version>', 'JOB/V0001, or JOB for its newest version');
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
