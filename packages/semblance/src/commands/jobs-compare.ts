import { dirname } from 'node:path';
import { makeFolder, writeFile } from '@semblance/core/files';
import { formatTable } from '@semblance/core/table';
import type { Comparison, JobService, Row, Version } from '@semblance/jobs';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import { formatDuration } from '../cli/progress.ts';
import { SemblanceError } from '../error.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  versions: string[];
  all?: boolean;
  diff?: boolean;
  html?: string;
  format: 'table' | 'json';
}

export const jobsCompareCommand = defineCommand<Options>({
  path: ['jobs', 'compare'],
  summary: 'compares versions: parameters, metrics, code, data and curves',
  description:
    'Shows only the rows that differ, unless you ask for --all. The name of a job stands for all its versions.',
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
      .option('--html <file>', 'writes a page with the comparison and the curves')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const versions = await versionsOf(jobs, options.versions);
      const comparison = jobs.compare(versions);
      const isAll = options.all ?? false;
      const differences = options.diff || options.html ? await jobs.differences(versions) : [];
      if (options.html !== undefined) {
        const { comparisonPage } = await import('@semblance/jobs');
        const curves = await Promise.all(versions.map((version) => jobs.curves(version)));
        await makeFolder(dirname(options.html));
        await writeFile(options.html, comparisonPage({ comparison, differences, curves, isAll }));
        io.err(`page: ${options.html}`);
      }
      if (options.format === 'json') {
        const kept = <T>(rows: readonly Row<T>[]): readonly Row<T>[] =>
          rows.filter(({ differs }) => isAll || differs);
        const { parameters, data, environment, ...rest } = comparison;
        const rows = { parameters: kept(parameters), data: kept(data), environment: kept(environment) };
        io.out(JSON.stringify({ ...rest, ...rows, differences }));
        return 0;
      }
      for (const line of await comparisonText(comparison, isAll)) io.out(line);
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

async function versionsOf(jobs: JobService, references: readonly string[]): Promise<Version[]> {
  const versions = new Map<number, Version>();
  for (const reference of references) {
    const newest = await jobs.find(reference);
    const found = reference.includes('/') ? [newest] : await jobs.list({ job: newest.job });
    for (const version of found) versions.set(version.id, version);
  }
  if (versions.size < 2)
    throw new SemblanceError('USAGE_INVALID_VALUE', 'expected two versions or more to compare');
  return [...versions.values()];
}

/** One column a version, one row a fact; the metrics last, where the eye ends. */
async function comparisonText(comparison: Comparison, isAll: boolean): Promise<string[]> {
  const { metricText } = await import('@semblance/jobs');
  const { versions, parameters, metrics, data, code, environment } = comparison;
  const cells = <T>(rows: readonly Row<T>[], text: (value: T) => string): string[][] =>
    rows
      .filter(({ differs }) => isAll || differs)
      .map(({ name, values }) => [name, ...values.map((value) => (value === null ? '–' : text(value)))]);
  const same = (value: string): string => value;
  const isParameter = new Set(parameters.map(({ name }) => name));
  return formatTable([
    ['', ...versions.map(({ name }) => name)],
    ['state', ...versions.map(({ state }) => state)],
    ['time', ...versions.map(({ durationMs }) => (durationMs === null ? '' : formatDuration(durationMs)))],
    ...cells(parameters, same),
    ...cells(data, (fingerprint) => fingerprint.slice(0, 19)),
    ...cells([code], same),
    ...cells(environment, same),
    ...cells(
      metrics.map(({ name, values }) => ({
        // `lr` is what was asked for and what the last step had
        name: isParameter.has(name) ? `${name} (measured)` : name,
        ...{ values, differs: true },
      })),
      metricText,
    ),
  ]);
}
