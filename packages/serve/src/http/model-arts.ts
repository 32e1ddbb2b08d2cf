import {
  durationMs,
  type JobInfo,
  type JobService,
  type Version,
  type VersionSpec,
  type VersionState,
  versionName,
} from '@semblance/jobs';
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
    end_time: version.endedMs,
    duration: durationMs(version) ?? 0,
    step: version.step as 'prepare' | 'work' | 'deliver' | null,
    attempt: version.attempt,
    exit_code: version.exitCode,
    sweep: version.sweep && { ...version.sweep },
    version_desc: version.description,
    tags: [...version.tags],
    note: version.note,
    is_starred: version.isStarred,
    is_pinned: version.isPinned,
    ...specJson(spec),
    parameter: labelled(version.parameters),
    seeds: { ...version.seeds },
    metrics: Object.fromEntries(Object.entries(version.metrics).map(([name, { value }]) => [name, value])),
    best_metrics: Object.fromEntries(
      Object.entries(version.metrics).flatMap(([name, { best }]) => (best ? [[name, best]] : [])),
    ),
    artifacts: version.artifacts.map(({ path, sizeBytes, sha256 }) => ({ path, size: sizeBytes, sha256 })),
  };
}

/** How a version is made, in the platform's words: what a body may say, and what only the machine can. */
export const specJson = ({ resources, executor, ...spec }: VersionSpec) => ({
  task: spec.task,
  command: [...spec.command],
  options: { ...spec.options },
  parameter: labelled(spec.parameters),
  data_url: spec.inputs.find(({ name }) => name === 'data')?.location ?? spec.options.data ?? null,
  train_url: spec.outputs.find(({ name }) => name !== 'logs')?.location ?? null,
  log_url: spec.outputs.find(({ name }) => name === 'logs')?.location ?? null,
  inputs: Object.fromEntries(spec.inputs.map(({ name, location }) => [name, location])),
  uses: { ...spec.uses },
  predownload: spec.predownload,
  worker_server_num: resources.workers,
  cpus: resources.cpus,
  memory_bytes: resources.memoryBytes,
  gpus: resources.gpus,
  nice: resources.nice,
  retries: spec.retries,
  timeout_seconds: spec.timeoutMs === null ? null : spec.timeoutMs / 1000,
  executor: executor?.name ?? 'local',
  executor_options: { ...executor?.options },
});

const labelled = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([label, value]) => ({ label, value }));

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
