import { mean } from '@semblance/core/statistics';
import type { JobService, Lineage, RunProgress, Version } from '@semblance/jobs';
import { formatDuration } from '../cli/progress.ts';
import { timeText } from '../cli/time-text.ts';
import { describeCode } from './jobs-code.ts';

/** What is known of a version besides its tables, by name. */
export async function factsOf(
  jobs: JobService,
  version: Version,
  { progress, lineage }: { progress: RunProgress | null; lineage: Lineage },
): Promise<Record<string, string>> {
  const { fullName, versionPaths } = await import('@semblance/jobs');
  const { spec } = version;
  const parent = version.parentId === null ? null : await jobs.store.get(version.parentId);
  const facts: Record<string, string> = { version: fullName(version), state: await stateText(jobs, version) };
  const add = (name: string, value: string | undefined | false): void => {
    if (value) facts[name] = value;
  };
  add('alias', lineage.aliases.join(', '));
  add('description', version.description);
  add('tags', [...(version.isStarred ? ['★'] : []), ...version.tags].join(', '));
  add('pinned', version.isPinned && 'first in lists, the baseline of comparisons');
  add('progress', progress !== null && progressText(progress));
  facts.task = spec.task === 'custom' ? `custom: ${spec.command.join(' ')}` : spec.task;
  if (version.parentId !== null) facts.parent = parent ? fullName(parent) : 'deleted';
  Object.assign(facts, await timesOf(version), placeOf(version));
  for (const { name, location, fingerprint, numFiles, sizeBytes, differsFrom } of version.data) {
    const from = spec.uses?.[name];
    facts[`input ${name}`] =
      `${from ? `${from}, ` : ''}${location}: ${numFiles} files, ${sizeBytes} bytes, ${fingerprint.slice(0, 19)}${differsFrom ? `, not what ${differsFrom} read there` : ''}`;
  }
  for (const { name, location } of spec.outputs) facts[`output ${name}`] = location;
  add('system', await systemText(jobs, version));
  for (const [i, text] of lineage.usedBy.entries()) facts[i === 0 ? 'used by' : `used by ${i + 1}`] = text;
  for (const { atMs, text } of lineage.records) facts[timeText(atMs)] = text;
  facts.folder = versionPaths(jobs.home, version).dir;
  return facts;
}

async function stateText(jobs: JobService, version: Version): Promise<string> {
  const waiting = (await jobs.insight.waiting([version])).get(version.id);
  return `${version.state}${version.step ? ` (${version.step})` : ''}: ${waiting ?? version.reason}`;
}

function progressText({ step, totalSteps, share, etaMs }: RunProgress): string {
  const left =
    etaMs === null ? '' : `, ${formatDuration(etaMs)} left (until ${timeText(Date.now() + etaMs)})`;
  return `step ${step} of ${totalSteps}, ${Math.floor(share * 100)} %${left}`;
}

async function timesOf(version: Version): Promise<Record<string, string>> {
  const { durationMs } = await import('@semblance/jobs');
  const { createdMs, startedMs, endedMs, attempt, exitCode } = version;
  const seconds = { withSeconds: true };
  return {
    created: timeText(createdMs, seconds),
    ...(startedMs === null ? {} : { started: timeText(startedMs, seconds) }),
    ...(endedMs === null ? {} : { ended: timeText(endedMs, seconds) }),
    ...(startedMs === null
      ? {}
      : {
          time: `${formatDuration(durationMs(version)!)}, attempt ${attempt}${exitCode === null ? '' : `, exit code ${exitCode}`}`,
        }),
  };
}

function placeOf({ spec, code, environment }: Version): Record<string, string> {
  const { workers, gpus } = spec.resources;
  const facts: Record<string, string> = { workers: `${workers}${gpus > 0 ? `, ${gpus} GPUs` : ''}` };
  if (spec.executor) {
    const { name, options } = spec.executor;
    facts.executor = [name, ...Object.entries(options).map(([key, value]) => `${key}=${value}`)].join(' ');
  }
  if (code) facts.code = describeCode(code);
  if (environment) {
    const { host, cores, gpus: cards, versions } = environment;
    const engines = Object.entries(versions).map(([name, value]) => `${name} ${value}`);
    facts.machine = [host, `${cores} cores`, ...cards, ...engines].join(', ');
  }
  return facts;
}

async function systemText(jobs: JobService, version: Version): Promise<string | undefined> {
  const system = await jobs.system(version);
  if (system.length === 0) return undefined;
  const peak = Math.max(...system.map(({ memoryBytes }) => memoryBytes));
  const cpu = system.flatMap((sample) => sample.cpu ?? []);
  return `${mean(cpu).toFixed(2)} cores, at most ${Math.round(peak / 2 ** 20)} MiB of memory`;
}
