import { setTimeout as sleep } from 'node:timers/promises';
import { isEnded, type JobService, type Version, versionName } from '@semblance/jobs';
import { sendEvents } from '../event-stream.ts';
import { signalOf } from '../leased.ts';
import { ofJobs } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { eventStream, jobEvent } from './training-schemas.ts';
import { jobsOf, ofProject, ofTraining, tags } from './training-shared.ts';

const POLL_MS = 1000;
/** Versions that are looked at besides those that wait or run: newer than any look before. */
const MOST_NEW = 100;
const activeStates = ['creating', 'pending', 'running'] as const;

/** What happens to all versions, as it happens. */
export const trainingEventRoutes: RouteGroup = (app, service) => {
  app.get(
    '/v1/:project/training-job-events/stream',
    {
      config: ofTraining(ofJobs),
      schema: {
        operationId: 'streamTrainingEvents',
        summary:
          'All versions as server-sent events: `version` with its state, `metrics` of those that run, `gone`.',
        ...{ tags, params: ofProject, response: { 200: eventStream(jobEvent) } },
      },
    },
    async (_, reply) => {
      const jobs = jobsOf(service);
      const signal = AbortSignal.any([signalOf(reply), service.ending.signal]);
      await sendEvents(reply, jobEvents(jobs, signal), signal);
    },
  );
};

const placeOf = ({ id, job, number }: Version) => ({
  ...{ version_id: id, job_name: job, version_name: versionName(number) },
});
type Place = ReturnType<typeof placeOf>;

/** What was told of a version last, as texts. */
interface Told {
  place: Place;
  version: string;
  metrics: string;
}

/** Versions that wait or run to begin with; from then on whatever becomes another. */
async function* jobEvents(jobs: JobService, signal: AbortSignal) {
  const told = new Map<number, Told>();
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    await jobs.wakeIfActive();
    const { versions, gone } = await look(jobs, told);
    for (const place of gone) yield { event: 'gone', data: place };
    for (const version of versions) {
      const place = placeOf(version);
      const before = told.get(version.id) ?? { place, version: '', metrics: '' };
      const { state, reason, step, parentId, sweep } = version;
      const data = { ...place, state, reason, step, pre_version_id: parentId, sweep };
      const text = JSON.stringify(data);
      const isNews = text !== before.version && !(isFirst && isEnded(state));
      if (isNews) yield { event: 'version', data };
      const figures = state === 'running' ? await figuresOf(jobs, version) : null;
      const metrics = figures ? JSON.stringify(figures) : before.metrics;
      if (figures && metrics !== before.metrics) yield { event: 'metrics', data: { ...place, ...figures } };
      told.set(version.id, { place, version: text, metrics });
    }
    await sleep(POLL_MS, undefined, { signal }).catch(() => {}); // gone: the loop sees it
  }
}

/** Versions that may have something to tell, the oldest first, and those that were deleted since the last look. */
async function look(jobs: JobService, told: Map<number, Told>) {
  const [active, newest] = await Promise.all([
    jobs.list({ states: activeStates }),
    jobs.list({ newestFirst: true, limit: MOST_NEW }),
  ]);
  const found = new Map([...newest, ...active].map((version) => [version.id, version]));
  const gone: Place[] = [];
  for (const [id, { place }] of told) {
    if (found.has(id)) continue;
    // it has ended, or newer ones took its place, or it was deleted
    const version = await jobs.store.get(id);
    if (version) found.set(id, version);
    else gone.push(place);
    if (!version) told.delete(id);
  }
  return { versions: [...found.values()].sort((a, b) => a.id - b.id), gone };
}

/** The figures of a run, and how far it is. */
async function figuresOf({ insight }: JobService, version: Version) {
  const [metrics, progress] = await Promise.all([insight.metrics(version), insight.progress(version)]);
  const values = Object.fromEntries(Object.entries(metrics).map(([name, { value }]) => [name, value]));
  // the time that is left changes by itself, and is no news
  const { step, totalSteps, share } = progress ?? {};
  return { metrics: values, progress: progress && { step, totalSteps, share } };
}
