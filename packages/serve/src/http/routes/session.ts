import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isSemblanceError } from '../../error.ts';
import { keyRoles } from '../../keys/roles.ts';
import type { StoredKey } from '../../keys/stored-keys.ts';
import type { Session } from '../../sessions/sessions.ts';
import { keyOfSession, SESSION_COOKIE } from '../auth.ts';
import type { RouteGroup } from '../service.ts';
import { givenText } from './schemas.ts';

const sessionJson = z
  .object({
    key: z.string().describe('The id of the key.'),
    label: z.string().describe('What the key is for.'),
    role: z.enum(keyRoles),
    expiresAt: z.string(),
    csrfToken: z.string().describe('Goes as `x-csrf-token` with every request that changes something.'),
  })
  .meta({ id: 'Session', description: 'Somebody who signed in with a key.' });

const shown = ({ id, label, role }: StoredKey, { csrfToken, expiresAtMs }: Session) => ({
  ...{ key: id, label, role, csrfToken },
  expiresAt: new Date(expiresAtMs).toISOString(),
});

/** Browsers take a cookie for TLS alone over TLS alone; a proxy before the service says what it speaks. */
const isOverTls = ({ protocol, headers }: FastifyRequest): boolean =>
  protocol === 'https' || headers['x-forwarded-proto'] === 'https';

/** Signing in to the page: a key is given once, and a cookie that no script can read stands for it from then on. */
export const sessionRoutes: RouteGroup = (app, service) => {
  const url = '/api/v1/session';
  const tags = ['session'];
  const { sessions, keys } = service;
  const cookie = (request: FastifyRequest) =>
    ({ path: '/', httpOnly: true, sameSite: 'strict', secure: isOverTls(request) }) as const;
  const forget = (request: FastifyRequest, reply: FastifyReply): void => {
    const token = request.cookies[SESSION_COOKIE];
    if (token === undefined) return;
    sessions.close(token);
    reply.clearCookie(SESSION_COOKIE, cookie(request));
  };

  app.post(
    url,
    {
      config: { role: null, codes: ['KEY_INVALID'] },
      schema: {
        operationId: 'signIn',
        summary: 'Begins a session of twelve hours: the answer sets a cookie that stands for the key.',
        tags,
        body: z.strictObject({ key: givenText(1, 200) }),
        response: { 201: sessionJson },
      },
    },
    async (request, reply) => {
      service.followKeys();
      const key = keys.check(request.body.key.trim());
      forget(request, reply);
      const { token, session } = sessions.open(key.id);
      reply.setCookie(SESSION_COOKIE, token, {
        ...cookie(request),
        expires: new Date(session.expiresAtMs),
      });
      return reply.code(201).send(shown(key, session));
    },
  );

  app.get(
    url,
    {
      config: { role: null },
      schema: {
        operationId: 'getSession',
        summary: 'Who is signed in; null where nobody is.',
        tags,
        response: { 200: z.object({ session: sessionJson.nullable() }) },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const token = request.cookies[SESSION_COOKIE];
      if (token === undefined) return { session: null };
      try {
        const { key, session } = keyOfSession(service, token);
        return { session: shown(key, session) };
      } catch (error) {
        if (!isSemblanceError(error, 'SESSION_ENDED')) throw error;
        forget(request, reply);
        return { session: null };
      }
    },
  );

  app.delete(
    url,
    {
      config: { role: 'read' },
      schema: { operationId: 'signOut', summary: 'Ends the session.', tags, response: { 204: z.null() } },
    },
    async (request, reply) => {
      forget(request, reply);
      return reply.code(204).send(null);
    },
  );
};
