import type { JobService, Version } from '@semblance/jobs';
import { defineCommand, type ExitCode } from '../cli/command.ts';
import type { Io } from '../cli/io.ts';
import { choiceOption, numberOption } from '../cli/options.ts';
import { printableLog } from '../cli/printable.ts';
import { SemblanceError } from '../error.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
  worker: number;
  follow?: boolean;
  tail?: number;
  baseLine?: number;
  lines?: number;
  order: 'asc' | 'desc';
  search?: string;
  format: 'text' | 'json';
}

const WHOLE_PAGE = 10_000;

export const jobsLogsCommand = defineCommand<Options>({
  path: ['jobs', 'logs'],
  summary: 'prints a worker’s log: all of it, a part, or the lines with a keyword',
  description: 'Lines are numbered from 1. Logs of any size are read with little memory.',
  examples: [
    [
      'semblance jobs logs faces --follow',
      'the log of the newest version, as it grows, until the version ends; exit code 1 if it does not complete',
    ],
    ['semblance jobs logs faces/V0003 --tail 50', 'the last 50 lines'],
    ['semblance jobs logs faces/V0003 --base-line 2000 --lines 100', 'lines 2000 to 2099'],
    [
      'semblance jobs logs faces/V0003 --worker 1 --search error --format json',
      'the lines of worker 1 that contain "error", with their numbers',
    ],
  ],
  configure(command) {
    command
      .argument('<version>', 'JOB/V0001, or JOB for its newest version')
      .addOption(numberOption('--worker <n>', 'which worker, from 0', { min: 0 }).default(0))
      .option('--follow', 'keeps printing until the version ends')
      .addOption(numberOption('--tail <n>', 'only this many lines from the end', { min: 1, max: WHOLE_PAGE }))
      .addOption(numberOption('--base-line <n>', 'line to start from', { min: 1 }))
      .addOption(numberOption('--lines <n>', 'the most lines to print', { min: 1, max: WHOLE_PAGE }))
      .addOption(
        choiceOption(
          '--order <order>',
          'asc: from the base line on; desc: the lines before it',
          ['asc', 'desc'],
          'asc',
        ),
      )
      .option('--search <keyword>', 'only lines that contain this text; case matters')
      .addOption(choiceOption('--format <format>', 'output format', ['text', 'json'], 'text'));
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const { worker, search, tail, order, format } = options;
      const version = await jobs.find(options.version);
      // a file gets the bytes as they are; a terminal nothing that moves its cursor
      const say = (line: string): void => io.out(io.outColumns === undefined ? line : printableLog(line));
      const limit = options.lines === undefined ? {} : { lines: options.lines };
      if (search !== undefined) {
        if (search === '') throw new SemblanceError('USAGE_INVALID_VALUE', 'expected a word for --search');
        const from = options.baseLine === undefined ? {} : { fromLine: options.baseLine };
        const result = await jobs.searchLog(version, search, { worker, ...from, ...limit });
        if (format === 'json') io.out(JSON.stringify(result));
        else for (const { number, text } of result.lines) say(`${number}: ${text}`);
        if (result.hasMore) io.err(`more lines follow: --base-line ${result.lines.at(-1)!.number + 1}`);
        return 0;
      }
      if (options.follow) {
        const { followLines } = await import('./jobs-follow.ts');
        if (await followLines(jobs, version, { worker, io, say })) return 130;
        return sayEnd(jobs, version, io);
      }
      const isWhole = tail === undefined && options.baseLine === undefined && options.lines === undefined;
      const base = options.baseLine === undefined ? {} : { baseLine: options.baseLine };
      const page =
        tail === undefined ? { ...base, ...limit, order } : { lines: tail, order: 'desc' as const };
      let { lines, numLines } = await jobs.logPage(version, {
        worker,
        ...page,
        ...(isWhole ? { lines: WHOLE_PAGE } : {}),
      });
      if (format === 'json') io.out(JSON.stringify({ lines, numLines }));
      else {
        for (const { text } of lines) say(text);
        while (isWhole && order === 'asc' && lines.length === WHOLE_PAGE) {
          const baseLine = lines.at(-1)!.number + 1;
          ({ lines, numLines } = await jobs.logPage(version, { worker, baseLine, lines: WHOLE_PAGE }));
          for (const { text } of lines) say(text);
        }
      }
      return 0;
    }),
});

/** How a version ended that was followed. */
async function sayEnd(jobs: JobService, { id }: Version, io: Io): Promise<ExitCode> {
  const { fullName } = await import('@semblance/jobs');
  const ended = await jobs.store.get(id);
  if (ended === null)
    throw new SemblanceError('VERSION_NOT_FOUND', 'the version was deleted in the meantime');
  if (ended.state !== 'completed')
    throw new SemblanceError('JOB_FAILED', `${fullName(ended)} ${ended.state}: ${ended.reason}`);
  io.err(`${fullName(ended)} completed: ${ended.reason}`);
  return 0;
}
