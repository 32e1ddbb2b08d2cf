import { SemblanceError } from '../error.ts';
import type { App, ServiceLimits } from './service.ts';

/** Most bytes of JSON that holds no picture: what is larger would keep everybody waiting while it is parsed. */
const MOST_JSON_BYTES = 2 ** 20;

/** Reads JSON; clients name the type of a body also where they send none, and nothing is asked of that. */
export function readBodies(app: App, { maxBodyBytes }: ServiceLimits): void {
  app.addHook('onRoute', (route) => {
    if (!route.config?.pictures) route.bodyLimit ??= Math.min(maxBodyBytes, MOST_JSON_BYTES);
  });
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.trim() === '') done(null, undefined);
    else parseJson(request, body, done);
  });
  app.addContentTypeParser('*', (request, _, done) => {
    const { 'content-type': type = 'no type', 'content-length': length, ...headers } = request.headers;
    if (length === '0' || (length === undefined && !headers['transfer-encoding']))
      return done(null, undefined);
    const { pictures } = request.routeOptions.config;
    const forms = pictures ? 'multipart/form-data, or JSON with pictures in base64,' : 'application/json';
    done(
      new SemblanceError('REQUEST_TYPE', `expected ${forms} but received ${type.slice(0, 100)}`),
      undefined,
    );
  });
}
