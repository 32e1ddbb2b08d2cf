import { z } from 'zod';
import { versionStates } from './states.ts';

const ms = z.number().describe('Milliseconds of the Unix epoch.');
const texts = z.record(z.string(), z.string());
const place = z.looseObject({ name: z.string(), location: z.string() });
const version = z.string().describe('As faces/V0003.');

const metric = z.looseObject({
  value: z.number().describe('The newest.'),
  interval: z.tuple([z.number(), z.number()]).optional().describe('95 %.'),
  best: z.looseObject({ value: z.number(), step: z.number() }).optional().describe('The best of the run.'),
});
const metrics = z.record(z.string(), metric);
const progress = z
  .looseObject({ step: z.number(), totalSteps: z.number(), share: z.number(), etaMs: z.number().nullable() })
  .nullable()
  .describe('How far a running version is, where its metrics say totalSteps.');

const spec = z.looseObject({
  ...{ task: z.string(), options: texts, parameters: texts, command: z.array(z.string()) },
  ...{ cwd: z.string(), codeDir: z.string(), inputs: z.array(place), outputs: z.array(place) },
  uses: texts.optional().describe('Versions that inputs were taken from, by the name of the input.'),
  predownload: z.boolean(),
  resources: z.looseObject({
    ...{ workers: z.number(), cpus: z.number().nullable(), memoryBytes: z.number().nullable() },
    ...{ gpus: z.number(), nice: z.number() },
  }),
  ...{ env: texts, retries: z.number(), timeoutMs: z.number().nullable() },
});

const stored = z.looseObject({
  ...{ id: z.number(), job: z.string(), number: z.number(), description: z.string() },
  ...{ tags: z.array(z.string()), note: z.string(), isStarred: z.boolean(), isPinned: z.boolean() },
  parentId: z.number().nullable(),
  sweep: z.looseObject({ id: z.number(), rung: z.number(), index: z.number() }).nullable(),
  state: z.enum(versionStates as [string, ...string[]]),
  reason: z.string(),
  machine: z.string().nullable().describe('That looks after it, in a store of several machines.'),
  step: z.enum(['prepare', 'work', 'deliver']).nullable(),
  ...{ attempt: z.number(), retriesLeft: z.number(), exitCode: z.number().nullable() },
  gpus: z.array(z.number()),
  ...{ createdMs: ms, startedMs: ms.nullable(), endedMs: ms.nullable() },
  ...{ spec, parameters: texts, seeds: texts, metrics, progress },
  data: z.array(
    z.looseObject({
      ...{ name: z.string(), location: z.string(), fingerprint: z.string() },
      ...{ numFiles: z.number(), sizeBytes: z.number() },
    }),
  ),
  artifacts: z.array(z.looseObject({ path: z.string(), sizeBytes: z.number(), sha256: z.string() })),
});

const row = <T extends z.ZodType>(value: T) =>
  z.looseObject({ name: z.string(), values: z.array(value.nullable()), differs: z.boolean() });
const facts = z.array(row(z.string()));

/** What commands print with `--format json`, by the command; fields may be added. */
export const schemas = {
  list: stored
    .extend({ waiting: z.string().nullable().describe('Behind what it waits.') })
    .describe('semblance jobs list --format json: a line per version.'),
  show: stored
    .extend({
      aliases: z.array(z.string()).describe('As faces@production.'),
      usedBy: z.array(z.string()),
      records: z.array(
        z.looseObject({ kind: z.enum(['evaluation', 'deployment']), atMs: ms, text: z.string() }),
      ),
      hint: z.looseObject({ cause: z.string(), fix: z.string() }).nullable(),
      curves: z
        .record(z.string(), z.array(z.tuple([z.number(), z.number()])))
        .describe('[step, value] by figure.'),
      system: z.array(z.looseObject({ atMs: ms, cpu: z.number().nullable(), memoryBytes: z.number() })),
      events: z.array(
        z.looseObject({ atMs: ms, from: z.string().nullable(), to: z.string(), reason: z.string() }),
      ),
    })
    .describe('semblance jobs show --format json.'),
  compare: z
    .looseObject({
      versions: z.array(
        z.looseObject({
          id: z.number(),
          name: version,
          state: z.string(),
          durationMs: z.number().nullable(),
        }),
      ),
      baseline: version,
      groups: z.array(z.looseObject({ name: version, versions: z.array(version) })),
      ...{
        parameters: facts,
        metrics: z.array(row(metric)),
        data: facts,
        code: row(z.string()),
        environment: facts,
      },
      differences: z.array(
        z.looseObject({
          ...{ from: version, to: version },
          code: z.string().nullable().describe('A diff; null where it cannot be told.'),
          data: z.array(
            z.looseObject({
              ...{ input: z.string(), numAdded: z.number(), numRemoved: z.number(), numChanged: z.number() },
              shown: z.array(z.string()),
            }),
          ),
        }),
      ),
    })
    .describe('semblance jobs compare --format json.'),
  sweeps: z
    .looseObject({
      ...{ id: z.number(), job: z.string(), createdMs: ms },
      state: z.enum(['running', 'completed', 'failed', 'stopped']),
      ...{ reason: z.string(), metric: z.string().nullable(), mode: z.enum(['max', 'min']).nullable() },
      rungs: z.array(
        z.looseObject({
          budget: z.string().describe('As epochs=3; empty without halving.'),
          size: z.number(),
          versions: z.array(z.looseObject({ version, state: z.string() })),
        }),
      ),
      best: z.looseObject({ version, value: z.number() }).nullable(),
    })
    .describe('semblance jobs sweeps --format json: a line per sweep.'),
  evaluate: z
    .looseObject({
      ...{ version, accuracy: z.number(), eer: z.number(), threshold: z.number(), pairs: z.number() },
      tarAtFar: z.record(z.string(), z.number()).describe('1 − FNMR, by FMR.'),
    })
    .describe('semblance jobs evaluate --format json: a line per version.'),
};

/**
 * The JSON Schema (draft 2020-12) of what `semblance jobs list`, `show`, `compare` or `evaluate` print with `--format json`.
 *
 * @example
 * ```ts
 * import { jobSchema } from '@semblance/jobs';
 *
 * console.log(jobSchema('list').type); // object
 * ```
 */
export const jobSchema = (name: keyof typeof schemas): Record<string, unknown> =>
  z.toJSONSchema(schemas[name]) as Record<string, unknown>;
