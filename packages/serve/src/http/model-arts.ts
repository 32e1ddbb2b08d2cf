import {
  durationMs,
  type JobInfo,
  type JobService,
  type RunOptions,
  type TaskRequest,
  type Version,
  type VersionState,
  versionName,
} from '@semblance/jobs';
import type { TaskKind } from '@semblance/jobs/kinds';
import { SemblanceError } from '../error.ts';

/** The platform's numbers of our states. */
const statuses: Readonly<Record<VersionState, number>> = {
  creating: 1,
  pending: 7,
  running: 8,
  completed: 10,
  failed: 11,
  stopped: 12,
  lost: 14,
};

/** A training job's body: what the platform calls `config`, as far as it has a meaning here. */
export interface JobConfig {
  /** A name of the table of task kinds; ours. */
  task?: string;
  /** The data: a location in a bucket. */
  data_url?: string;
  /** Where the outputs go: a location in a bucket. */
  train_url?: string;
  log_url?: string;
  /** Parameters; those named like an option of the task (recipe, loss, init) are that option. */
  parameter?: { label: string; value: string }[];
  worker_server_num?: number;
  pre_version_id?: number;
  /** Goes on from the weights of `pre_version_id`. */
  is_continued?: boolean;
}

/** A version in the platform's words. */
export function versionJson(version: Version) {
  const { spec } = version;
  return {
    version_id: version.id,
    version_name: versionName(version.number),
    job_name: version.job,
    pre_version_id: version.parentId,
    status: statuses[version.state],
    state: version.state,
    reason: version.reason,
    create_time: version.createdMs,
    start_time: version.startedMs,
    duration: durationMs(version) ?? 0,
    version_desc: version.description,
    tags: [...version.tags],
    note: version.note,
    is_starred: version.isStarred,
    is_pinned: version.isPinned,
    task: spec.task,
    parameter: Object.entries(version.parameters).map(([label, value]) => ({ label, value })),
    data_url: spec.inputs.find(({ name }) => name === 'data')?.location ?? spec.options.data ?? null,
    train_url: spec.outputs.find(({ name }) => name !== 'logs')?.location ?? null,
    worker_server_num: spec.resources.workers,
    metrics: Object.fromEntries(Object.entries(version.metrics).map(([name, { value }]) => [name, value])),
    best_metrics: Object.fromEntries(
      Object.entries(version.metrics).flatMap(([name, { best }]) => (best ? [[name, best]] : [])),
    ),
    artifacts: version.artifacts.map(({ path, sizeBytes, sha256 }) => ({ path, size: sizeBytes, sha256 })),
  };
}

/** A job with its newest version, in the platform's words. */
export const jobJson = ({ name, numVersions, createdMs }: JobInfo, newest: Version | undefined) => ({
  job_id: name,
  job_name: name,
  version_count: numVersions,
  create_time: createdMs,
  ...(newest
    ? {
        version_id: newest.id,
        version_name: versionName(newest.number),
        status: statuses[newest.state],
        state: newest.state,
        duration: durationMs(newest) ?? 0,
        job_desc: newest.description,
      }
    : {}),
});

/**
 * What a body asks for. Whoever calls over a network reaches buckets and nothing of this machine: no path, no `file://`, no
 * command of their own.
 *
 * @param kinds those that the service's jobs know; their options are what a body may name
 * @throws SemblanceError REQUEST_INVALID, PATH_OUTSIDE_ROOT, TASK_UNKNOWN
 */
export function taskOf(
  config: JobConfig,
  kinds: readonly TaskKind[],
): { task: TaskRequest; run: RunOptions } {
  const kind = kinds.find(({ name, words }) => name === config.task && words.length > 0);
  if (!kind) {
    const names = kinds.filter(({ words }) => words.length > 0).map(({ name }) => name);
    throw new SemblanceError('TASK_UNKNOWN', `expected one of ${names.join(', ')} for task`);
  }
  const options: Record<string, string> = {};
  const parameters: Record<string, string> = {};
  if (config.data_url !== undefined) options.data = bucketOnly('data_url', config.data_url);
  for (const { label, value } of config.parameter ?? []) {
    const option = kind.options[label];
    if (option === undefined) parameters[label] = noPath(label, value);
    else if (option === 'local') throw outside(`${label} names a folder of this machine: such folders`);
    else options[label] = option === 'input' ? bucketOnly(label, value) : noPath(label, value);
  }
  const [place] = Object.values(kind.outputs);
  const outputs: Record<string, string> = {};
  if (config.train_url !== undefined && place !== undefined) {
    outputs[place] = bucketOnly('train_url', config.train_url);
  }
  if (config.log_url !== undefined) outputs.logs = bucketOnly('log_url', config.log_url);
  return { task: { task: kind.name, options, parameters, command: [], outputs }, run: runOf(config) };
}

const runOf = ({ worker_server_num }: JobConfig): RunOptions =>
  worker_server_num === undefined ? {} : { resources: { workers: worker_server_num } };

/** What no option means as a path, so that a text is one nowhere: no slash, no home folder, nothing above. */
function noPath(name: string, value: string): string {
  if (!/[/\\\0]|^~|^\.{1,2}$/.test(value)) return value;
  throw outside(`expected a word or a number for ${name}: paths on this machine`);
}

const outside = (what: string): SemblanceError =>
  new SemblanceError('PATH_OUTSIDE_ROOT', `${what} are not accepted over HTTP`);

/** A location in a bucket, and nothing else. */
function bucketOnly(name: string, value: string): string {
  if (/^(s3|obs):\/\//i.test(value)) return value;
  throw outside(`expected s3://… or obs://… for ${name}: paths on this machine`);
}

/** Finds a version of a job by its number in the store or its name. @throws VERSION_NOT_FOUND, JOB_NOT_FOUND */
export async function versionOf(jobs: JobService, job: string, id: string): Promise<Version> {
  if (/^V\d+$/i.test(id)) return jobs.find(`${job}/${id}`);
  // an alias of the job
  if (!/^\d+$/.test(id)) return jobs.find(`${job}@${id}`);
  const version = /^\d{1,12}$/.test(id) ? await jobs.store.get(Number(id)) : null;
  if (version?.job === job) return version;
  throw new SemblanceError(
    'VERSION_NOT_FOUND',
    `the job ${job.slice(0, 80)} has no version ${id.slice(0, 40)}`,
  );
}
