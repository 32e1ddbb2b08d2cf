import { z } from 'zod';
import { count } from './schemas.ts';

export const state = z.enum(['creating', 'pending', 'running', 'completed', 'failed', 'stopped', 'lost']);

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

const place = { version_id: count, job_name: z.string(), version_name: z.string() };
/** What happens to versions, whichever. */
export const jobEvent = z
  .union([
    z.object({
      event: z.literal('version'),
      data: z.object({
        ...{ ...place, state, reason: z.string(), step: z.string().nullable() },
        pre_version_id: count.nullable(),
        sweep: z.object({ id: count, rung: count, index: count }).nullable(),
      }),
    }),
    z.object({
      event: z.literal('metrics'),
      data: z.object({
        ...{ ...place, metrics: z.record(z.string(), z.number()) },
        progress: z.object({ step: count, totalSteps: count, share: z.number() }).nullable(),
      }),
    }),
    z.object({ event: z.literal('gone'), data: z.object(place).describe('It was deleted.') }),
    endEvent,
  ])
  .meta({
    id: 'JobEvent',
    description: 'States of versions, and figures of those that run, as they change.',
  });

/** An answer of server-sent events; the schema is that of each: its name, and its data, which are sent as JSON. */
export const eventStream = <T extends z.ZodType>(event: T) => ({
  description:
    'Server-sent events until the version ends. The schema is that of each event; `data` is sent as JSON.',
  content: { 'text/event-stream': { schema: event } },
});

/** A number of a run, which may have run away from what JSON has numbers for. */
const figure = z.custom<number>().meta({ type: ['number', 'null'] });
const parameter = z.object({ label: z.string(), value: z.string() });

const texts = z.record(z.string(), z.string());
/** How a version is made. */
const spec = {
  ...{ task: z.string(), command: z.array(z.string()), options: texts },
  parameter: z.array(parameter),
  ...{ data_url: z.string().nullable(), train_url: z.string().nullable(), log_url: z.string().nullable() },
  inputs: texts.describe('Locations by name.'),
  uses: texts.describe('Versions that inputs were taken from, by the name of the input.'),
  ...{ predownload: z.boolean(), worker_server_num: count, cpus: z.number().nullable() },
  ...{ memory_bytes: z.number().nullable(), gpus: count, nice: count, retries: count },
  timeout_seconds: z.number().nullable(),
  ...{ executor: z.string(), executor_options: texts },
};

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
    ...spec,
    seeds: z.record(z.string(), z.string()),
    sweep: z.object({ id: count, rung: count, index: count }).nullable(),
    end_time: z.number().nullable(),
    step: z.enum(['prepare', 'work', 'deliver']).nullable(),
    attempt: count,
    exit_code: z.number().nullable(),
    metrics: z.record(z.string(), figure),
    best_metrics: z.record(z.string(), z.object({ value: figure, step: z.number() })),
    artifacts: z.array(z.object({ path: z.string(), size: count, sha256: z.string() })),
  })
  .meta({ id: 'TrainingVersion' });

const success = { is_success: z.literal(true) };
export const done = z.looseObject(success);
/** A version, with what concerns the moment. */
export const versionAnswer = trainingVersion.extend({ ...success, job_id: z.string() });

export const progress = z
  .looseObject({ step: z.number(), totalSteps: z.number(), share: z.number(), etaMs: z.number().nullable() })
  .nullable()
  .describe('How far a running version is, where its metrics tell.');
const waiting = z.string().nullable().describe('Behind what it waits.');
/** A version as it is now, with all that is recorded of it. */
export const shownVersion = versionAnswer.extend({
  ...{ progress, waiting, aliases: z.array(z.string()), used_by: z.array(z.string()) },
  hint: z.object({ cause: z.string(), fix: z.string() }).nullable(),
  records: z.array(
    z.object({ kind: z.enum(['evaluation', 'deployment']), time: z.number(), text: z.string() }),
  ),
  code: z.looseObject({ commit: z.string().nullable(), isDirty: z.boolean() }).nullable(),
  data: z.array(
    z.looseObject({ name: z.string(), location: z.string(), fingerprint: z.string(), numFiles: count }),
  ),
  environment: z.looseObject({ host: z.string(), os: z.string(), cores: count }).nullable(),
});

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
export const versionsAnswer = trainingJob.extend({
  ...success,
  versions: z.array(trainingVersion.extend({ progress, waiting })),
});

const alias = z.object({ name: z.string(), version_name: z.string(), since: z.number() });
export const aliasesAnswer = z.looseObject({ ...success, aliases: z.array(alias) });

const template = z.looseObject({ config_name: z.string(), ...spec });
export const templateAnswer = template.extend(success);
export const templatesAnswer = z.looseObject({
  ...success,
  config_total_count: count,
  configs: z.array(template),
});
