import { z } from 'zod';
import { count } from './schemas.ts';

const state = z.enum(['creating', 'pending', 'running', 'completed', 'failed', 'stopped', 'lost']);

const stateEvent = z.object({
  event: z.literal('state'),
  data: z.object({ state, reason: z.string() }),
});
const endEvent = z.object({ event: z.literal('end'), data: z.object({}) });

/** What a log says while it is followed. */
export const logEvent = z
  .union([z.object({ event: z.literal('log'), data: z.object({ text: z.string() }) }), stateEvent, endEvent])
  .meta({ id: 'LogEvent', description: 'Pieces of a log, then the state of the version, then the end.' });

/** What the metrics of a version say while they are followed. */
export const metricEvent = z
  .union([
    z.object({
      event: z.literal('point'),
      data: z.object({ name: z.string(), step: z.number(), value: z.number() }),
    }),
    stateEvent,
    endEvent,
  ])
  .meta({ id: 'MetricEvent', description: 'Points of curves as they come, states, and the end.' });

/** An answer of server-sent events; the schema is that of each: its name, and its data, which are sent as JSON. */
export const eventStream = <T extends z.ZodType>(event: T) => ({
  description:
    'Server-sent events until the version ends. The schema is that of each event; `data` is sent as JSON.',
  content: { 'text/event-stream': { schema: event } },
});

/** A number of a run, which may have run away from what JSON has numbers for. */
const figure = z.custom<number>().meta({ type: ['number', 'null'] });
const parameter = z.object({ label: z.string(), value: z.string() });

/** A version in the platform's words; there may be more. */
export const trainingVersion = z
  .looseObject({
    version_id: count,
    version_name: z.string(),
    job_name: z.string(),
    pre_version_id: count.nullable(),
    status: count.describe('The platform’s number of the state.'),
    state,
    reason: z.string(),
    create_time: z.number().describe('Milliseconds since 1970.'),
    start_time: z.number().nullable(),
    duration: z.number().describe('Milliseconds.'),
    version_desc: z.string(),
    tags: z.array(z.string()),
    note: z.string(),
    is_starred: z.boolean(),
    is_pinned: z.boolean(),
    task: z.string(),
    parameter: z.array(parameter),
    data_url: z.string().nullable(),
    train_url: z.string().nullable(),
    worker_server_num: count,
    metrics: z.record(z.string(), figure),
    artifacts: z.array(z.object({ path: z.string(), size: count, sha256: z.string() })),
  })
  .meta({ id: 'TrainingVersion' });

const success = { is_success: z.literal(true) };
export const done = z.looseObject(success);
/** A version, with what concerns the moment. */
export const versionAnswer = trainingVersion.extend({ ...success, job_id: z.string() });

/** A job with its newest version. */
const trainingJob = z.looseObject({
  job_id: z.string(),
  job_name: z.string(),
  version_count: count,
  create_time: z.number(),
  version_id: count.optional(),
  version_name: z.string().optional(),
  state: state.optional(),
  job_desc: z.string().optional(),
});
export const jobsAnswer = z.looseObject({ ...success, job_total_count: count, jobs: z.array(trainingJob) });
export const versionsAnswer = trainingJob.extend({ ...success, versions: z.array(trainingVersion) });

const alias = z.object({ name: z.string(), version_name: z.string(), since: z.number() });
export const aliasesAnswer = z.looseObject({ ...success, aliases: z.array(alias) });

const template = z.object({
  ...{ config_name: z.string(), task: z.string(), worker_server_num: count, parameter: z.array(parameter) },
});
export const templatesAnswer = z.looseObject({
  ...success,
  config_total_count: count,
  configs: z.array(template),
});
