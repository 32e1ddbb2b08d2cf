import { createReadStream } from 'node:fs';
import { artifactsOf, type JobService, verifiedArtifact } from '@semblance/jobs';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { versionJson, versionOf } from '../model-arts.ts';
import { ofJobs, ofVersions } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { givenFlag, givenText } from './schemas.ts';
import { aliasesAnswer, done, templatesAnswer, versionAnswer } from './training-schemas.ts';

const base = '/v1/:project/training-jobs/:job';
const tags = ['training jobs'];
const config = { role: 'admin', errors: 'model-arts', codes: ofVersions } as const;
/** Of routes that set what has to have a form. */
const ofSetting = { ...config, codes: [...ofVersions, 'USAGE_INVALID_VALUE'] } as const;
const ofJob = z.object({ project: givenText(), job: givenText() });
const ofVersion = ofJob.extend({ version: givenText() });

const marks = z.strictObject({
  version_desc: givenText(0, 256).optional(),
  note: givenText(0, 10_000).optional(),
  add_tags: z.array(givenText(1, 64)).optional(),
  remove_tags: z.array(givenText(1, 64)).optional(),
  is_starred: givenFlag.optional(),
  is_pinned: givenFlag.optional(),
});

/** What is said of versions, what they left, their aliases, and templates. */
export const trainingVersionRoutes: RouteGroup = (app, service) => {
  const jobs = (): JobService => {
    if (service.jobs === null)
      throw new SemblanceError('JOBS_UNSUPPORTED', 'the service was started without jobs');
    return service.jobs;
  };

  app.put(
    `${base}/versions/:version`,
    {
      config: ofSetting,
      schema: {
        operationId: 'updateTrainingVersion',
        summary: 'Changes what is said of a version: description, note, tags, star, pin.',
        ...{ tags, params: ofVersion, body: marks, response: { 200: versionAnswer } },
      },
    },
    async ({ params: { job, version }, body }) => {
      const { version_desc, note, add_tags, remove_tags, is_starred, is_pinned } = body;
      const given = {
        ...{ description: version_desc, note, addTags: add_tags, removeTags: remove_tags },
        ...{ isStarred: is_starred, isPinned: is_pinned },
      };
      const changed = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const marked = await jobs().mark(await versionOf(jobs(), job, version), changed);
      return { is_success: true as const, job_id: job, ...versionJson(marked) };
    },
  );

  app.get(
    `${base}/versions/:version/artifacts`,
    {
      config: {
        ...config,
        answers: 'application/octet-stream',
        codes: ['PATH_NOT_FOUND', 'STORAGE_CORRUPT', ...ofVersions],
      },
      schema: {
        operationId: 'getTrainingArtifact',
        summary: 'A file that a version left, held against its SHA-256.',
        tags,
        params: ofVersion,
        querystring: z.object({ path: givenText().describe('One of the artifacts of the version.') }),
      },
    },
    async ({ params: { job, version }, query: { path } }, reply) => {
      const found = await versionOf(jobs(), job, version);
      const artifact = artifactsOf(found, [path]).find((one) => one.path === path);
      if (!artifact)
        throw new SemblanceError('PATH_NOT_FOUND', `${path.slice(0, 200)} is a folder: name a file`);
      const file = await verifiedArtifact(jobs().home, found, artifact);
      return reply
        .type('application/octet-stream')
        .header('content-length', artifact.sizeBytes)
        .header('x-checksum-sha256', artifact.sha256)
        .send(createReadStream(file));
    },
  );

  app.get(
    `${base}/aliases`,
    {
      config,
      schema: {
        operationId: 'listTrainingAliases',
        summary: 'Aliases of a job: which version is production, …',
        tags,
        params: ofJob,
        response: { 200: aliasesAnswer },
      },
    },
    async ({ params: { job } }) => {
      const aliases = await jobs().registry.list((await jobs().find(job)).job);
      return {
        is_success: true as const,
        aliases: aliases.map(({ alias, version, sinceMs }) => ({
          name: alias.slice(alias.indexOf('@') + 1),
          version_name: version.slice(version.indexOf('/') + 1),
          since: sinceMs,
        })),
      };
    },
  );

  app.put(
    `${base}/aliases/:name`,
    {
      config: ofSetting,
      schema: {
        operationId: 'setTrainingAlias',
        summary: 'Lets an alias stand for a version.',
        tags,
        params: ofJob.extend({ name: givenText() }),
        body: z.strictObject({ version: givenText().describe('Its name or id.') }),
        response: { 200: versionAnswer },
      },
    },
    async ({ params: { job, name }, body: { version } }) => {
      const found = await versionOf(jobs(), job, version);
      await jobs().registry.point(name, found);
      return { is_success: true as const, job_id: job, ...versionJson(found) };
    },
  );

  app.delete(
    `${base}/aliases/:name`,
    {
      config,
      schema: {
        operationId: 'deleteTrainingAlias',
        summary: 'Takes an alias away.',
        tags,
        params: ofJob.extend({ name: givenText() }),
        response: { 200: done },
      },
    },
    async ({ params: { job, name } }) => {
      await jobs().registry.remove(`${job}@${name}`);
      return { is_success: true as const };
    },
  );

  app.get(
    '/v1/:project/training-job-configs',
    {
      config: { ...config, codes: ofJobs },
      schema: {
        operationId: 'listTrainingTemplates',
        summary: 'Lists templates.',
        tags,
        params: z.object({ project: givenText() }),
        response: { 200: templatesAnswer },
      },
    },
    async () => {
      const configs = (await jobs().templates.list()).map(({ name, spec }) => ({
        ...{ config_name: name, task: spec.task, worker_server_num: spec.resources.workers },
        parameter: Object.entries(spec.parameters).map(([label, value]) => ({ label, value })),
      }));
      return { is_success: true as const, config_total_count: configs.length, configs };
    },
  );

  app.delete(
    '/v1/:project/training-job-configs/:name',
    {
      config: { ...config, codes: ['TEMPLATE_NOT_FOUND', ...ofJobs] },
      schema: {
        operationId: 'deleteTrainingTemplate',
        summary: 'Deletes a template.',
        tags,
        params: z.object({ project: givenText(), name: givenText() }),
        response: { 200: done },
      },
    },
    async ({ params: { name } }) => {
      await jobs().templates.remove(name);
      return { is_success: true as const };
    },
  );
};
