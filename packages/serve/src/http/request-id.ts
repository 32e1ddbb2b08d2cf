import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What a caller's own id may be: one word, which breaks no line of a log. */
const ID = /^[\w.:@/+=-]{1,128}$/;

/** The id of a request: the `x-request-id` that it brings, or a new one. Its answer and faults in the log carry it. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && ID.test(given) ? given : randomUUID();
}
