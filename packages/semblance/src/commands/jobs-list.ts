import { fitTable } from '@semblance/core/table';
import type { JobService, Version, VersionState } from '@semblance/jobs';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, numberOption } from '../cli/options.ts';
import { printable } from '../cli/printable.ts';
import { formatDuration } from '../cli/progress.ts';
import { timeText } from '../cli/time-text.ts';
import { chosenMetrics, type ListedVersion, metricCell, sorted } from './jobs-metrics.ts';
import { listOption } from './jobs-option-kinds.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  job?: string;
  state?: VersionState;
  tag?: string[];
  starred?: boolean;
  sort?: string;
  metrics?: string[];
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
  summary: 'lists versions, newest first, with their metrics',
  description:
    'Pinned versions (*) come first. A metric is shown as it last was, with the best of the run in brackets where that ' +
    'is another. Running versions show how far they are and the time that is left.',
  examples: [
    ['semblance jobs list', 'the versions of every job'],
    ['semblance jobs list faces --state running', 'the running versions of one job'],
    ['semblance jobs list faces --sort valRank1', 'the best first, by the best value of each run'],
    ['semblance jobs list --tag paper --metrics valRank1,loss', 'those with a tag, and two metrics'],
    ['semblance jobs list --format json --limit 1000', 'one JSON object per line'],
  ],
  configure(command) {
    command
      .argument('[job]', 'only versions of this job')
      .addOption(choiceOption('--state <state>', 'only versions in this state', states))
      .addOption(listOption('--tag <tag>', 'only versions with this tag, repeatable'))
      .option('--starred', 'only versions with a star')
      .option(
        '--sort <metric>',
        'the best of this metric first (a lower loss or error is better); -METRIC: the worst first',
      )
      .addOption(
        listOption(
          '--metrics <names>',
          'the metrics to show, separated by commas (default: up to three)',
          true,
        ),
      )
      .addOption(numberOption('--limit <n>', 'the most to list', { min: 1 }).default(100))
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      await jobs.wakeIfActive();
      const found = await jobs.list({
        ...(options.job === undefined ? {} : { job: options.job }),
        ...(options.state === undefined ? {} : { states: [options.state] }),
        ...(options.tag === undefined ? {} : { tags: options.tag }),
        ...(options.starred ? { isStarred: true } : {}),
        newestFirst: true,
        pinnedFirst: true,
        // what is sorted is taken whole: the best may be old
        ...(options.sort === undefined ? { limit: options.limit } : {}),
      });
      const waiting = await jobs.insight.waiting(found);
      const listed = await sorted(
        await Promise.all(found.map((version) => asItIs(jobs, version, waiting))),
        options.sort,
      );
      const shown = listed.slice(0, options.limit);
      if (options.format === 'json') {
        for (const { version, ...now } of shown) io.out(JSON.stringify({ ...version, ...now }));
      } else if (shown.length > 0) {
        for (const line of fitTable(await table(shown, options), io.outColumns)) io.out(printable(line));
      } else io.err(await whyNone(jobs, options));
      return 0;
    }),
});

async function asItIs(
  jobs: JobService,
  version: Version,
  waiting: ReadonlyMap<number, string>,
): Promise<ListedVersion> {
  const [metrics, progress] = await Promise.all([
    jobs.insight.metrics(version),
    jobs.insight.progress(version),
  ]);
  return { version, metrics, progress, waiting: waiting.get(version.id) ?? null };
}

async function table(listed: readonly ListedVersion[], options: Options): Promise<(string | number)[][]> {
  const { durationMs, fullName } = await import('@semblance/jobs');
  const names = await chosenMetrics(listed, options);
  const head = ['version', 'state', 'task', 'time', 'left', 'created', ...names, 'why'];
  const rows = listed.map(({ version, metrics, progress, waiting }) => [
    `${version.isPinned ? '* ' : ''}${fullName(version)}`,
    stateText(version, progress?.share),
    version.spec.task,
    version.startedMs === null ? '' : formatDuration(durationMs(version)!),
    progress?.etaMs == null ? '' : formatDuration(progress.etaMs),
    timeText(version.createdMs),
    ...names.map((name) => metricCell(metrics[name])),
    [
      ...(version.isStarred ? ['★'] : []),
      ...version.tags.map((tag) => `#${tag}`),
      version.description || waiting || version.reason,
    ].join(' '),
  ]);
  // a column in which nothing stands says nothing
  const isUsed = (k: number): boolean => k !== 4 || rows.some((row) => row[k] !== '');
  return [head, ...rows].map((row) => row.filter((_, k) => isUsed(k)));
}

function stateText({ state, step }: Version, share: number | undefined): string {
  if (state !== 'running') return state;
  return share === undefined ? `running (${step})` : `running ${Math.floor(share * 100)} %`;
}

async function whyNone(jobs: JobService, { job }: Options): Promise<string> {
  if (job !== undefined) await jobs.find(job); // says that there is no such job
  if ((await jobs.list({ limit: 1 })).length > 0)
    return 'no version is like that: leave out a filter to see more';
  return 'no versions yet: semblance jobs create NAME -- train recognition --data faces/';
}
