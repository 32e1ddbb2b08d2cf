import type { JobService } from '@semblance/jobs';
import { SemblanceError } from '../../error.ts';
import { type JobConfig, jobJson, taskOf, versionJson, versionOf } from '../model-arts.ts';
import type { RouteGroup } from '../service.ts';
import { count, flag, list, number, object, text } from './schemas.ts';

interface Params {
  project: string;
  job: string;
  version: string;
}
interface Body {
  job_name?: string;
  job_desc?: string;
  config: JobConfig;
}

const base = '/v1/:project/training-jobs';
const tags = ['training jobs'];
const config = { role: 'admin', errors: 'model-arts' } as const;
const params = (...names: string[]) => object(Object.fromEntries(names.map((name) => [name, text])));
/** Answers of the platform are open objects. */
const answer = {
  type: 'object',
  properties: { is_success: flag },
  required: ['is_success'],
  additionalProperties: true,
};
const response = { 200: answer };

const jobConfig = {
  ...object(
    {
      task: text,
      ...{ data_url: text, train_url: text, log_url: text },
      parameter: list(object({ label: text, value: text })),
      worker_server_num: { ...count, minimum: 1, maximum: 1024 },
      pre_version_id: number,
      is_continued: flag,
    },
    [],
  ),
  additionalProperties: false,
};
const body = (required: string[]) =>
  object({ job_name: text, job_desc: { ...text, maxLength: 256 }, config: jobConfig }, required);

/** Training jobs and their versions, in the shapes of ModelArts' API. `project` is any word. */
export const trainingJobRoutes: RouteGroup = (app, service) => {
  const jobs = (): JobService => {
    if (service.jobs === null)
      throw new SemblanceError('JOBS_UNSUPPORTED', 'the service was started without jobs');
    return service.jobs;
  };

  app.post<{ Params: Params; Body: Body }>(
    base,
    {
      config,
      schema: {
        summary: 'Creates a job with its first version, or a further version of a job.',
        tags,
        params: params('project'),
        body: body(['job_name', 'config']),
        response,
      },
    },
    async ({ body }) => {
      const { task, run } = taskOf(body.config);
      const description = body.job_desc ?? '';
      const version = await jobs().create(body.job_name!, task, { ...run, description });
      return { is_success: true, job_id: version.job, ...versionJson(version) };
    },
  );

  app.get<{ Params: Params; Querystring: { page: number; per_page: number; search_content?: string } }>(
    base,
    {
      config,
      schema: {
        summary: 'Lists jobs, each with its newest version.',
        tags,
        params: params('project'),
        querystring: object(
          {
            page: { ...count, minimum: 1, default: 1 },
            per_page: { ...count, minimum: 1, maximum: 1000, default: 10 },
            search_content: text,
          },
          [],
        ),
        response,
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
      return { is_success: true, job_total_count: all.length, jobs: rows };
    },
  );

  app.get<{ Params: Params; Querystring: { page: number; per_page: number } }>(
    `${base}/:job/versions`,
    {
      config,
      schema: {
        summary: 'Lists the versions of a job, newest first.',
        tags,
        params: params('project', 'job'),
        querystring: object(
          {
            page: { ...count, minimum: 1, default: 1 },
            per_page: { ...count, minimum: 1, maximum: 1000, default: 10 },
          },
          [],
        ),
        response,
      },
    },
    async ({ params: { job }, query: { page, per_page } }) => {
      const newest = await jobs().find(job);
      const info = (await jobs().jobs()).find(({ name }) => name === newest.job)!;
      const offset = (page - 1) * per_page;
      const versions = await jobs().list({ job, newestFirst: true, limit: per_page, offset });
      const rows = versions.map(versionJson);
      return { is_success: true, ...jobJson(info, newest), version_count: info.numVersions, versions: rows };
    },
  );

  app.post<{ Params: Params; Body: Body }>(
    `${base}/:job/versions`,
    {
      config,
      schema: {
        summary: 'Makes a version from an earlier one, with other parameters.',
        tags,
        params: params('project', 'job'),
        body: body(['config']),
        response,
      },
    },
    async ({ params: { job }, body: { job_desc, config } }) => {
      if (config.pre_version_id === undefined) {
        throw new SemblanceError('REQUEST_INVALID', 'pre_version_id is missing: the version to make it from');
      }
      const parent = await versionOf(jobs(), job, String(config.pre_version_id));
      const { task, run } = taskOf({ ...config, task: parent.spec.task });
      if (Object.keys(task.outputs).length > 0) {
        throw new SemblanceError('REQUEST_INVALID', 'outputs go where those of the earlier version went');
      }
      const version = await jobs().modify(parent, {
        ...{ parameters: task.parameters, options: task.options },
        ...(job_desc === undefined ? {} : { description: job_desc }),
        ...(run.resources ? { resources: run.resources } : {}),
        isContinued: config.is_continued ?? false,
      });
      return { is_success: true, job_id: job, ...versionJson(version) };
    },
  );

  app.get<{ Params: Params }>(
    `${base}/:job/versions/:version`,
    {
      config,
      schema: { summary: 'A version.', tags, params: params('project', 'job', 'version'), response },
    },
    async ({ params: { job, version } }) => {
      const found = await versionOf(jobs(), job, version);
      return { is_success: true, job_id: job, ...versionJson(found), hint: await jobs().hint(found) };
    },
  );

  app.post<{ Params: Params }>(
    `${base}/:job/versions/:version/stop`,
    {
      config,
      schema: { summary: 'Stops a version.', tags, params: params('project', 'job', 'version'), response },
    },
    async ({ params: { job, version } }) => {
      await jobs().stop(await versionOf(jobs(), job, version));
      return { is_success: true };
    },
  );

  app.delete<{ Params: Params }>(
    `${base}/:job/versions/:version`,
    {
      config,
      schema: { summary: 'Deletes a version.', tags, params: params('project', 'job', 'version'), response },
    },
    async ({ params: { job, version } }) => {
      await jobs().remove(await versionOf(jobs(), job, version));
      return { is_success: true };
    },
  );
};
