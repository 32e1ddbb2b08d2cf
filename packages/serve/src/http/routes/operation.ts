import { z } from 'zod';
import { ofReadiness } from '../openapi/error-codes.ts';
import { requireReady } from '../ready.ts';
import type { RouteGroup } from '../service.ts';
import { serviceVersion as version } from '../version.ts';

/** Health, metrics and the document of the API. */
export const operationRoutes: RouteGroup = (app, service) => {
  const tags = ['operation'];
  const { fleet } = service.deployments;
  const { metrics } = service;
  metrics.gauge(
    'semblance_requests_inside',
    'Requests with pictures in work or waiting.',
    () => service.admission.numInside,
  );
  metrics.gauge(
    'semblance_requests_arriving',
    'Requests with pictures whose bodies are on their way.',
    () => service.arriving.numInside,
  );
  metrics.gaugeByDeployment('semblance_queue', 'Pictures that wait for a thread.', () =>
    fleet.entries.map(({ name, unit }) => [name, unit.numQueued]),
  );
  metrics.gaugeByDeployment('semblance_weight_percent', 'Share of the requests by deployment.', () =>
    fleet.entries.map(({ name, weight }) => [name, weight]),
  );

  app.get(
    '/health/live',
    {
      config: { role: null },
      schema: {
        operationId: 'checkLive',
        summary: 'Whether the process answers.',
        tags,
        response: { 200: z.object({ live: z.boolean() }) },
      },
    },
    async () => ({ live: true }),
  );

  app.get(
    '/health/ready',
    {
      config: { role: null, codes: ofReadiness },
      schema: {
        operationId: 'checkReady',
        summary: 'Whether requests are taken, and what they change can be written; 503 where not.',
        tags,
        response: { 200: z.object({ ready: z.boolean() }) },
      },
    },
    async () => {
      await requireReady(service);
      return { ready: true };
    },
  );

  app.get(
    '/metrics',
    {
      config: { role: 'read', answers: 'text/plain' },
      schema: { operationId: 'getMetrics', summary: 'Numbers in Prometheus’ text form.', tags },
    },
    async (_, reply) => reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );

  app.get(
    '/openapi.json',
    { config: { role: null }, schema: { operationId: 'getOpenApi', summary: 'This document.', tags } },
    async () => app.swagger(),
  );

  app.get(
    '/api/v1/status',
    {
      config: { role: 'read', codes: ['OVERLOADED'] },
      schema: {
        operationId: 'getStatus',
        summary: 'What serves.',
        tags,
        response: {
          200: z.object({
            status: z.string(),
            version: z.string(),
            detector: z.string(),
            recognizer: z.string(),
          }),
        },
      },
    },
    async () => {
      const { unit } = fleet.primary;
      return { status: 'OK', version, detector: unit.detector.id, recognizer: unit.recognizer.id };
    },
  );
};
