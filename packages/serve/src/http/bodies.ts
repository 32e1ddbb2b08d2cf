import { SemblanceError } from '../error.ts';
import type { App } from './service.ts';

/** Reads JSON; clients name the type of a body also where they send none, and nothing is asked of that. */
export function readBodies(app: App): void {
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
