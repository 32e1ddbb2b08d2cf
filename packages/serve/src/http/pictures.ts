import type { FastifyRequest } from 'fastify';
import { SemblanceError } from '../error.ts';

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * The pictures of a request, by name: parts of a form, or texts in base64 of a JSON body. Nothing is ever fetched from an
 * address.
 *
 * @throws SemblanceError REQUEST_PART_MISSING, REQUEST_TYPE, REQUEST_INVALID, REQUEST_TOO_LARGE.
 */
export async function readPictures(
  request: FastifyRequest,
  names: readonly string[],
): Promise<Record<string, Uint8Array>> {
  const found = request.isMultipart() ? await fromForm(request, names) : fromJson(request, names);
  for (const name of names) {
    if (found[name] === undefined) {
      throw new SemblanceError('REQUEST_PART_MISSING', `the request has no part ${name}`);
    }
  }
  return found;
}

/** The picture of a request that is of one. */
export async function readPicture(request: FastifyRequest): Promise<Uint8Array> {
  return (await readPictures(request, ['file'])).file!;
}

async function fromForm(
  request: FastifyRequest,
  names: readonly string[],
): Promise<Record<string, Uint8Array>> {
  const found: Record<string, Uint8Array> = {};
  try {
    for await (const part of request.parts()) {
      if (part.type !== 'file') continue;
      const bytes = await part.toBuffer();
      if (names.includes(part.fieldname)) found[part.fieldname] = bytes;
    }
  } catch (cause) {
    // the parser's own errors, of a form that ends too early or has no boundary, carry no status
    if ((cause as { statusCode?: number }).statusCode !== undefined) throw cause;
    throw new SemblanceError('REQUEST_INVALID', 'the form is damaged or ends too early', { cause });
  }
  return found;
}

function fromJson(request: FastifyRequest, names: readonly string[]): Record<string, Uint8Array> {
  const { body } = request;
  if (typeof body !== 'object' || body === null) {
    throw new SemblanceError('REQUEST_TYPE', 'expected multipart/form-data, or JSON with pictures in base64');
  }
  const found: Record<string, Uint8Array> = {};
  for (const name of names) {
    const text = (body as Record<string, unknown>)[name];
    if (text === undefined) continue;
    const base64 =
      typeof text === 'string' ? text.replace(/^data:image\/[a-z+]+;base64,/, '').replace(/\s/g, '') : '';
    if (!BASE64.test(base64)) {
      throw new SemblanceError(
        'REQUEST_INVALID',
        `expected a picture in base64 for ${name}; addresses are not fetched`,
      );
    }
    found[name] = Buffer.from(base64, 'base64');
  }
  return found;
}
