import type { FastifyRequest } from 'fastify';
import { SemblanceError } from '../error.ts';
import type { App } from './service.ts';
import { MAX_JSON_BYTES } from './tensors.ts';

/** Says how many bytes of a body are its JSON: the protocol's extension for binary tensors. */
export const JSON_LENGTH = 'inference-header-content-length';

const behind = new WeakMap<FastifyRequest, Uint8Array>();

/** What a request has behind its JSON. */
export const bytesBehind = (request: FastifyRequest): Uint8Array => behind.get(request) ?? new Uint8Array(0);

/** Bodies of JSON up to a size, and of JSON with binary tensors behind it. */
export function readTensorBodies(app: App): void {
  app.addHook('preParsing', async (request) => {
    const { 'content-length': length, [JSON_LENGTH]: jsonLength } = request.headers;
    if (jsonLength === undefined && Number(length ?? 0) > MAX_JSON_BYTES) throw tooLarge();
  });
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  const types = ['application/json', 'application/octet-stream'];
  app.addContentTypeParser<Buffer>(types, { parseAs: 'buffer' }, (request, body, done) => {
    const given = request.headers[JSON_LENGTH];
    const jsonLength = given === undefined ? body.length : Number(given);
    if (!Number.isInteger(jsonLength) || jsonLength < 0 || jsonLength > body.length) {
      const message = `${JSON_LENGTH} is ${String(given).slice(0, 40)}, but the body has ${body.length} bytes`;
      return done(new SemblanceError('REQUEST_INVALID', message), undefined);
    }
    if (jsonLength > MAX_JSON_BYTES) return done(tooLarge(), undefined);
    behind.set(request, body.subarray(jsonLength));
    parseJson(request, body.toString('utf8', 0, jsonLength), done);
  });
}

const tooLarge = (): SemblanceError =>
  new SemblanceError(
    'REQUEST_TOO_LARGE',
    `more than ${MAX_JSON_BYTES} bytes of JSON are not parsed here: send the numbers as binary tensors, ` +
      `4 bytes each behind the JSON, whose length ${JSON_LENGTH} says`,
  );
