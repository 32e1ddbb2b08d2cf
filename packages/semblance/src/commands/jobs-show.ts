import { fitTable } from '@semblance/core/table';
import type { Version } from '@semblance/jobs';
import { defineCommand } from '../cli/command.ts';
import type { Io } from '../cli/io.ts';
import { choiceOption } from '../cli/options.ts';
import { printable } from '../cli/printable.ts';
import { factsOf } from './jobs-facts.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
  format: 'table' | 'json';
}

const MOST_ARTIFACTS = 20;

export const jobsShowCommand = defineCommand<Options>({
  path: ['jobs', 'show'],
  summary: 'shows a version: state, progress, parameters, code, data, metrics, outputs and what uses it',
  description:
    'Metrics of a running version are those of the moment, with the best of the run beside the last. For a version that ' +
    'failed it also says the likeliest cause.',
  examples: [
    ['semblance jobs show faces', 'the newest version of faces'],
    ['semblance jobs show faces@production', 'the version that has this alias'],
    [
      'semblance jobs show faces/V0003 --format json',
      'everything that is recorded, with the curves, as one JSON object',
    ],
  ],
  configure(command) {
    command
      .argument('<version>', 'JOB/V0001, JOB@ALIAS, or JOB for its newest version')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      await jobs.wakeIfActive();
      const version = await jobs.find(options.version);
      const hint = await jobs.hint(version);
      const [metrics, progress, lineage] = await Promise.all([
        jobs.insight.metrics(version),
        jobs.insight.progress(version),
        jobs.insight.lineage(version),
      ]);
      if (options.format === 'json') {
        const [curves, system, events] = await Promise.all([
          jobs.curves(version),
          jobs.system(version),
          jobs.events({ versionId: version.id }),
        ]);
        const live = { metrics, progress, ...lineage };
        io.out(JSON.stringify({ ...version, ...live, hint, curves, system, events }));
        return 0;
      }
      const say = (lines: readonly string[]): void => {
        for (const line of lines) io.out(printable(line));
      };
      say(fitTable(Object.entries(await factsOf(jobs, version, { progress, lineage })), io.outColumns));
      for (const [title, rows] of sections(version, metrics)) say(section(title, rows, io));
      if (version.note !== '') say(['', 'note', ...version.note.split('\n').map((line) => `  ${line}`)]);
      if (hint) say(['', `cause  ${hint.cause}`, `mend   ${hint.fix}`]);
      return 0;
    }),
});

type Cells = (string | number)[];

function sections(version: Version, metrics: Version['metrics']): [title: string, rows: Cells[]][] {
  const digits = (value: number): number => Number(value.toPrecision(6));
  const figures = Object.entries(metrics).map(([name, { value, interval, best }]) => [
    name,
    digits(value),
    best && best.value !== value ? `best ${digits(best.value)} at step ${best.step}` : '',
    interval ? `(95 %: ${interval.map((end) => Number(end.toPrecision(4))).join(' to ')})` : '',
  ]);
  const shown = version.artifacts.slice(0, MOST_ARTIFACTS);
  const rest = version.artifacts.length - shown.length;
  const beside = version.code?.notKept ?? [];
  return [
    ['beside the code, used in place', beside.map(({ path, sizeBytes, why }) => [path, sizeBytes, why])],
    ['parameters', Object.entries(version.parameters)],
    [version.state === 'running' ? 'metrics so far' : 'metrics', figures],
    [
      `artifacts (${version.artifacts.length})`,
      [
        ...shown.map(({ path, sizeBytes, sha256 }) => [path, sizeBytes, sha256.slice(0, 12)]),
        ...(rest > 0 ? [[`${rest} more: --format json lists them`]] : []),
      ],
    ],
  ];
}

function section(title: string, rows: Cells[], { outColumns }: Io): string[] {
  if (rows.length === 0) return [];
  const width = outColumns === undefined ? undefined : outColumns - 2;
  return ['', title, ...fitTable(rows, width).map((line) => `  ${line}`)];
}
