import { z } from 'zod';
import { versionOf } from '../model-arts.ts';
import type { RouteGroup } from '../service.ts';
import { told } from '../told.ts';
import { givenText } from './schemas.ts';
import { versionBase as base, jobsOf, ofTraining, ofVersion, tags } from './training-shared.ts';

const is_success = z.literal(true);
const number = z.number();

/** What is seen of a version over time: curves, the machine, its states. */
export const trainingObservationRoutes: RouteGroup = (app, service) => {
  const jobs = () => jobsOf(service);

  app.get(
    `${base}/curves`,
    {
      config: ofTraining(),
      schema: {
        operationId: 'getTrainingCurves',
        summary: 'Figures over the steps of the run so far, by name: [step, value].',
        ...{ tags, params: ofVersion },
        querystring: z.object({
          names: givenText(1, 2000).optional().describe('Only these, separated by commas.'),
        }),
        response: {
          200: z.object({ is_success, curves: z.record(z.string(), z.array(z.array(number))) }),
        },
      },
    },
    async ({ params: { job, version }, query: { names } }) => {
      const all = await jobs().curves(await versionOf(jobs(), job, version));
      const wanted = names?.split(',');
      const shown = Object.entries(all).filter(([name]) => wanted?.includes(name) ?? true);
      return { is_success: true as const, curves: Object.fromEntries(shown) };
    },
  );

  app.get(
    `${base}/system`,
    {
      config: ofTraining(),
      schema: {
        operationId: 'getTrainingSystem',
        summary: 'CPU, memory and GPU use of a version over time.',
        ...{ tags, params: ofVersion },
        response: {
          200: z.object({
            is_success,
            samples: z.array(
              z.looseObject({
                ...{ atMs: number, cpu: number.nullable(), memoryBytes: number, numProcesses: number },
              }),
            ),
          }),
        },
      },
    },
    async ({ params: { job, version } }) => ({
      is_success: true as const,
      samples: told(await jobs().system(await versionOf(jobs(), job, version))),
    }),
  );

  app.get(
    `${base}/events`,
    {
      config: ofTraining(),
      schema: {
        operationId: 'listTrainingEvents',
        summary: 'The states that a version went through, oldest first, each with its reason.',
        ...{ tags, params: ofVersion },
        response: {
          200: z.object({
            is_success,
            events: z.array(
              z.looseObject({
                atMs: number,
                from: z.string().nullable(),
                to: z.string(),
                reason: z.string(),
              }),
            ),
          }),
        },
      },
    },
    async ({ params: { job, version } }) => {
      const { id: versionId } = await versionOf(jobs(), job, version);
      return { is_success: true as const, events: told(await jobs().events({ versionId })) };
    },
  );
};
