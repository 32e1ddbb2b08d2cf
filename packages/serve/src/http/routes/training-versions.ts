import { createReadStream } from 'node:fs';
import { artifactsOf, type Version, verifiedArtifact } from '@semblance/jobs';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { versionJson, versionOf } from '../model-arts.ts';
import { ofSetting, ofVersions } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { told } from '../told.ts';
import { givenFlag, givenText } from './schemas.ts';
import { done, shownVersion, versionAnswer } from './training-schemas.ts';
import { versionBase as base, jobsOf, ofTraining, ofVersion, runFields, tags } from './training-shared.ts';

const marks = z.strictObject({
  version_desc: givenText(0, 256).optional(),
  note: givenText(0, 10_000).optional(),
  add_tags: z.array(givenText(1, 64)).optional(),
  remove_tags: z.array(givenText(1, 64)).optional(),
  is_starred: givenFlag.optional(),
  is_pinned: givenFlag.optional(),
});
const ofEnding = ofTraining(['VERSION_WRONG_STATE', ...ofVersions]);

/** A version: seen, stopped, resumed, deleted, what is said of it, and what it left. */
export const trainingVersionRoutes: RouteGroup = (app, service) => {
  const jobs = () => jobsOf(service);
  const answered = (version: Version) => ({
    ...{ is_success: true as const, job_id: version.job },
    ...versionJson(version),
  });

  app.get(
    base,
    {
      config: ofTraining(),
      schema: {
        operationId: 'getTrainingVersion',
        summary: 'A version as it is now, with code, data and machine, and what it is connected with.',
        ...{ tags, params: ofVersion, response: { 200: shownVersion } },
      },
    },
    async ({ params: { job, version } }) => {
      const found = await versionOf(jobs(), job, version);
      const { insight } = jobs();
      // of one that runs as it is now
      const [metrics, progress, lineage, hint, waiting] = await Promise.all([
        insight.metrics(found),
        insight.progress(found),
        insight.lineage(found),
        jobs().hint(found),
        insight.waiting([found]),
      ]);
      const { aliases, usedBy, records } = lineage;
      return {
        ...answered({ ...found, metrics }),
        ...told({ progress, aliases, used_by: usedBy, hint }),
        waiting: waiting.get(found.id) ?? null,
        records: records.map(({ kind, atMs, text }) => ({ kind, time: atMs, text })),
        ...told({ code: found.code, data: found.data, environment: found.environment }),
      };
    },
  );

  app.post(
    `${base}/stop`,
    {
      config: ofEnding,
      schema: {
        operationId: 'stopTrainingVersion',
        summary: 'Stops a version.',
        ...{ tags, params: ofVersion, response: { 200: done } },
      },
    },
    async ({ params: { job, version } }) => {
      await jobs().stop(await versionOf(jobs(), job, version));
      return { is_success: true as const };
    },
  );

  app.post(
    `${base}/resume`,
    {
      config: ofTraining(ofSetting),
      schema: {
        operationId: 'resumeTrainingVersion',
        summary:
          'Queues a version again that failed, was stopped or lost: it goes on from its last checkpoint.',
        ...{ tags, params: ofVersion, response: { 200: versionAnswer } },
        body: z.strictObject({ timeout_seconds: runFields.timeout_seconds }).nullish(),
      },
    },
    async ({ params: { job, version }, body }) => {
      const found = await versionOf(jobs(), job, version);
      const seconds = body?.timeout_seconds;
      const changes = seconds === undefined ? {} : { timeoutMs: seconds === null ? null : 1000 * seconds };
      await jobs().resume(found, changes);
      return answered((await jobs().store.get(found.id)) ?? found);
    },
  );

  app.delete(
    base,
    {
      config: ofEnding,
      schema: {
        operationId: 'deleteTrainingVersion',
        summary: 'Deletes a version.',
        ...{ tags, params: ofVersion, response: { 200: done } },
      },
    },
    async ({ params: { job, version } }) => {
      await jobs().remove(await versionOf(jobs(), job, version));
      return { is_success: true as const };
    },
  );

  app.put(
    base,
    {
      config: ofTraining(ofSetting),
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
      return answered(marked);
    },
  );

  app.get(
    `${base}/artifacts`,
    {
      config: {
        ...ofTraining(['PATH_NOT_FOUND', 'STORAGE_CORRUPT', ...ofVersions]),
        answers: 'application/octet-stream',
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
};
