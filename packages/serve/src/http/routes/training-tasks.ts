import { presetParameters } from '@semblance/jobs/views';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { ofRecipes } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { noPath } from '../training/reach.ts';
import { givenText } from './schemas.ts';
import { jobsOf, ofProject, ofTraining, tags } from './training-shared.ts';

const base = '/v1/:project/training-job-tasks';
const task = z.object({
  ...{ task: z.string(), summary: z.string() },
  options: z
    .record(z.string(), z.enum(['input', 'text', 'flag']))
    .describe('What `parameter` may name besides the parameters of the task.'),
  required: z.array(z.string()),
  takes_workers: z.boolean(),
  trains: z.enum(['detection', 'recognition']).nullable(),
  measures: z.string().nullable().describe('Of an evaluation: the option that names the model.'),
});

/** What a version can be asked to do: what a form for it is made from. */
export const trainingTaskRoutes: RouteGroup = (app, service) => {
  const tasks = () =>
    jobsOf(service)
      .parts.kinds.filter(({ words }) => words.length > 0)
      .map(({ name, summary, options, required, takesWorkers, trains, evaluates }) => ({
        ...{ task: name, summary, required: [...required], takes_workers: takesWorkers, trains },
        // a folder of this machine is none of a caller's
        options: Object.fromEntries(
          Object.entries(options).flatMap(([option, kind]) => (kind === 'local' ? [] : [[option, kind]])),
        ),
        measures: evaluates?.model ?? null,
      }));

  app.get(
    base,
    {
      config: ofTraining(['JOBS_UNSUPPORTED']),
      schema: {
        operationId: 'listTrainingTasks',
        summary: 'What a version can be asked to do, with the options of each.',
        ...{ tags, params: ofProject },
        response: { 200: z.object({ is_success: z.literal(true), tasks: z.array(task) }) },
      },
    },
    async () => ({ is_success: true as const, tasks: tasks() }),
  );

  app.get(
    `${base}/:task`,
    {
      config: ofTraining(['JOBS_UNSUPPORTED', 'TASK_UNKNOWN', 'PATH_OUTSIDE_ROOT', ...ofRecipes]),
      schema: {
        operationId: 'getTrainingTask',
        summary:
          'A task with its parameters as they are where nothing is set: of a training those of its recipe.',
        ...{ tags, params: ofProject.extend({ task: givenText() }) },
        querystring: z.object({ recipe: givenText().optional(), loss: givenText().optional() }),
        response: {
          200: task.extend({
            is_success: z.literal(true),
            parameter: z.array(z.object({ label: z.string(), value: z.string() })),
          }),
        },
      },
    },
    async ({ params: { task: name }, query }) => {
      const found = tasks().find((one) => one.task === name);
      if (!found) throw new SemblanceError('TASK_UNKNOWN', `there is no task ${name.slice(0, 80)}`);
      const options = Object.fromEntries(
        Object.entries(query).flatMap(([label, value]) =>
          value === undefined ? [] : [[label, noPath(label, value)]],
        ),
      );
      const preset = await presetParameters(jobsOf(service).parts, name, options);
      const parameter = Object.entries(preset).map(([label, value]) => ({ label, value }));
      return { is_success: true as const, ...found, parameter };
    },
  );
};
