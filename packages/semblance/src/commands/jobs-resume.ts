import { defineCommand } from '../cli/command.ts';
import { durationOption, finite } from './jobs-option-kinds.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
  /** Infinite for none. */
  timeout?: number;
}

export const jobsResumeCommand = defineCommand<Options>({
  path: ['jobs', 'resume'],
  summary: 'resumes a version that failed, was stopped or was lost',
  description:
    'A training continues from its last checkpoint. If the work was done and only the outputs did not arrive, ' +
    'they are delivered. Anything else starts over.',
  examples: [
    ['semblance jobs resume faces/V0003', 'queues the next attempt'],
    ['semblance jobs resume faces/V0003 --timeout 24h', 'with more time than it had'],
  ],
  configure(command) {
    command
      .argument('<version>', 'JOB/V0001, or JOB for its newest version')
      .addOption(
        durationOption(
          '--timeout <time>',
          'stops it after this time instead of the one it had, such as 90s, 30m or 12h; none for no limit',
        ),
      );
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const { fullName } = await import('@semblance/jobs');
      const version = await jobs.find(options.version);
      const { timeout } = options;
      await jobs.resume(version, timeout === undefined ? {} : { timeoutMs: finite(timeout) });
      io.out(fullName(version));
      return 0;
    }),
});
