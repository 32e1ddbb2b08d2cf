import type { FastifyRequest } from 'fastify';
import { SemblanceError } from '../error.ts';
import { reaches } from '../keys/key-file.ts';
import type { KeyRole } from '../keys/roles.ts';
import type { StoredKey } from '../keys/stored-keys.ts';
import type { Service } from './service.ts';

/** Checks keys of requests: `x-api-key`, or `authorization: Bearer`; never one in an address. */
export function createAuth({
  keys,
  followKeys,
}: Service): (request: FastifyRequest, role: KeyRole) => StoredKey {
  return (request, role) => {
    const given = request.headers['x-api-key'] ?? request.headers.authorization?.replace(/^Bearer /i, '');
    if (typeof given !== 'string' || given === '') {
      throw new SemblanceError('KEY_MISSING', 'the header x-api-key is missing');
    }
    followKeys();
    const key = keys.check(given);
    requireRole(key, role);
    return key;
  };
}

/** @throws SemblanceError KEY_FORBIDDEN where the key's role does not reach as far. */
export function requireRole(key: StoredKey, role: KeyRole): void {
  if (reaches(key.role, role)) return;
  throw new SemblanceError(
    'KEY_FORBIDDEN',
    `this needs a key with the role ${role}, and this one has the role ${key.role}`,
  );
}
