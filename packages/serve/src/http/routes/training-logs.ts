import { setTimeout as sleep } from 'node:timers/promises';
import { isSettled, type JobService, type Version } from '@semblance/jobs';
import { z } from 'zod';
import { sendEvents } from '../event-stream.ts';
import { signalOf } from '../leased.ts';
import { versionOf } from '../model-arts.ts';
import { ofVersions } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { count, givenCount, givenText } from './schemas.ts';
import { eventStream, logEvent, metricEvent } from './training-schemas.ts';
import { versionBase as base, jobsOf, ofTraining, ofVersion, tags } from './training-shared.ts';

const params = ofVersion;
type Params = z.output<typeof params>;
const worker = givenCount().prefault(0).describe('The worker whose log it is.');
const METRICS_POLL_MS = 1000;

/** Logs and metrics of versions: by pages, and as server-sent events while they come. */
export const trainingLogRoutes: RouteGroup = (app, service) => {
  const jobs = () => jobsOf(service);
  const find = ({ job, version }: Params) => versionOf(jobs(), job, version);

  app.get(
    `${base}/logs`,
    {
      config: ofTraining(['LOG_NOT_FOUND', ...ofVersions]),
      schema: {
        operationId: 'getTrainingLog',
        summary: 'A page of a log, or the lines that hold a keyword.',
        tags,
        params,
        querystring: z.object({
          base_line: givenCount(1).optional(),
          lines: givenCount(1, 10_000).prefault(500),
          order: z.enum(['asc', 'desc']).default('asc'),
          worker,
          keyword: givenText(1, 200).optional(),
        }),
        response: {
          200: z.object({
            ...{ is_success: z.boolean(), content: z.string(), lines: count, start_line: count },
            ...{ end_line: count, total_lines: count },
          }),
        },
      },
    },
    async ({ params, query: { base_line, keyword, ...query } }) => {
      const version = await find(params);
      const fromLine = base_line === undefined ? {} : { fromLine: base_line };
      const page = keyword
        ? await jobs().searchLog(version, keyword, { worker: query.worker, lines: query.lines, ...fromLine })
        : await jobs().logPage(version, {
            ...query,
            ...(base_line === undefined ? {} : { baseLine: base_line }),
          });
      const { lines } = page;
      return {
        is_success: true,
        content: lines.map(({ text }) => text).join('\n'),
        lines: lines.length,
        start_line: lines[0]?.number ?? 0,
        end_line: lines.at(-1)?.number ?? 0,
        total_lines: 'numLines' in page ? page.numLines : lines.length,
      };
    },
  );

  app.get(
    `${base}/log/file-names`,
    {
      config: ofTraining(),
      schema: {
        operationId: 'listTrainingLogFiles',
        summary: 'The logs of a version, one for each worker.',
        tags,
        params,
        response: { 200: z.object({ is_success: z.boolean(), log_file_list: z.array(z.string()) }) },
      },
    },
    async ({ params }) => {
      const { workers } = (await find(params)).spec.resources;
      return {
        is_success: true,
        log_file_list: Array.from({ length: workers }, (_, i) => `worker-${i}.log`),
      };
    },
  );

  app.get(
    `${base}/logs/stream`,
    {
      config: ofTraining(['LOG_NOT_FOUND', ...ofVersions]),
      schema: {
        operationId: 'streamTrainingLog',
        summary: 'A log as server-sent events: `log` with pieces of text, `state`, `end`.',
        tags,
        params,
        querystring: z.object({ worker }),
        response: { 200: eventStream(logEvent) },
      },
    },
    async ({ params, query }, reply) => {
      const version = await find(params);
      // a worker that is not there is said before anything is sent
      const signal = AbortSignal.any([signalOf(reply), service.ending.signal]);
      const pieces = jobs().follow(version, { worker: query.worker, signal });
      await sendEvents(reply, logEvents(jobs(), version, pieces), signal);
    },
  );

  app.get(
    `${base}/metrics/stream`,
    {
      config: ofTraining(),
      schema: {
        operationId: 'streamTrainingMetrics',
        summary: 'Metrics as server-sent events: `point` with name, step and value, `state`, `end`.',
        tags,
        params,
        response: { 200: eventStream(metricEvent) },
      },
    },
    async ({ params }, reply) => {
      const version = await find(params);
      const signal = AbortSignal.any([signalOf(reply), service.ending.signal]);
      await sendEvents(reply, metricEvents(jobs(), version, signal), signal);
    },
  );
};

const stateEvent = ({ state, reason }: Version) => ({ event: 'state', data: { state, reason } });

async function* logEvents(jobs: JobService, version: Version, pieces: AsyncIterable<string>) {
  for await (const text of pieces) yield { event: 'log', data: { text } };
  yield stateEvent((await jobs.store.get(version.id)) ?? version);
}

/** Every point of every curve once, in the order of its steps, as they come. */
async function* metricEvents(jobs: JobService, version: Version, signal: AbortSignal) {
  const sent = new Map<string, number>();
  let state = '';
  while (!signal.aborted) {
    const current = await jobs.store.get(version.id);
    // asked before the last read: what is written before the end is read after it
    const isLast = current === null || isSettled(current);
    for (const [name, curve] of Object.entries(await jobs.curves(version))) {
      for (const [step, value] of curve) {
        if (step <= (sent.get(name) ?? -1)) continue;
        sent.set(name, step);
        yield { event: 'point', data: { name, step, value } };
      }
    }
    if (current !== null && current.state !== state) {
      state = current.state;
      yield stateEvent(current);
    }
    if (isLast) return;
    await sleep(METRICS_POLL_MS, undefined, { signal }).catch(() => {}); // gone: the loop sees it
  }
}
