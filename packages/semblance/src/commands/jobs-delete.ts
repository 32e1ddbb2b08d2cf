import { defineCommand } from '../cli/command.ts';
import { SemblanceError } from '../error.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  versions: string[];
  force?: boolean;
}

export const jobsDeleteCommand = defineCommand<Options>({
  path: ['jobs', 'delete'],
  summary: 'deletes finished versions with their outputs and logs',
  description:
    'Outputs in object storage stay there. The number of a deleted version is not used again. A version whose ' +
    'weights another one continues from, and has not completed, is kept unless you add --force.',
  examples: [['semblance jobs delete faces/V0001 faces/V0002', 'deletes two versions']],
  configure(command) {
    command
      .argument('<versions...>', 'JOB/V0001, …')
      .option('--force', 'deletes it even if an unfinished version needs its outputs');
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const { fullName } = await import('@semblance/jobs');
      for (const reference of options.versions) {
        const version = await jobs.find(reference);
        // the newest is what a job stands for elsewhere, and not what people mean who delete
        if (/^[\w-]+$/.test(reference))
          throw new SemblanceError(
            'USAGE_INVALID_VALUE',
            `expected a version to delete but received the job '${reference}': name its versions, such as ${fullName(version)}`,
          );
        await jobs.remove(version, { isForced: options.force ?? false });
        io.out(`${fullName(version)} deleted`);
      }
      return 0;
    }),
});
