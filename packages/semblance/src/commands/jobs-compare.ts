import { dirname } from 'node:path';
import { makeFolder, writeFile } from '@semblance/core/files';
import { formatTable } from '@semblance/core/table';
import type { Comparison, Row } from '@semblance/jobs';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import { printable } from '../cli/printable.ts';
import { formatDuration } from '../cli/progress.ts';
import { SemblanceError } from '../error.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  versions: string[];
  all?: boolean;
  diff?: boolean;
  groupSeeds?: boolean;
  html?: string;
  format: 'table' | 'json';
}

export const jobsCompareCommand = defineCommand<Options>({
  path: ['jobs', 'compare'],
  summary: 'compares versions: parameters, metrics, code, data and curves',
  description:
    'Shows only the rows that differ, unless you ask for --all. The name of a job stands for all its versions. A pinned ' +
    'version is the baseline.',
  examples: [
    ['semblance jobs compare faces', 'all versions of faces'],
    [
      'semblance jobs compare faces/V0002 faces/V0005 --diff',
      'two versions, with the changes in code and data',
    ],
    [
      'semblance jobs compare faces other/V0001 --html comparison.html',
      'as a page, with the curves drawn over each other',
    ],
    ['semblance jobs compare faces --all --format json', 'every row, as JSON'],
  ],
  configure(command) {
    command
      .argument('<versions...>', 'JOB/V0001, …, or JOB for all its versions')
      .option('--all', 'also shows rows that are the same')
      .option('--diff', 'also shows what changed in code and data from each version to the next')
      .option(
        '--group-seeds',
        'in the page: draws versions that differ only in seeds as their mean and a band',
      )
      .option('--html <file>', 'writes a page with the comparison and the curves')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const { namedVersions, onlyDifferences } = await import('@semblance/jobs/views');
      const versions = await namedVersions(jobs.store, options.versions);
      if (versions.length < 2)
        throw new SemblanceError('USAGE_INVALID_VALUE', 'expected two versions or more to compare');
      // what is pinned stands first: the others are held against it
      versions.sort((a, b) => Number(b.isPinned) - Number(a.isPinned));
      const comparison = jobs.compare(versions);
      const isAll = options.all ?? false;
      const differences = options.diff || options.html ? await jobs.differences(versions) : [];
      if (options.html !== undefined) {
        const { comparisonPage, newestEvaluations } = await import('@semblance/jobs');
        const evaluations = await Promise.all(
          versions.map((version) => newestEvaluations(jobs.store, version)),
        );
        const isGrouped = options.groupSeeds ?? false;
        const curves = await Promise.all(versions.map((version) => jobs.curves(version)));
        await makeFolder(dirname(options.html));
        await writeFile(
          options.html,
          comparisonPage({ comparison, differences, curves, isAll, evaluations, isGrouped }),
        );
        io.err(`page: ${options.html}`);
      }
      if (options.format === 'json') {
        const told = isAll ? comparison : onlyDifferences(comparison);
        io.out(JSON.stringify({ ...told, differences }));
        return 0;
      }
      for (const line of await comparisonText(comparison, isAll, io.outColumns)) io.out(printable(line));
      for (const { from, to, code, data } of differences) {
        if (!options.diff || (code === '' && data.length === 0)) continue;
        io.out(`\nfrom ${from} to ${to}`);
        for (const { input, numAdded, numRemoved, numChanged, shown } of data) {
          io.out(`${input}: ${numAdded} files added, ${numRemoved} removed, ${numChanged} changed`);
          for (const line of shown) io.out(`  ${line}`);
        }
        io.out(code === null ? 'the code cannot be compared' : code.trimEnd());
      }
      return 0;
    }),
});

type Cells = string[];

/** A column a version, in blocks that the terminal has room for; the metrics last, where the eye ends. */
async function comparisonText(
  comparison: Comparison,
  isAll: boolean,
  width: number | undefined,
): Promise<string[]> {
  const { metricText } = await import('@semblance/jobs');
  const { versions, parameters, metrics, data, code, environment, groups } = comparison;
  const rows = <T>(all: readonly Row<T>[], text: (value: T) => string): Cells[] =>
    all
      .filter(({ differs }) => isAll || differs)
      .map(({ name, values }) => [name, ...values.map((value) => (value === null ? '–' : text(value)))]);
  const same = (value: string): string => value;
  const isParameter = new Set(parameters.map(({ name }) => name));
  const measured = metrics.map(({ name, values }) => ({
    // `lr` is what was asked for and what the last step had
    name: isParameter.has(name) ? `${name} (measured)` : name,
    ...{ values, differs: true },
  }));
  const sections: [title: string, rows: Cells[]][] = [
    ['parameters', rows(parameters, same)],
    ['data', rows(data, (fingerprint) => fingerprint.slice(0, 19))],
    ['code', rows([code], same)],
    ['machine', rows(environment, same)],
    ['metrics', rows(measured, metricText)],
  ];
  const table: Cells[] = [
    ['', ...versions.map(({ name }) => name)],
    ['state', ...versions.map(({ state }) => state)],
    ['time', ...versions.map(({ durationMs }) => (durationMs === null ? '' : formatDuration(durationMs)))],
    ...sections.flatMap(([title, of]) => (of.length > 0 ? [['', ''], [`– ${title}`], ...of] : [])),
  ];
  return [...blocks(table, width), ...groups.flatMap(groupText)];
}

/** The table in as many blocks below each other as the width asks for; the names stand before each. */
function blocks(table: readonly Cells[], width: number | undefined): string[] {
  const numColumns = Math.max(...table.map((row) => row.length));
  let count = numColumns - 1;
  const block = (from: number): string[] =>
    formatTable(table.map(([name = '', ...cells]) => [name, ...cells.slice(from, from + count)]));
  const widest = (): number =>
    Math.max(...starts().flatMap((from) => block(from).map((line) => line.length)));
  const starts = (): number[] =>
    Array.from({ length: Math.ceil((numColumns - 1) / count) }, (_, i) => i * count);
  while (width !== undefined && count > 1 && widest() > width) count--;
  return starts().flatMap((from, i) => [...(i > 0 ? [''] : []), ...block(from)]);
}

function groupText({ versions, metrics }: Comparison['groups'][number]): string[] {
  const short = (value: number): string => String(Number(value.toPrecision(4)));
  const rows = Object.entries(metrics).map(([name, { mean, std }]) => [
    name,
    `${short(mean)} ± ${short(std)}`,
  ]);
  return ['', `seeds: mean ± standard deviation of ${versions.join(', ')}`, ...formatTable(rows)];
}
