import { mean } from '@semblance/core/statistics';
import { formatFacts, formatTable } from '@semblance/core/table';
import type { JobService, Version } from '@semblance/jobs';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import { formatDuration } from '../cli/progress.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
  format: 'table' | 'json';
}

const MOST_ARTIFACTS = 20;

export const jobsShowCommand = defineCommand<Options>({
  path: ['jobs', 'show'],
  summary: 'shows a version: state, parameters, code, data, metrics and outputs',
  description: 'For a version that failed it also says the likeliest cause.',
  examples: [
    ['semblance jobs show faces', 'the newest version of faces'],
    [
      'semblance jobs show faces/V0003 --format json',
      'everything that is recorded, with the curves, as one JSON object',
    ],
  ],
  configure(command) {
    command
      .argument('<version>', 'JOB/V0001, or JOB for its newest version')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      await jobs.wakeIfActive();
      const version = await jobs.find(options.version);
      const hint = await jobs.hint(version);
      if (options.format === 'json') {
        const [curves, system, events] = await Promise.all([
          jobs.curves(version),
          jobs.system(version),
          jobs.events({ versionId: version.id }),
        ]);
        io.out(JSON.stringify({ ...version, hint, curves, system, events }));
        return 0;
      }
      for (const line of await describe(jobs, version)) io.out(line);
      if (hint) {
        io.out('');
        io.out(`cause  ${hint.cause}`);
        io.out(`mend   ${hint.fix}`);
      }
      return 0;
    }),
});

async function describe(jobs: JobService, version: Version): Promise<string[]> {
  const { durationMs, fullName, versionPaths } = await import('@semblance/jobs');
  const { code, spec, environment } = version;
  const parent = version.parentId === null ? null : await jobs.store.get(version.parentId);
  const system = await jobs.system(version);
  const facts: Record<string, string> = {
    version: fullName(version),
    state: `${version.state}${version.step ? ` (${version.step})` : ''}: ${version.reason}`,
    task: spec.task === 'custom' ? `custom: ${spec.command.join(' ')}` : spec.task,
  };
  if (version.description) facts.description = version.description;
  if (version.parentId !== null) facts.parent = parent ? fullName(parent) : 'deleted';
  if (version.startedMs !== null)
    facts.time = `${formatDuration(durationMs(version)!)}, attempt ${version.attempt}${version.exitCode === null ? '' : `, exit code ${version.exitCode}`}`;
  facts.workers = `${spec.resources.workers}${version.spec.resources.gpus > 0 ? `, ${spec.resources.gpus} GPUs` : ''}`;
  if (spec.executor) {
    const { name, options } = spec.executor;
    facts.executor = [name, ...Object.entries(options).map(([key, value]) => `${key}=${value}`)].join(' ');
  }
  if (code?.commit)
    facts.code = `${code.commit.slice(0, 12)}${code.branch ? ` (${code.branch})` : ''}${code.isDirty ? ', with changes of its own' : ''} in ${code.dir}`;
  if (environment)
    facts.machine = `${environment.host}, ${environment.cores} cores${environment.gpus.length > 0 ? `, ${environment.gpus.join(', ')}` : ''}, ${Object.entries(
      environment.versions,
    )
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')}`;
  for (const { name, location, fingerprint, numFiles, sizeBytes } of version.data)
    facts[`input ${name}`] =
      `${location}: ${numFiles} files, ${sizeBytes} bytes, ${fingerprint.slice(0, 19)}`;
  for (const { name, location } of spec.outputs) facts[`output ${name}`] = location;
  if (system.length > 0) {
    const peak = Math.max(...system.map(({ memoryBytes }) => memoryBytes));
    const cpu = system.flatMap((sample) => sample.cpu ?? []);
    facts.system = `${mean(cpu).toFixed(2)} cores, at most ${Math.round(peak / 2 ** 20)} MiB of memory`;
  }
  facts.folder = versionPaths(jobs.home, version).dir;
  const lines = formatFacts(facts);
  const section = (title: string, rows: (string | number)[][]): void => {
    if (rows.length > 0) lines.push('', title, ...formatTable(rows).map((line) => `  ${line}`));
  };
  section('parameters', Object.entries(version.parameters));
  section(
    'metrics',
    Object.entries(version.metrics).map(([name, { value, interval }]) => [
      name,
      Number(value.toPrecision(6)),
      interval ? `(95 %: ${interval.map((end) => Number(end.toPrecision(4))).join(' to ')})` : '',
    ]),
  );
  const shown = version.artifacts.slice(0, MOST_ARTIFACTS);
  section(
    `artifacts (${version.artifacts.length})`,
    shown.map(({ path, sizeBytes, sha256 }) => [path, sizeBytes, sha256.slice(0, 12)]),
  );
  return lines;
}
