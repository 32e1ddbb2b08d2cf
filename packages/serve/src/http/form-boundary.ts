import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { SemblanceError } from '../error.ts';

/** Bytes within which the first line of a form ends: two dashes, at most 70 of the boundary, and the line's end. */
const LINE_BYTES = 74;

/**
 * Names the boundary of a form whose sender left it out of `content-type`, as `axios` of old does with a form made by the
 * npm package `form-data`: the form's own first line says it (RFC 2046, 5.1.1).
 *
 * @throws SemblanceError REQUEST_INVALID where the body does not begin as a form does.
 */
export async function nameBoundary(raw: IncomingMessage): Promise<void> {
  const type = raw.headers['content-type'] ?? '';
  if (/boundary=/i.test(type)) return;
  const boundary = /^(?:\r\n)?--([\w'()+,./:=? -]{1,70})\r\n/.exec(await beginning(raw).catch(() => ''))?.[1];
  if (boundary === undefined) {
    throw new SemblanceError(
      'REQUEST_INVALID',
      'the content-type multipart/form-data names no boundary, and the body does not begin with one',
    );
  }
  raw.headers['content-type'] = `multipart/form-data; boundary="${boundary}"`;
}

/** The first bytes of a body, as Latin-1; they stay to be read. Nothing of a body that ends within them. */
async function beginning(raw: IncomingMessage): Promise<string> {
  let head = Buffer.alloc(0);
  while (head.length < LINE_BYTES) {
    const chunk = raw.read() as Buffer | null;
    if (chunk !== null) head = Buffer.concat([head, chunk]);
    else if (raw.readableEnded || raw.destroyed) return '';
    else await Promise.race([once(raw, 'readable'), once(raw, 'end')]);
  }
  raw.unshift(head);
  return head.toString('latin1');
}
