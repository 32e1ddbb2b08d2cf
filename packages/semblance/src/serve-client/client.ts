import type { Io } from '../cli/io.ts';
import { isErrorCode, SemblanceError } from '../error.ts';

/** What commands that talk to a running service take; the key comes from the environment, where others do not see it. */
export interface ServiceAddress {
  url?: string;
}

/** Where the service is. */
export const serviceUrl = ({ url }: ServiceAddress, { env }: Pick<Io, 'env'>): string =>
  (url ?? env.SEMBLANCE_URL ?? 'http://127.0.0.1:8080').replace(/\/+$/, '');

/**
 * Calls a running service with the key in `SEMBLANCE_API_KEY`.
 *
 * @throws SemblanceError KEY_MISSING, SERVICE_UNREACHABLE, and what the service says.
 */
export async function callService<T>(
  address: ServiceAddress,
  io: Io,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<T> {
  const base = serviceUrl(address, io);
  const key = io.env.SEMBLANCE_API_KEY;
  if (!key) {
    throw new SemblanceError(
      'KEY_MISSING',
      'set SEMBLANCE_API_KEY to an admin key: semblance keys create --role admin',
    );
  }
  let reply: Response;
  try {
    reply = await fetch(base + path, {
      method,
      headers: { 'x-api-key': key, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch (cause) {
    throw new SemblanceError(
      'SERVICE_UNREACHABLE',
      `no service answers at ${base}: start one with semblance serve, or give --url`,
      { cause },
    );
  }
  const answer = (await reply.json().catch(() => ({}))) as { error?: string; message?: string };
  if (reply.ok) return answer as T;
  const code = answer.error !== undefined && isErrorCode(answer.error) ? answer.error : 'SERVICE_UNREACHABLE';
  throw new SemblanceError(code, answer.message ?? `${base} answered ${reply.status}`);
}
