import type { JobService } from '@semblance/jobs';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { jobJson, taskOf, versionJson, versionOf } from '../model-arts.ts';
import { ofCreating, ofVersions } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { givenCount, givenFlag, givenNumber, givenText } from './schemas.ts';
import { done, jobsAnswer, versionAnswer, versionsAnswer } from './training-schemas.ts';

const base = '/v1/:project/training-jobs';
const tags = ['training jobs'];
const config = { role: 'admin', errors: 'model-arts', codes: ofVersions } as const;
const ofProject = z.object({ project: givenText() });
const ofJob = ofProject.extend({ job: givenText() });
const ofVersion = ofJob.extend({ version: givenText() });
const page = givenCount(1).prefault(1);
const per_page = givenCount(1, 1000).prefault(10);

const jobConfig = z.strictObject({
  task: givenText().optional(),
  data_url: givenText().optional(),
  train_url: givenText().optional(),
  log_url: givenText().optional(),
  parameter: z.array(z.object({ label: givenText(), value: givenText() })).optional(),
  worker_server_num: givenCount(1, 1024).optional(),
  pre_version_id: givenNumber.optional(),
  is_continued: givenFlag.optional(),
});
const body = z.object({
  job_name: givenText().optional(),
  job_desc: givenText(0, 256).optional(),
  config: jobConfig,
});

/** Training jobs and their versions, in the shapes of ModelArts' API. `project` is any word. */
export const trainingJobRoutes: RouteGroup = (app, service) => {
  const jobs = (): JobService => {
    if (service.jobs === null)
      throw new SemblanceError('JOBS_UNSUPPORTED', 'the service was started without jobs');
    return service.jobs;
  };

  app.post(
    base,
    {
      config: { ...config, codes: ofCreating },
      schema: {
        operationId: 'createTrainingJob',
        summary: 'Creates a job with its first version, or a further version of a job.',
        tags,
        params: ofProject,
        body: body.required({ job_name: true }),
        response: { 200: versionAnswer },
      },
    },
    async ({ body }) => {
      const { task, run } = taskOf(body.config, jobs().parts.kinds);
      const description = body.job_desc ?? '';
      const version = await jobs().create(body.job_name, task, { ...run, description });
      return { is_success: true as const, job_id: version.job, ...versionJson(version) };
    },
  );

  app.get(
    base,
    {
      config,
      schema: {
        operationId: 'listTrainingJobs',
        summary: 'Lists jobs, each with its newest version.',
        tags,
        params: ofProject,
        querystring: z.object({ page, per_page, search_content: givenText().optional() }),
        response: { 200: jobsAnswer },
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
      config,
      schema: {
        operationId: 'listTrainingVersions',
        summary: 'Lists the versions of a job, newest first.',
        tags,
        params: ofJob,
        querystring: z.object({ page, per_page }),
        response: { 200: versionsAnswer },
      },
    },
    async ({ params: { job }, query: { page, per_page } }) => {
      const newest = await jobs().find(job);
      const info = (await jobs().jobs()).find(({ name }) => name === newest.job)!;
      const offset = (page - 1) * per_page;
      const versions = await jobs().list({ job, newestFirst: true, limit: per_page, offset });
      const rows = versions.map(versionJson);
      return {
        is_success: true as const,
        ...jobJson(info, newest),
        version_count: info.numVersions,
        versions: rows,
      };
    },
  );

  app.post(
    `${base}/:job/versions`,
    {
      config: { ...config, codes: ofCreating },
      schema: {
        operationId: 'createTrainingVersion',
        summary: 'Makes a version from an earlier one, with other parameters.',
        tags,
        params: ofJob,
        body,
        response: { 200: versionAnswer },
      },
    },
    async ({ params: { job }, body: { job_desc, config } }) => {
      if (config.pre_version_id === undefined) {
        throw new SemblanceError('REQUEST_INVALID', 'pre_version_id is missing: the version to make it from');
      }
      const parent = await versionOf(jobs(), job, String(config.pre_version_id));
      const { task, run } = taskOf({ ...config, task: parent.spec.task }, jobs().parts.kinds);
      if (Object.keys(task.outputs).length > 0) {
        throw new SemblanceError('REQUEST_INVALID', 'outputs go to the locations of the earlier version');
      }
      const version = await jobs().modify(parent, {
        ...{ parameters: task.parameters, options: task.options },
        ...(job_desc === undefined ? {} : { description: job_desc }),
        ...(run.resources ? { resources: run.resources } : {}),
        isContinued: config.is_continued ?? false,
      });
      return { is_success: true as const, job_id: job, ...versionJson(version) };
    },
  );

  app.get(
    `${base}/:job/versions/:version`,
    {
      config,
      schema: {
        operationId: 'getTrainingVersion',
        summary: 'A version.',
        tags,
        params: ofVersion,
        response: { 200: versionAnswer },
      },
    },
    async ({ params: { job, version } }) => {
      const found = await versionOf(jobs(), job, version);
      const { insight } = jobs();
      // of one that runs as it is now
      const [metrics, progress, lineage, hint] = await Promise.all([
        insight.metrics(found),
        insight.progress(found),
        insight.lineage(found),
        jobs().hint(found),
      ]);
      const { aliases, usedBy } = lineage;
      const now = { progress, aliases, used_by: usedBy, hint };
      return { is_success: true as const, job_id: job, ...versionJson({ ...found, metrics }), ...now };
    },
  );

  app.post(
    `${base}/:job/versions/:version/stop`,
    {
      config: { ...config, codes: ['VERSION_WRONG_STATE', ...ofVersions] },
      schema: {
        operationId: 'stopTrainingVersion',
        summary: 'Stops a version.',
        tags,
        params: ofVersion,
        response: { 200: done },
      },
    },
    async ({ params: { job, version } }) => {
      await jobs().stop(await versionOf(jobs(), job, version));
      return { is_success: true as const };
    },
  );

  app.delete(
    `${base}/:job/versions/:version`,
    {
      config: { ...config, codes: ['VERSION_WRONG_STATE', ...ofVersions] },
      schema: {
        operationId: 'deleteTrainingVersion',
        summary: 'Deletes a version.',
        tags,
        params: ofVersion,
        response: { 200: done },
      },
    },
    async ({ params: { job, version } }) => {
      await jobs().remove(await versionOf(jobs(), job, version));
      return { is_success: true as const };
    },
  );
};
