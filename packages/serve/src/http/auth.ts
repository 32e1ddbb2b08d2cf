import type { FastifyRequest } from 'fastify';
import type { Actor } from '../audit/audited-change.ts';
import { isSemblanceError, SemblanceError } from '../error.ts';
import { reaches } from '../keys/key-file.ts';
import type { KeyRole } from '../keys/roles.ts';
import type { StoredKey } from '../keys/stored-keys.ts';
import { hasCsrfToken, type Session } from '../sessions/sessions.ts';
import type { Service } from './service.ts';

/** The cookie of a session, and the header that goes with whatever a page changes. */
export const SESSION_COOKIE = 'semblance_session';
export const CSRF_HEADER = 'x-csrf-token';

/** Methods that change nothing; a page of others may make a browser send them. */
const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** Checks who asks: `x-api-key`, `authorization: Bearer`, or the cookie of a session; never a key in an address. */
export function createAuth(service: Service): (request: FastifyRequest, role: KeyRole) => StoredKey {
  return (request, role) => {
    const given = request.headers['x-api-key'] ?? request.headers.authorization?.replace(/^Bearer /i, '');
    const token = request.cookies[SESSION_COOKIE];
    if (given === undefined && token !== undefined) {
      const { key, session } = keyOfSession(service, token);
      if (!SAFE.includes(request.method) && !hasCsrfToken(session, request.headers[CSRF_HEADER])) {
        throw new SemblanceError('SESSION_TOKEN', `the header ${CSRF_HEADER} is not that of the session`);
      }
      requireRole(key, role);
      return key;
    }
    if (typeof given !== 'string' || given === '') {
      throw new SemblanceError('KEY_MISSING', 'the header x-api-key is missing');
    }
    service.followKeys();
    const key = service.keys.check(given);
    requireRole(key, role);
    return key;
  };
}

/**
 * The key of a session, as it is now.
 *
 * @throws SemblanceError SESSION_ENDED where it is over, or its key was revoked or has expired
 */
export function keyOfSession(
  { keys, followKeys, sessions }: Service,
  token: string,
): { key: StoredKey; session: Session } {
  const session = sessions.find(token);
  if (session === null) throw new SemblanceError('SESSION_ENDED');
  followKeys();
  try {
    return { key: keys.get(session.keyId), session };
  } catch (error) {
    if (!isSemblanceError(error, 'KEY_INVALID')) throw error;
    sessions.close(token);
    throw new SemblanceError('SESSION_ENDED', 'the API key of the session was revoked or has expired');
  }
}

/** Who is to be named for what a request changes. */
export const actorOf = ({ key, id }: FastifyRequest): Actor => ({ by: key!.id, reqId: id });

/** @throws SemblanceError KEY_FORBIDDEN where the key's role does not reach as far. */
export function requireRole(key: StoredKey, role: KeyRole): void {
  if (reaches(key.role, role)) return;
  throw new SemblanceError(
    'KEY_FORBIDDEN',
    `this needs a key with the role ${role}, and this one has the role ${key.role}`,
  );
}
