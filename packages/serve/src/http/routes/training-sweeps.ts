import { jobSchemas, sweepCandidates } from '@semblance/jobs/views';
import { z } from 'zod';
import { ofCreating, ofJobs } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { told } from '../told.ts';
import { noPath } from '../training/reach.ts';
import { taskOf } from '../training/request.ts';
import { givenCount, givenFlag, givenNumber, givenText } from './schemas.ts';
import { jobsOf, ofProject, ofTraining, reachOf, runFields, tags } from './training-shared.ts';

const base = '/v1/:project/training-job-sweeps';
const ofSweep = ofProject.extend({ sweep: givenText().describe('Its number, or a job for its newest.') });
const sweepAnswer = jobSchemas.sweeps.extend({ is_success: z.literal(true) });
const ofMissing = ['SWEEP_NOT_FOUND', 'USAGE_INVALID_VALUE', ...ofJobs] as const;

const values = z.record(z.string(), givenText(1, 10_000));
const halving = z.strictObject({
  parameter: givenText(1, 64).describe('The budget, as epochs.'),
  ...{ min: givenNumber, max: givenNumber, eta: givenNumber.prefault(3) },
  metric: givenText(1, 200).describe('What decides who goes on.'),
  mode: z.enum(['max', 'min']).default('max'),
  is_continued: givenFlag.prefault(false).describe('Starts from the weights that were reached.'),
});

const halvingOf = ({ is_continued: isContinued, ...rest }: z.output<typeof halving>) => ({
  ...rest,
  isContinued,
});

/** Sweeps: many versions of one job, by grid, at random, or by successive halving. */
export const trainingSweepRoutes: RouteGroup = (app, service) => {
  const jobs = () => jobsOf(service);

  app.post(
    base,
    {
      config: ofTraining(['METRIC_NOT_FOUND', ...ofCreating]),
      schema: {
        operationId: 'createTrainingSweep',
        summary:
          'Makes a version for each of many values: every combination of a grid, with values that are drawn.',
        ...{ tags, params: ofProject, response: { 200: sweepAnswer } },
        body: z.strictObject({
          job_name: givenText(),
          job_desc: givenText(0, 256).optional(),
          config: z.strictObject({ task: givenText(), ...runFields }),
          grid: values.optional().describe('Values by parameter: `0.1,0.05`.'),
          random: values
            .optional()
            .describe('Ranges by parameter: `0.1..0.5`, `log:0.001..0.1`, `int:1..10`, `a,b`.'),
          trials: givenCount(1, 1000).prefault(10).describe('How many to draw.'),
          seed: givenCount().prefault(1),
          halving: halving.optional(),
        }),
      },
    },
    async ({ body }) => {
      const { grid, random, trials: numTrials, seed } = body;
      const candidates = sweepCandidates({
        ...(grid ? { grid } : {}),
        ...(random ? { random } : {}),
        ...{ numTrials, seed },
      });
      for (const candidate of candidates)
        for (const [label, value] of Object.entries(candidate)) noPath(label, value);
      const { task, run } = await taskOf(body.config, reachOf(service));
      const plan = { candidates, halving: body.halving ? halvingOf(body.halving) : null };
      const description = body.job_desc ?? '';
      const { sweep } = await jobs().sweep(body.job_name, task, plan, { ...run, description });
      return { is_success: true as const, ...told(await jobs().sweeps.find(String(sweep.id))) };
    },
  );

  app.get(
    base,
    {
      config: ofTraining(ofJobs),
      schema: {
        operationId: 'listTrainingSweeps',
        summary: 'Lists sweeps, newest first.',
        ...{ tags, params: ofProject },
        querystring: z.object({ job_name: givenText().optional() }),
        response: { 200: z.object({ is_success: z.literal(true), sweeps: z.array(jobSchemas.sweeps) }) },
      },
    },
    async ({ query: { job_name } }) => {
      await jobs().wakeIfActive();
      return { is_success: true as const, sweeps: told(await jobs().sweeps.list(job_name)) };
    },
  );

  app.get(
    `${base}/:sweep`,
    {
      config: ofTraining(ofMissing),
      schema: {
        operationId: 'getTrainingSweep',
        summary: 'How a sweep stands: its rungs, and which version is the best.',
        ...{ tags, params: ofSweep, response: { 200: sweepAnswer } },
      },
    },
    async ({ params: { sweep } }) => {
      await jobs().wakeIfActive();
      return { is_success: true as const, ...told(await jobs().sweeps.find(sweep)) };
    },
  );

  app.post(
    `${base}/:sweep/stop`,
    {
      config: ofTraining(['VERSION_WRONG_STATE', ...ofMissing]),
      schema: {
        operationId: 'stopTrainingSweep',
        summary: 'Ends a sweep, and stops all of its versions that wait or run.',
        ...{ tags, params: ofSweep, response: { 200: sweepAnswer } },
      },
    },
    async ({ params: { sweep } }) => {
      const { id } = await jobs().sweeps.find(sweep);
      await jobs().sweeps.stop(id);
      return { is_success: true as const, ...told(await jobs().sweeps.find(String(id))) };
    },
  );
};
