import { defineCommand } from '../cli/command.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  versions: string[];
}

export const jobsDeleteCommand = defineCommand<Options>({
  path: ['jobs', 'delete'],
  summary: 'deletes finished versions with their outputs and logs',
  description: 'Outputs in object storage stay there. The number of a deleted version is not used again.',
  examples: [['semblance jobs delete faces/V0001 faces/V0002', 'deletes two versions']],
  configure(command) {
    command.argument('<versions...>', 'JOB/V0001, …');
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const { fullName } = await import('@semblance/jobs');
      for (const reference of options.versions) {
        const version = await jobs.find(reference);
        await jobs.remove(version);
        io.out(`${fullName(version)} deleted`);
      }
      return 0;
    }),
});
