import cookies from '@fastify/cookie';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import { type FastifyRequest, fastify } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { SemblanceError } from '../error.ts';
import type { OnStage } from '../fleet/stages.ts';
import { PROBES } from '../log/create-log.ts';
import type { TlsPair } from '../tls/tls-pair.ts';
import { admitArriving, admitToWork } from './admit.ts';
import { createAuth } from './auth.ts';
import { readBodies } from './bodies.ts';
import { allowOrigins } from './cors.ts';
import { refuseAddress, refuseBytes, refuseExpectations, requireHost } from './early-refusals.ts';
import { asServiceError, isOfState, sendError } from './errors.ts';
import { logFault, logRequest } from './log-requests.ts';
import { openApiOptions } from './openapi/document.ts';
import { servePage } from './page.ts';
import { takeReports } from './page-reports.ts';
import { parseQuery } from './query.ts';
import { serveReference } from './reference.ts';
import { requestIdOf } from './request-id.ts';
import { routeGroups } from './routes/index.ts';
import type { App, Service } from './service.ts';
import { checkBySchema } from './validation.ts';
import { serviceVersion } from './version.ts';

/** Of HTTP/1.1 either way; the framework's types know one of the two. */
function serverOptions(tls: TlsPair | null): { http: { requireHostHeader: boolean } } {
  // the host is asked for below, where it is refused in the shape of all refusals
  const http = { requireHostHeader: false };
  if (tls === null) return { http };
  const https = { ...http, cert: tls.cert, key: tls.key, handshakeTimeout: HANDSHAKE_TIMEOUT_MS };
  return { https } as never;
}

/** A request may take so long to arrive: slow senders hold no place for ever. */
const REQUEST_TIMEOUT_MS = 60_000;
/** What stands in the metrics for a client that has gone before its answer; nginx's number. */
const CLIENT_GONE = 499;

/** A client that has begun to speak TLS may take so long to end its greeting. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** The HTTP side of a service: who may, how much, and the routes, over TLS where it has a pair. It listens to nothing yet. */
export async function createApp(service: Service, tls: TlsPair | null = null): Promise<App> {
  const { limits, metrics, rateLimit, compat } = service;
  const app = fastify({
    bodyLimit: limits.maxBodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // idle connections are closed when the service ends; those with a request are waited for
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: requestIdOf,
    ...serverOptions(tls),
    clientErrorHandler: refuseBytes,
    frameworkErrors: refuseAddress(compat),
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: true, querystringParser: parseQuery },
  }).withTypeProvider<ZodTypeProvider>();
  refuseExpectations(app.server);
  app.setValidatorCompiler(checkBySchema);
  app.setSerializerCompiler(serializerCompiler);
  readBodies(app, limits);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    const { url: route } = request.routeOptions;
    // probes come every few seconds
    if (route === undefined || !PROBES.test(route)) {
      const { method, id, headers } = request;
      const startMs = performance.now() - reply.elapsedTime;
      request.trace = service.traces?.begin({ method, route, id, startMs, headers }) ?? null;
    }
    requireHost(request);
  });
  await allowOrigins(app, service.cors);
  await app.register(cookies);
  const auth = createAuth(service);
  app.decorateRequest('key', null);
  app.decorateRequest('failure', null);
  app.decorateRequest('trace', null);
  app.decorateRequest('onStage', {
    getter(this: FastifyRequest): OnStage {
      return (...told) => {
        metrics.stage(...told);
        this.trace?.stage(...told);
      };
    },
  });

  app.setErrorHandler((error, request, reply) => {
    // whoever has gone is answered nothing, and nobody is at fault
    if (reply.raw.closed && (error as Error).name === 'AbortError') return reply.code(CLIENT_GONE).send();
    if (request.routeOptions.config.role !== null) metrics.refused(asServiceError(error));
    const answer = sendError(error, request, reply, compat);
    // what sheds load is no fault; a disk that refuses is, and whoever asks for health has said so already
    const isShed = reply.statusCode === 503 && !isOfState(error);
    if (reply.statusCode >= 500 && !isShed && request.routeOptions.config.role !== null)
      logFault(service.log, error, request);
    return answer;
  });
  app.setNotFoundHandler((request, reply) =>
    sendError(
      new SemblanceError(
        'ROUTE_NOT_FOUND',
        `there is no route ${request.method} ${request.url.split('?')[0]!.slice(0, 200)}`,
      ),
      request,
      reply,
      compat,
    ),
  );

  app.addHook('onRequest', async (request, reply) => {
    const { role = 'admin', isInference = false } = request.routeOptions.config;
    if (request.routeOptions.url === undefined) return; // no such route
    if (service.isDraining && role !== null) throw new SemblanceError('SHUTTING_DOWN');
    if (role !== null) {
      request.key = auth(request, role);
      await rateLimit?.(request.key.id);
    }
    if (Number(request.headers['content-length'] ?? 0) > limits.maxBodyBytes) {
      throw new SemblanceError(
        'REQUEST_TOO_LARGE',
        `the request is larger than the allowed ${limits.maxBodyBytes} bytes`,
      );
    }
    if (isInference) admitArriving(service, request, reply);
  });
  app.addHook('preHandler', async (request, reply) => {
    if (!request.routeOptions.config.isInference) return;
    await admitToWork(service, request, reply);
    const nowMs = performance.now();
    request.onStage('receive', nowMs - reply.elapsedTime, nowMs);
  });
  app.addHook('onSend', async (_, reply) => {
    // a connection that stays open would keep the service from ending
    if (service.isDraining) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.requests.inc({ route, method: request.method, status: reply.statusCode });
    metrics.seconds.observe({ route }, reply.elapsedTime / 1000);
    request.trace?.end(reply.statusCode, request.failure);
    logRequest(service.log, request, reply, route);
  });

  await app.register(multipart, {
    limits: {
      fileSize: limits.maxBodyBytes,
      files: 4,
      fields: 20,
      fieldSize: 10_000,
      parts: 24,
      headerPairs: 100,
    },
  });
  await app.register(swagger, openApiOptions(serviceVersion, compat));
  for (const group of routeGroups) group(app, service);
  serveReference(app);
  takeReports(app, service.log);
  await servePage(app, service.page);
  return app;
}
