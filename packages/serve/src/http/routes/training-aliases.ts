import { z } from 'zod';
import { versionJson, versionOf } from '../model-arts.ts';
import { ofSetting } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { givenText } from './schemas.ts';
import { aliasesAnswer, done, versionAnswer } from './training-schemas.ts';
import { jobsBase, jobsOf, ofJob, ofTraining, tags } from './training-shared.ts';

const base = `${jobsBase}/:job`;

/** The registry of models: which version of a job is `production`, `candidate`, … */
export const trainingAliasRoutes: RouteGroup = (app, service) => {
  const jobs = () => jobsOf(service);

  app.get(
    `${base}/aliases`,
    {
      config: ofTraining(),
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
      config: ofTraining(ofSetting),
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
      config: ofTraining(),
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
};
