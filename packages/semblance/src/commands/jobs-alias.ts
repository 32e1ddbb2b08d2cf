import { defineCommand } from '../cli/command.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
  name?: string;
  remove?: boolean;
}

export const jobsAliasCommand = defineCommand<Options>({
  path: ['jobs', 'alias'],
  summary: 'names a version of a job, such as production; serve can follow the name',
  description:
    'JOB@NAME then stands for the version wherever one is named, until the name is given to another. A version that has ' +
    'a name cannot be deleted.',
  examples: [
    ['semblance jobs alias faces/V0003 candidate', 'faces@candidate is V0003'],
    ['semblance jobs alias faces@candidate production', 'what was the candidate is in production'],
    ['semblance jobs alias faces@candidate --remove', 'takes the name away'],
  ],
  configure(command) {
    command
      .argument('<version>', 'JOB/V0001, JOB@ALIAS, or JOB for its newest version')
      .argument('[name]', 'letters, digits, _ and -: production, candidate')
      .option('--remove', 'takes the alias JOB@NAME away');
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const { fullName } = await import('@semblance/jobs');
      if (options.remove) {
        await jobs.registry.remove(options.version);
        io.out(`${options.version} removed`);
        return 0;
      }
      const version = await jobs.find(options.version);
      if (options.name === undefined) for (const alias of await jobs.registry.of(version)) io.out(alias);
      else io.out(`${(await jobs.registry.point(options.name, version)).alias} is ${fullName(version)}`);
      return 0;
    }),
});
