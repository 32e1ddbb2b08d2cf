import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { isExpired } from '../../keys/key-file.ts';
import { keyRoles } from '../../keys/roles.ts';
import type { StoredKey } from '../../keys/stored-keys.ts';
import { actorOf } from '../auth.ts';
import { ofStorage } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { givenText } from './schemas.ts';

const base = '/api/v1/keys';
const tags = ['keys'];
const role = 'admin';

const keyJson = z
  .object({
    id: z.string(),
    role: z.enum(keyRoles),
    label: z.string().describe('What it is for.'),
    state: z.enum(['active', 'expired', 'revoked']),
    createdAt: z.string(),
    expiresAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  })
  .meta({ id: 'ApiKey', description: 'An API key, without its text, which is kept nowhere.' });

const shown = (key: StoredKey): z.output<typeof keyJson> => ({
  ...{ id: key.id, role: key.role, label: key.label, createdAt: key.createdAt },
  state: key.revokedAt !== null ? 'revoked' : isExpired(key) ? 'expired' : 'active',
  expiresAt: key.expiresAt ?? null,
  revokedAt: key.revokedAt,
});

/** Who may what: keys are made, listed and revoked, as `semblance keys` does. */
export const keyRoutes: RouteGroup = (app, service) => {
  const { keys } = service;

  app.get(
    base,
    {
      config: { role },
      schema: {
        operationId: 'listKeys',
        summary: 'Lists API keys, the newest first; those that have ended, too.',
        ...{ tags, response: { 200: z.object({ keys: z.array(keyJson) }) } },
      },
    },
    async () => {
      service.followKeys();
      return { keys: keys.all().reverse().map(shown) };
    },
  );

  app.post(
    base,
    {
      config: { role, codes: ['PATH_BUSY', 'DATA_CORRUPT', ...ofStorage] },
      schema: {
        operationId: 'createKey',
        summary: 'Makes an API key; its text is in this answer alone.',
        tags,
        body: z.strictObject({
          role: z.enum(keyRoles),
          label: givenText(0, 200).prefault('').describe('What it is for.'),
          expiresAt: z.iso
            .datetime({ offset: true })
            .nullish()
            .describe('From when on it is refused; never where it is not given.'),
        }),
        response: { 201: z.object({ key: keyJson, text: z.string().describe('The key itself.') }) },
      },
    },
    async (request, reply) => {
      const { role: wanted, label, expiresAt } = request.body;
      if (expiresAt && Date.parse(expiresAt) <= Date.now())
        throw new SemblanceError('REQUEST_INVALID', `expiresAt: ${expiresAt} is in the past`);
      const { key, text } = await keys.create(wanted, label, {
        ...(expiresAt ? { expiresAt: new Date(expiresAt) } : {}),
        actor: actorOf(request),
      });
      return reply
        .header('cache-control', 'no-store')
        .code(201)
        .send({ key: shown(key), text });
    },
  );

  app.delete(
    `${base}/:id`,
    {
      config: { role, codes: ['KEY_NOT_FOUND', 'PATH_BUSY', 'DATA_CORRUPT', ...ofStorage] },
      schema: {
        operationId: 'revokeKey',
        summary: 'Revokes an API key: it is refused from the next request on, and its sessions end.',
        ...{ tags, params: z.object({ id: givenText(1, 64) }), response: { 200: keyJson } },
      },
    },
    async (request) => {
      const { id } = request.params;
      await keys.revoke(id, actorOf(request));
      return shown(keys.all().find((key) => key.id === id)!);
    },
  );
};
