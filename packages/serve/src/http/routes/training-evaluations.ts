import { fullName } from '@semblance/jobs';
import { evaluationsOf, namedVersions } from '@semblance/jobs/views';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { ofCreating, ofVersions } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { told } from '../told.ts';
import { taskOf } from '../training/request.ts';
import { givenFlag, givenText } from './schemas.ts';
import { state } from './training-schemas.ts';
import {
  jobsOf,
  ofProject,
  ofTraining,
  reachOf,
  referencesOf,
  runFields,
  tags,
  versionList,
} from './training-shared.ts';

const base = '/v1/:project/training-job-evaluations';
const MOST_AT_ONCE = 100;

const miss = z.looseObject({
  ...{ first: z.string(), second: z.string(), same: z.boolean(), similarity: z.number() },
  pictures: z.array(z.string()).describe('Both in small, as data URLs.'),
});
const evaluation = z
  .object({
    version: z.string().describe('The version that was measured: `faces/V0003`.'),
    by: z.string().nullable().describe('The version that measures it; null where a command did.'),
    ...{ set: z.string(), fingerprint: z.string(), state, reason: z.string() },
    metrics: z
      .record(z.string(), z.looseObject({ value: z.number(), interval: z.array(z.number()).optional() }))
      .describe('`fnmrAtFmr.0.001`, `eer`, `accuracy`, with 95 % intervals.'),
    misses: z.array(miss).describe('What it judged worst; with `misses=true`.'),
  })
  .meta({ id: 'TrainingEvaluation', description: 'How a version did on a set.' });

/** Evaluations of versions on sets of one's own: each is a version of a job, made and followed like others. */
export const trainingEvaluationRoutes: RouteGroup = (app, service) => {
  const jobs = () => jobsOf(service);

  app.post(
    base,
    {
      config: ofTraining(ofCreating),
      schema: {
        operationId: 'createTrainingEvaluations',
        summary: 'Begins to measure the models of versions on one set: a version of a job for each.',
        ...{ tags, params: ofProject },
        body: z.strictObject({
          job_name: givenText().prefault('evaluations').describe('The job whose versions measure.'),
          task: givenText().prefault('evaluate-verification'),
          versions: z
            .array(givenText())
            .min(1)
            .max(MOST_AT_ONCE)
            .describe('As `faces/V0003`; a job for all of it.'),
          config: z.strictObject(runFields).describe('The set and how it is measured: options of the task.'),
        }),
        response: {
          200: z.object({
            is_success: z.literal(true),
            evaluations: z.array(z.object({ version: z.string(), by: z.string() })),
          }),
        },
      },
    },
    async ({ body: { job_name, task: name, versions: references, config } }) => {
      const rule = jobs().parts.kind(name).evaluates;
      if (!rule)
        throw new SemblanceError(
          'REQUEST_INVALID',
          `${name.slice(0, 80)} does not measure the models of versions`,
        );
      const isDone = ({ state }: { state: string }) => state === 'completed';
      const versions = await namedVersions(jobs().store, references, isDone);
      if (versions.length === 0 || versions.length > MOST_AT_ONCE)
        throw new SemblanceError(
          'REQUEST_INVALID',
          `expected 1 to ${MOST_AT_ONCE} versions that completed, but these are ${versions.length}`,
        );
      const reach = reachOf(service);
      const requests = await Promise.all(
        versions.map((version) => {
          const parameter = [...(config.parameter ?? []), { label: rule.model, value: fullName(version) }];
          return taskOf({ ...config, task: name, parameter }, reach);
        }),
      );
      const evaluations = [];
      for (const [i, { task, run }] of requests.entries()) {
        const version = fullName(versions[i]!);
        const made = await jobs().create(job_name, task, { ...run, description: `measures ${version}` });
        evaluations.push({ version, by: fullName(made) });
      }
      return { is_success: true as const, evaluations };
    },
  );

  app.get(
    base,
    {
      config: ofTraining(['USAGE_INVALID_VALUE', ...ofVersions]),
      schema: {
        operationId: 'listTrainingEvaluations',
        summary: 'How versions did on sets: error rates at operating points, those on their way included.',
        ...{ tags, params: ofProject },
        querystring: z.object({
          versions: versionList,
          misses: givenFlag.prefault(false).describe('Also the pairs that were judged worst.'),
        }),
        response: { 200: z.object({ is_success: z.literal(true), evaluations: z.array(evaluation) }) },
      },
    },
    async ({ query: { versions: references, misses } }) => {
      const versions = await namedVersions(jobs().store, referencesOf(references));
      const found = await Promise.all(versions.map((version) => evaluationsOf(jobs(), version)));
      const evaluations = found.flat().map((one) => told({ ...one, misses: misses ? one.misses : [] }));
      return { is_success: true as const, evaluations };
    },
  );
};
