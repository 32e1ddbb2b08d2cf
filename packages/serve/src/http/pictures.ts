import type { FastifyRequest } from 'fastify';
import { isSemblanceError, SemblanceError } from '../error.ts';
import { nameBoundary } from './form-boundary.ts';

/** Either alphabet: that of URLs has - and _. Lines may be broken anywhere; `Buffer` passes over that itself. */
const BASE64 = /^\s*[A-Za-z0-9+/_-][A-Za-z0-9+/_\s-]*(?:=\s*){0,2}$/;
const DATA_URI = /^\s*data:[^,]*;base64,/i;

/** A picture, with the name of its file where it came with one. */
export interface SentPicture {
  bytes: Uint8Array;
  name: string | null;
}

const read = new WeakMap<FastifyRequest, Parts>();

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
  const { found } = await readParts(request, names);
  return Object.fromEntries(Object.entries(found).map(([name, [first]]) => [name, first!.bytes]));
}

/** The pictures of a request that may be of several, and the text of a field beside them; undefined where there is none. */
export async function readPhotos(
  request: FastifyRequest,
  field: string,
): Promise<{ photos: readonly SentPicture[]; said: unknown }> {
  const { found, fields } = await readParts(request, ['file']);
  return { photos: found.file!, said: fields[field] };
}

async function readParts(request: FastifyRequest, names: readonly string[]): Promise<Parts> {
  const known = read.get(request);
  if (known) return known;
  const isForm = request.isMultipart();
  if (isForm) await nameBoundary(request.raw);
  const parts = isForm
    ? await Promise.race([tooLarge(request), fromForm(request, names)])
    : fromJson(request, names);
  const { found, others } = parts;
  for (const name of names) {
    if (found[name] === undefined) {
      const instead = others.length > 0 ? `; it has ${others.slice(0, 5).join(', ').slice(0, 100)}` : '';
      throw new SemblanceError('REQUEST_PART_MISSING', `the request has no part ${name}${instead}`);
    }
  }
  read.set(request, parts);
  return parts;
}

interface Parts {
  found: Record<string, SentPicture[]>;
  /** Names of what else there was. */
  others: string[];
  /** What else there was, where it is no file. */
  fields: Record<string, unknown>;
}

/** Most pictures of one name that a request may have. */
const mostOf = ({ routeOptions }: FastifyRequest): number => routeOptions.config.mostPictures ?? 1;

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
  const parts: Parts = { found: {}, others: [], fields: {} };
  const { found, others, fields } = parts;
  const most = mostOf(request);
  // of pictures the content tells what they are: a part need not have a file name
  const isPartAFile = (
    field: string | undefined,
    type: string | undefined,
    file: string | undefined,
  ): boolean => file !== undefined || type === 'application/octet-stream' || names.includes(field ?? '');
  try {
    const limits = most > 1 ? { limits: { files: most, parts: most + 20 } } : {};
    for await (const part of request.parts({ isPartAFile, ...limits } as object)) {
      const { fieldname } = part;
      if (!names.includes(fieldname)) others.push(fieldname);
      if (part.type !== 'file') {
        fields[fieldname] = part.value;
        continue;
      }
      const bytes = await part.toBuffer();
      if (!names.includes(fieldname)) continue;
      const there = (found[fieldname] ??= []);
      if (there.length === most)
        throw new SemblanceError(
          'REQUEST_INVALID',
          most === 1 ? `the form has two parts ${fieldname}` : `the form has more than ${most} pictures`,
        );
      if (part.filename === undefined && isText(bytes)) throw notAFile(fieldname, bytes);
      there.push({ bytes, name: part.filename || null });
    }
  } catch (cause) {
    // the parser's own errors, of a form that ends too early, carry no status
    if (isSemblanceError(cause) || (cause as { statusCode?: number }).statusCode !== undefined) throw cause;
    throw new SemblanceError('REQUEST_INVALID', 'the form is damaged or ends too early', { cause });
  }
  return parts;
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
  const fields = body as Record<string, unknown>;
  const found: Record<string, SentPicture[]> = {};
  const most = mostOf(request);
  for (const name of names) {
    const given = fields[name];
    if (given === undefined) continue;
    const texts = most > 1 && Array.isArray(given) ? given : [given];
    if (texts.length > most)
      throw new SemblanceError('REQUEST_INVALID', `the request has more than ${most} pictures`);
    found[name] = texts.map((text) => ({ bytes: fromBase64(text, name), name: null }));
    if (texts.length === 0) delete found[name];
  }
  return { found, fields, others: Object.keys(body).filter((name) => !names.includes(name)) };
}

function fromBase64(text: unknown, name: string): Uint8Array {
  const base64 = typeof text === 'string' ? text.replace(DATA_URI, '') : '';
  if (BASE64.test(base64)) return Buffer.from(base64, 'base64');
  throw new SemblanceError(
    'REQUEST_INVALID',
    `expected a picture in base64 for ${name}; addresses are not fetched`,
  );
}
