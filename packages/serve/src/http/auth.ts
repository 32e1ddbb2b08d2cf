import type { FastifyRequest } from 'fastify';
import { SemblanceError } from '../error.ts';
import { type KeyFile, reaches, type StoredKey } from '../keys/key-file.ts';
import type { KeyRole } from '../keys/roles.ts';

/** How often the file of keys is looked at for changes by other processes. */
const REFRESH_MS = 1000;

/** Checks keys of requests: `x-api-key`, or `authorization: Bearer`; never one in an address. */
export function createAuth(keys: KeyFile): (request: FastifyRequest, role: KeyRole) => Promise<StoredKey> {
  let refreshedMs = performance.now();
  return async (request, role) => {
    if (performance.now() - refreshedMs > REFRESH_MS) {
      refreshedMs = performance.now();
      await keys.refresh();
    }
    const given = request.headers['x-api-key'] ?? request.headers.authorization?.replace(/^Bearer /i, '');
    if (typeof given !== 'string' || given === '') {
      throw new SemblanceError('KEY_MISSING', 'the header x-api-key is missing');
    }
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
