import { formatTable } from '@semblance/core/table';
import type { VersionState } from '@semblance/jobs';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, numberOption } from '../cli/options.ts';
import { formatDuration } from '../cli/progress.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  job?: string;
  state?: VersionState;
  limit: number;
  format: 'table' | 'json';
}

const states: readonly VersionState[] = [
  'creating',
  'pending',
  'running',
  'completed',
  'failed',
  'stopped',
  'lost',
];

export const jobsListCommand = defineCommand<Options>({
  path: ['jobs', 'list'],
  summary: 'lists versions, newest first',
  examples: [
    ['semblance jobs list', 'the versions of every job'],
    ['semblance jobs list faces --state running', 'the running versions of one job'],
    ['semblance jobs list --format json --limit 1000', 'one JSON object per line'],
  ],
  configure(command) {
    command
      .argument('[job]', 'only versions of this job')
      .addOption(choiceOption('--state <state>', 'only versions in this state', states))
      .addOption(numberOption('--limit <n>', 'the most to list', { min: 1 }).default(100))
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const { durationMs, fullName } = await import('@semblance/jobs');
      await jobs.wakeIfActive();
      const versions = await jobs.list({
        ...(options.job === undefined ? {} : { job: options.job }),
        ...(options.state === undefined ? {} : { states: [options.state] }),
        newestFirst: true,
        limit: options.limit,
      });
      if (options.format === 'json') for (const version of versions) io.out(JSON.stringify(version));
      else {
        const head = ['version', 'state', 'task', 'time', 'created', 'why'];
        const rows = versions.map((version) => [
          fullName(version),
          version.state === 'running' ? `running (${version.step})` : version.state,
          version.spec.task,
          version.startedMs === null ? '' : formatDuration(durationMs(version)!),
          new Date(version.createdMs).toISOString().slice(0, 19).replace('T', ' '),
          version.description || version.reason.slice(0, 60),
        ]);
        if (rows.length > 0) for (const line of formatTable([head, ...rows])) io.out(line);
        else io.err('no versions yet: semblance jobs create NAME -- train recognition --data faces/');
      }
      return 0;
    }),
});
