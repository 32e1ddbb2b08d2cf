import type { FastifyRequest } from 'fastify';
import { isSemblanceError, SemblanceError } from '../error.ts';
import { nameBoundary } from './form-boundary.ts';

/** Either alphabet: that of URLs has - and _. Lines may be broken anywhere; `Buffer` passes over that itself. */
const BASE64 = /^\s*[A-Za-z0-9+/_-][A-Za-z0-9+/_\s-]*(?:=\s*){0,2}$/;
const DATA_URI = /^\s*data:[^,]*;base64,/i;

const read = new WeakMap<FastifyRequest, Record<string, Uint8Array>>();

/**
 * The pictures of a request, by name: parts of a form, or texts in base64 of a JSON body. Nothing is ever fetched from an
 * address. They are read once, however often they are asked for.
 *
 * @throws SemblanceError REQUEST_PART_MISSING, REQUEST_TYPE, REQUEST_INVALID, REQUEST_TOO_LARGE.
 */
export async function readPictures(
  request: FastifyRequest,
  names: readonly string[],
): Promise<Record<string, Uint8Array>> {
  const known = read.get(request);
  if (known) return known;
  const isForm = request.isMultipart();
  if (isForm) await nameBoundary(request.raw);
  const { found, others } = isForm
    ? await Promise.race([tooLarge(request), fromForm(request, names)])
    : fromJson(request, names);
  for (const name of names) {
    if (found[name] === undefined) {
      const instead = others.length > 0 ? `; it has ${others.slice(0, 5).join(', ').slice(0, 100)}` : '';
      throw new SemblanceError('REQUEST_PART_MISSING', `the request has no part ${name}${instead}`);
    }
  }
  read.set(request, found);
  return found;
}

interface Parts {
  found: Record<string, Uint8Array>;
  /** Names of what else there was. */
  others: string[];
}

/** The picture of a request that is of one. */
export async function readPicture(request: FastifyRequest): Promise<Uint8Array> {
  return (await readPictures(request, ['file'])).file!;
}

/** Rejects once more bytes have arrived than a request may have, whatever parts they are of: chunks announce no length. */
function tooLarge({ raw, server }: FastifyRequest): Promise<never> {
  const most = server.initialConfig.bodyLimit!;
  let numBytes = 0;
  return new Promise((_, reject) => {
    raw.on('data', (chunk: Uint8Array) => {
      numBytes += chunk.byteLength;
      if (numBytes <= most) return;
      raw.unpipe().pause();
      reject(new SemblanceError('REQUEST_TOO_LARGE', `the request is larger than the allowed ${most} bytes`));
    });
  });
}

async function fromForm(request: FastifyRequest, names: readonly string[]): Promise<Parts> {
  const found: Record<string, Uint8Array> = {};
  const others: string[] = [];
  // of pictures the content tells what they are: a part need not have a file name
  const isPartAFile = (
    field: string | undefined,
    type: string | undefined,
    file: string | undefined,
  ): boolean => file !== undefined || type === 'application/octet-stream' || names.includes(field ?? '');
  try {
    for await (const part of request.parts({ isPartAFile } as object)) {
      const { fieldname } = part;
      if (!names.includes(fieldname)) others.push(fieldname);
      if (part.type !== 'file') continue;
      const bytes = await part.toBuffer();
      if (!names.includes(fieldname)) continue;
      if (found[fieldname])
        throw new SemblanceError('REQUEST_INVALID', `the form has two parts ${fieldname}`);
      if (part.filename === undefined && isText(bytes)) throw notAFile(fieldname, bytes);
      found[fieldname] = bytes;
    }
  } catch (cause) {
    // the parser's own errors, of a form that ends too early, carry no status
    if (isSemblanceError(cause) || (cause as { statusCode?: number }).statusCode !== undefined) throw cause;
    throw new SemblanceError('REQUEST_INVALID', 'the form is damaged or ends too early', { cause });
  }
  return { found, others };
}

/** Whether these are the characters of a name or a path, which no picture is short of others. */
const isText = (bytes: Uint8Array): boolean =>
  bytes.length > 0 &&
  bytes.length < 4096 &&
  /^[\x20-\x7e\t\r\n]+$/.test(Buffer.from(bytes).toString('latin1'));

/** What `-F file=photo.jpg` of curl sends in the place of the file. */
const notAFile = (name: string, bytes: Uint8Array): SemblanceError =>
  new SemblanceError(
    'IMAGE_NOT_AN_IMAGE',
    `the part ${name} is the text '${Buffer.from(bytes.subarray(0, 60)).toString('latin1')}' and no picture; ` +
      `with curl, send a file as -F ${name}=@photo.jpg`,
  );

function fromJson(request: FastifyRequest, names: readonly string[]): Parts {
  const { body } = request;
  if (typeof body !== 'object' || body === null) {
    throw new SemblanceError('REQUEST_TYPE', 'expected multipart/form-data, or JSON with pictures in base64');
  }
  const found: Record<string, Uint8Array> = {};
  for (const name of names) {
    const text = (body as Record<string, unknown>)[name];
    if (text === undefined) continue;
    const base64 = typeof text === 'string' ? text.replace(DATA_URI, '') : '';
    if (!BASE64.test(base64)) {
      throw new SemblanceError(
        'REQUEST_INVALID',
        `expected a picture in base64 for ${name}; addresses are not fetched`,
      );
    }
    found[name] = Buffer.from(base64, 'base64');
  }
  return { found, others: Object.keys(body).filter((name) => !names.includes(name)) };
}
