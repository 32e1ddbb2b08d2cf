import { z } from 'zod';
import { specJson } from '../model-arts.ts';
import { ofJobs, ofSetting } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { givenText } from './schemas.ts';
import { done, templateAnswer, templatesAnswer } from './training-schemas.ts';
import { jobsOf, ofProject, ofTraining, tags } from './training-shared.ts';

const base = '/v1/:project/training-job-configs';
const ofTemplate = ofProject.extend({ name: givenText() });
const ofMissing = ofTraining(['TEMPLATE_NOT_FOUND', ...ofJobs]);

/** Templates: how versions are made, kept under names. `createTrainingJob` makes a version from one. */
export const trainingTemplateRoutes: RouteGroup = (app, service) => {
  const jobs = () => jobsOf(service);

  app.get(
    base,
    {
      config: ofTraining(ofJobs),
      schema: {
        operationId: 'listTrainingTemplates',
        summary: 'Lists templates.',
        ...{ tags, params: ofProject, response: { 200: templatesAnswer } },
      },
    },
    async () => {
      const all = await jobs().templates.list();
      const configs = all.map(({ name, spec }) => ({ config_name: name, ...specJson(spec) }));
      return { is_success: true as const, config_total_count: configs.length, configs };
    },
  );

  app.get(
    `${base}/:name`,
    {
      config: ofMissing,
      schema: {
        operationId: 'getTrainingTemplate',
        summary: 'A template.',
        ...{ tags, params: ofTemplate, response: { 200: templateAnswer } },
      },
    },
    async ({ params: { name } }) => {
      const spec = await jobs().templates.get(name);
      return { is_success: true as const, config_name: name, ...specJson(spec) };
    },
  );

  app.put(
    `${base}/:name`,
    {
      config: ofTraining(ofSetting),
      schema: {
        operationId: 'saveTrainingTemplate',
        summary: 'Keeps how a version is made as a template; one of that name is replaced.',
        ...{ tags, params: ofTemplate, response: { 200: templateAnswer } },
        body: z.strictObject({ version: givenText().describe('As `faces/V0003`.') }),
      },
    },
    async ({ params: { name }, body: { version } }) => {
      const found = await jobs().find(version);
      await jobs().saveTemplate(found, name);
      return { is_success: true as const, config_name: name, ...specJson(found.spec) };
    },
  );

  app.delete(
    `${base}/:name`,
    {
      config: ofMissing,
      schema: {
        operationId: 'deleteTrainingTemplate',
        summary: 'Deletes a template.',
        ...{ tags, params: ofTemplate, response: { 200: done } },
      },
    },
    async ({ params: { name } }) => {
      await jobs().templates.remove(name);
      return { is_success: true as const };
    },
  );
};
