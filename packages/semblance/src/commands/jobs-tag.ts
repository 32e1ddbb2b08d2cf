import { defineCommand } from '../cli/command.ts';
import { listOption } from './jobs-option-kinds.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
  tags?: string[];
  remove?: string[];
}

export const jobsTagCommand = defineCommand<Options>({
  path: ['jobs', 'tag'],
  summary: 'adds tags to a version, or takes them away',
  description: 'Prints the tags that the version then has. semblance jobs list --tag TAG finds them again.',
  examples: [
    ['semblance jobs tag faces/V0003 paper baseline', 'adds two tags'],
    ['semblance jobs tag faces/V0003 --remove baseline', 'takes one away'],
  ],
  configure(command) {
    command
      .argument('<version>', 'JOB/V0001, or JOB for its newest version')
      .argument('[tags...]', 'tags to add')
      .addOption(listOption('--remove <tag>', 'takes a tag away, repeatable'));
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const version = await jobs.find(options.version);
      const { tags } = await jobs.mark(version, {
        addTags: options.tags ?? [],
        removeTags: options.remove ?? [],
      });
      for (const tag of tags) io.out(tag);
      return 0;
    }),
});
