import type { Random } from '@semblance/core/random';
import { type Body, base64Body, formBody, jsonBody, type Pictures, tensorBody } from './bodies.ts';
import { type WireRequest, wireBytes } from './request.ts';
import { asText, oddValue, type Schema, sampleOf } from './values.ts';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}

/** The document of the API, as far as requests are made from it. */
export interface ApiDocument {
  paths: Record<
    string,
    Record<
      string,
      { parameters?: Parameter[]; requestBody?: { content: Record<string, { schema?: Schema }> } }
    >
  >;
}

/** An operation of the document. */
export interface Operation {
  method: string;
  path: string;
  parameters: Parameter[];
  /** By media type. */
  bodies: Record<string, Schema>;
}

export const operationsOf = ({ paths }: ApiDocument): Operation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
      const bodies = Object.entries(requestBody?.content ?? {}).map(([type, { schema = {} }]) => [
        type,
        schema,
      ]);
      return { method: method.toUpperCase(), path, parameters, bodies: Object.fromEntries(bodies) };
    }),
  );

export interface Keys {
  admin: string;
  enrol: string;
  read: string;
}

/** A request of an operation: what its schemas take, or nearly. */
export function requestOf(operation: Operation, from: Pictures, keys: Keys, random: Random): WireRequest {
  const { path, parameters } = operation;
  const method = random.chance(0.97) ? operation.method : random.pick(otherMethods);
  const target = targetOf(path, parameters, random);
  const body = bodyOf(operation, from, random);
  const headers: (readonly [string, string])[] = [...keyHeaders(keys, random), ...(body?.headers ?? [])];
  if (body && random.chance(0.98)) headers.push(['content-type', body.type]);
  if (random.chance(0.1)) headers.push(random.pick(oddHeaders)(random));
  const isChunked = random.chance(0.15);
  const end = random.weighted({ wait: 0.96, 'half-close': 0.02, leave: 0.02 });
  const given = body ? { body: body.bytes, isChunked } : {};
  const bytes = wireBytes({ method, target, headers, ...given });
  const cuts = random.chance(0.1)
    ? [random.int(1, 60), random.int(60, bytes.length)].sort((a, b) => a - b)
    : [];
  return {
    what: `${method} ${path}`,
    ...{ bytes, cuts, end, isHead: method === 'HEAD' },
    // Beyond the limit the connection is closed while bytes are still on their way; a tunnel is refused without a word; and
    // whoever ends the stream of a request has left, as Node.js sees it.
    mayBeSilent: (body?.bytes.length ?? 0) > 900_000 || method === 'CONNECT' || end === 'half-close',
  };
}

const otherMethods = [
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'CONNECT',
  'QUERY',
];

function targetOf(path: string, parameters: readonly Parameter[], random: Random): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const schema = parameters.find((one) => one.in === 'path' && one.name === name)?.schema ?? {
      type: 'string',
    };
    return encoded(sampleOf(schema, random, name), random);
  });
  const query = parameters
    .filter((one) => one.in === 'query' && random.chance(one.required ? 0.95 : 0.4))
    .map(({ name, schema }) => `${name}=${encoded(sampleOf(schema, random, name), random)}`);
  if (random.chance(0.03))
    query.push(`${encoded(oddValue(random), random)}=${encoded(oddValue(random), random)}`);
  if (random.chance(0.02)) query.push(...query);
  const asked = query.length > 0 ? `?${query.join('&')}` : '';
  return `${random.chance(0.04) ? random.pick(oddPaths)(filled) : filled}${asked}`;
}

const oddPaths: readonly ((path: string) => string)[] = [
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => `${path}/..`,
  (path) => `/api/v1/../..${path}`,
  (path) => path.toUpperCase(),
  (path) => path.replaceAll('/', '%2f'),
  (path) => path.replace('e', '%65'),
  (path) => `${path};a=b`,
  (path) => `${path}%`,
  (path) => `${path}%zz`,
  (path) => `${path}%c0%af`,
  (path) => `${path}%00`,
  (path) => `${path}#x`,
  (path) => `http://elsewhere.example${path}`,
  (path) => `${path}/${'a'.repeat(5000)}`,
  () => '*',
];

/** Text in an address: encoded, and now and then left as it is, but for what ends a line. */
function encoded(value: unknown, random: Random): string {
  const text = asText(value).slice(0, 6000);
  // lone surrogates have no encoding of their own
  if (random.chance(0.95)) return encodeURIComponent(text.toWellFormed());
  return Buffer.from(Buffer.from(text).filter(isPrinted)).toString('latin1');
}

function keyHeaders({ admin, enrol, read }: Keys, random: Random): [string, string][] {
  const kind = random.weighted({ admin: 0.85, enrol: 0.04, read: 0.04, none: 0.03, odd: 0.04 });
  if (kind === 'none') return [];
  const key = { admin, enrol, read, odd: headerText(oddValue(random)) }[kind];
  return random.pick<[string, string][]>([[['x-api-key', key]], [['authorization', `Bearer ${key}`]]]);
}

const isPrinted = (byte: number): boolean => byte > 0x20 && byte !== 0x7f;
const headerText = (value: unknown): string =>
  Buffer.from(Buffer.from(asText(value)).filter(isPrinted))
    .toString('latin1')
    .slice(0, 2000);

const oddHeaders: readonly ((random: Random) => [string, string])[] = [
  (random) => ['x-request-id', headerText(oddValue(random))],
  (random) => ['accept', headerText(oddValue(random))],
  () => ['accept-encoding', 'gzip, br, x'],
  () => ['expect', '100-continue'],
  () => ['expect', 'a miracle'],
  () => ['upgrade', 'h2c'],
  () => ['upgrade', 'websocket'],
  () => ['range', 'bytes=0-0,2-2'],
  () => ['if-none-match', '*'],
  () => ['origin', 'https://elsewhere.example'],
  () => ['content-encoding', 'gzip'],
  () => ['x-http-method-override', 'DELETE'],
  () => ['x-forwarded-for', '127.0.0.1'],
  () => ['cookie', 'a=b'.repeat(500)],
  () => ['x-api-key', 'another'],
  () => ['content-type', 'text/plain'],
  () => ['inference-header-content-length', '5'],
  () => ['te', 'trailers'],
];

function bodyOf({ path, bodies }: Operation, from: Pictures, random: Random): Body | undefined {
  const { 'application/json': json, 'multipart/form-data': form } = bodies;
  if (random.chance(0.02))
    return { type: 'application/json', bytes: Buffer.alloc(random.pick([0, 1, 2_100_000]), ' ') };
  if (form) {
    const names = Object.keys(form.properties ?? { file: {} });
    return random.chance(0.7) ? formBody(names, from, random) : base64Body(names, from, random);
  }
  if (!json) return undefined;
  if (path.endsWith('/infer') && random.chance(0.6)) return tensorBody(json, random);
  if (path === '/api/v1/deployments') return jsonBody(neverServable(json), random);
  return jsonBody(json, random);
}

/** What is asked to be deployed is never there: a model that could be would be loaded each time. */
const neverServable = (schema: Schema): Schema => ({
  ...schema,
  properties: { ...schema.properties, detector: { const: '/nowhere/detector' } },
  required: [...(schema.required ?? []), 'detector'],
});
