import type { Version, VersionState } from '@semblance/jobs';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { jobJson, versionJson, versionOf } from '../model-arts.ts';
import { ofCreating } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { told } from '../told.ts';
import { changesOf, taskOf } from '../training/request.ts';
import { givenCount, givenFlag, givenText } from './schemas.ts';
import { jobsAnswer, state, versionAnswer, versionsAnswer } from './training-schemas.ts';
import {
  jobsBase as base,
  jobsOf,
  ofJob,
  ofProject,
  ofTraining,
  reachOf,
  runFields,
  tags,
} from './training-shared.ts';

const page = givenCount(1).prefault(1);
const per_page = givenCount(1, 1000).prefault(10);

const jobConfig = z.strictObject({
  ...runFields,
  task: givenText().optional(),
  config_name: givenText().optional().describe('A template to make it from, in place of a task.'),
  pre_version_id: z
    .union([z.number(), z.string()])
    .optional()
    .describe('The version to make it from: its id, name or alias.'),
  is_continued: givenFlag.optional().describe('Starts from the weights of that version.'),
  is_resumed: givenFlag.optional().describe('Goes on from the checkpoint of that version.'),
});
const body = z.object({
  job_name: givenText().optional(),
  job_desc: givenText(0, 256).optional(),
  config: jobConfig,
});

/** Training jobs and their versions, in the shapes of ModelArts' API. `project` is any word. */
export const trainingJobRoutes: RouteGroup = (app, service) => {
  const jobs = () => jobsOf(service);
  const created = (version: Version) => ({
    ...{ is_success: true as const, job_id: version.job },
    ...versionJson(version),
  });

  app.post(
    base,
    {
      config: ofTraining([...ofCreating, 'TEMPLATE_NOT_FOUND']),
      schema: {
        operationId: 'createTrainingJob',
        summary: 'Creates a job with its first version, or a further version of a job.',
        ...{ tags, params: ofProject, response: { 200: versionAnswer } },
        body: body.required({ job_name: true }),
      },
    },
    async ({ body: { job_name, job_desc: description = '', config } }) => {
      const { config_name: template } = config;
      if (template === undefined) {
        const { task, run } = await taskOf(config, reachOf(service));
        return created(await jobs().create(job_name, task, { ...run, description }));
      }
      const changes = await changesOf(config, await jobs().templates.get(template), reachOf(service));
      return created(await jobs().createFromTemplate(job_name, template, { ...changes, description }));
    },
  );

  app.get(
    base,
    {
      config: ofTraining(),
      schema: {
        operationId: 'listTrainingJobs',
        summary: 'Lists jobs, each with its newest version.',
        ...{ tags, params: ofProject, response: { 200: jobsAnswer } },
        querystring: z.object({ page, per_page, search_content: givenText().optional() }),
      },
    },
    async ({ query: { page, per_page, search_content = '' } }) => {
      const all = (await jobs().jobs()).filter(({ name }) => name.includes(search_content));
      const shown = all.slice((page - 1) * per_page, page * per_page);
      const rows = [];
      for (const job of shown) {
        const [newest] = await jobs().list({ job: job.name, newestFirst: true, limit: 1 });
        rows.push(jobJson(job, newest));
      }
      return { is_success: true as const, job_total_count: all.length, jobs: rows };
    },
  );

  app.get(
    `${base}/:job/versions`,
    {
      config: ofTraining(),
      schema: {
        operationId: 'listTrainingVersions',
        summary: 'Lists the versions of a job, newest first.',
        ...{ tags, params: ofJob, response: { 200: versionsAnswer } },
        querystring: z.object({
          ...{ page, per_page, state: state.optional() },
          tag: givenText().optional().describe('Only those with this tag.'),
          is_starred: givenFlag.optional(),
        }),
      },
    },
    async ({ params: { job }, query: { page, per_page, state, tag, is_starred } }) => {
      const newest = await jobs().find(job);
      const info = (await jobs().jobs()).find(({ name }) => name === newest.job)!;
      const versions = await jobs().list({
        ...{ job, newestFirst: true },
        ...{ limit: per_page, offset: (page - 1) * per_page },
        ...(state === undefined ? {} : { states: [state as VersionState] }),
        ...(tag === undefined ? {} : { tags: [tag] }),
        ...(is_starred ? { isStarred: true } : {}),
      });
      const waiting = await jobs().insight.waiting(versions);
      const asTheyAre = versions.map(async (version) => ({
        ...versionJson({ ...version, metrics: await jobs().insight.metrics(version) }),
        progress: told(await jobs().insight.progress(version)),
        waiting: waiting.get(version.id) ?? null,
      }));
      return {
        is_success: true as const,
        ...jobJson(info, newest),
        version_count: info.numVersions,
        versions: await Promise.all(asTheyAre),
      };
    },
  );

  app.post(
    `${base}/:job/versions`,
    {
      config: ofTraining([...ofCreating, 'CHECKPOINT_NOT_FOUND']),
      schema: {
        operationId: 'createTrainingVersion',
        summary: 'Makes a version from an earlier one; what the body leaves out is as it was there.',
        ...{ tags, params: ofJob, body, response: { 200: versionAnswer } },
      },
    },
    async ({ params: { job }, body: { job_desc, config } }) => {
      if (config.pre_version_id === undefined) {
        throw new SemblanceError('REQUEST_INVALID', 'pre_version_id is missing: the version to make it from');
      }
      const parent = await versionOf(jobs(), job, String(config.pre_version_id));
      const version = await jobs().modify(parent, {
        ...(await changesOf(config, parent.spec, reachOf(service))),
        ...(job_desc === undefined ? {} : { description: job_desc }),
        ...{ isContinued: config.is_continued ?? false, isResumed: config.is_resumed ?? false },
      });
      return created(version);
    },
  );
};
