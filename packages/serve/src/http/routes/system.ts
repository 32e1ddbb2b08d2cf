import { z } from 'zod';
import { ofGallery } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { galleriesOf, machineOf, modelsOf, refusalOf, requestsOf } from '../system-state.ts';
import { serviceVersion as version } from '../version.ts';
import { count } from './schemas.ts';

const tags = ['operation'];
const times = { count, meanMs: z.number(), p50Ms: z.number(), p95Ms: z.number() };
const reasons = z.array(z.object({ reason: z.string(), count }));
const license = z.object({
  ...{ name: z.string(), restriction: z.string().nullable() },
  ...{ url: z.string().nullable(), trainedOn: z.string().nullable() },
});
const system = z
  .object({
    ...{ version: z.string(), node: z.string(), startedAt: z.string() },
    refusal: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .describe('Why `/health/ready` says no; null where it says yes.'),
    requests: z.object({
      ...{ done: count, refused: count.describe('4xx.'), failed: count.describe('5xx.') },
      routes: z.array(z.object({ route: z.string(), ...times })),
      stages: z.array(z.object({ stage: z.string(), ...times })).describe('Stages of an answer.'),
      shed: reasons.describe('Sent away so that others are served.'),
      replaced: reasons.describe('Workers that ended and were replaced.'),
    }),
    cores: count,
    memory: z.object({ usedBytes: count, freeBytes: count, totalBytes: count }),
    disks: z.array(z.object({ what: z.string(), path: z.string(), freeBytes: count, totalBytes: count })),
    models: z.array(
      z.object({
        ...{ task: z.string(), id: z.string(), architecture: z.string(), path: z.string() },
        ...{ sha256: z.string(), sizeBytes: count, createdAt: z.string() },
        origin: z.string().nullable().describe('A name of the catalogue, or a file.'),
        license: license.nullable().describe('Who may use it; null for a model of one’s own.'),
        threshold: z.object({ value: z.number(), basis: z.string() }).nullable(),
        deployments: z.array(z.string()),
      }),
    ),
    galleries: z.array(
      z.object({
        ...{ path: z.string(), modelId: z.string(), threshold: z.number(), subjects: count, faces: count },
      }),
    ),
  })
  .meta({ id: 'System', description: 'How the service is, and what it serves by.' });

/** How the service and its machine are, for who looks after them. */
export const systemRoutes: RouteGroup = (app, service) => {
  const startedAt = new Date().toISOString();

  app.get(
    '/api/v1/system',
    {
      config: { role: 'admin', codes: ofGallery },
      schema: {
        operationId: 'getSystem',
        summary:
          'How the service is: readiness, requests and their times, memory, disks, models with licences.',
        ...{ tags, response: { 200: system } },
      },
    },
    async () => {
      const [refusal, requests] = await Promise.all([refusalOf(service), requestsOf(service)]);
      const [machine, galleries] = await Promise.all([machineOf(service), galleriesOf(service)]);
      return {
        ...{ version, node: process.version, startedAt },
        refusal: refusal && { code: refusal.code, message: refusal.message },
        ...{ requests, ...machine, models: modelsOf(service), galleries },
      };
    },
  );

  app.get(
    '/api/v1/system/checks',
    {
      config: { role: 'admin' },
      schema: {
        operationId: 'checkSystem',
        summary:
          'What `semblance doctor` finds on the machine of the service; none where it was started without.',
        tags,
        response: {
          200: z.object({
            checks: z.array(
              z.object({
                ...{ name: z.string(), state: z.enum(['ok', 'limited', 'broken']), detail: z.string() },
                mend: z.string().nullable().describe('The command that mends it.'),
              }),
            ),
          }),
        },
      },
    },
    async () => {
      const found = (await service.checks?.()) ?? [];
      return { checks: found.map(({ mend = null, ...finding }) => ({ ...finding, mend })) };
    },
  );
};
