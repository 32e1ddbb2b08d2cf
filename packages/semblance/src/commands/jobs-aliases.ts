import { formatTable } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import { timeText } from '../cli/time-text.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  job?: string;
  format: 'table' | 'json';
}

export const jobsAliasesCommand = defineCommand<Options>({
  path: ['jobs', 'aliases'],
  summary: 'lists the registry of models: which version is production, candidate, …',
  examples: [
    ['semblance jobs aliases', 'of all jobs'],
    ['semblance jobs aliases faces --format json', 'of one job, one JSON object per line'],
  ],
  configure(command) {
    command
      .argument('[job]', 'only aliases of this job')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const aliases = await jobs.registry.list(options.job);
      if (options.format === 'json') for (const alias of aliases) io.out(JSON.stringify(alias));
      else if (aliases.length === 0) io.err('no aliases yet: semblance jobs alias JOB/V0001 production');
      else {
        const rows = aliases.map(({ alias, version, sinceMs }) => [alias, version, timeText(sinceMs)]);
        for (const line of formatTable([['alias', 'version', 'since'], ...rows])) io.out(line);
      }
      return 0;
    }),
});
