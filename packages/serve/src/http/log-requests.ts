import type { FastifyReply, FastifyRequest } from 'fastify';
import { asSemblanceError } from '../error.ts';
import type { ServiceLog } from '../log/service-log.ts';

/** Says that a request was answered: the route's template and ids, and nothing of what the caller sent. */
export function logRequest(
  log: ServiceLog,
  request: FastifyRequest,
  reply: FastifyReply,
  route: string,
): void {
  log.request({
    reqId: request.id,
    method: request.method,
    route,
    status: reply.statusCode,
    ms: Math.round(10 * reply.elapsedTime) / 10,
    key: request.key?.id ?? null,
    code: request.failure,
  });
}

/** Says what was not the caller's doing. */
export function logFault(log: ServiceLog, error: unknown, request: FastifyRequest): void {
  const { code, message } = asSemblanceError(error);
  const { url: route = 'none' } = request.routeOptions;
  const text = `${code} at ${route}: ${message.slice(0, 300)} [${request.id}]`;
  log.event('error', text, { code, route, reqId: request.id });
}
