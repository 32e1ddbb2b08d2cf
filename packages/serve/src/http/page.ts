import { join } from 'node:path';
import files from '@fastify/static';
import { exists } from '@semblance/core/files';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SemblanceError } from '../error.ts';
import { REPORTS_PATH } from './page-reports.ts';
import type { App } from './service.ts';

/** The page's own addresses lie below this one: whatever the API is given later, it cannot meet them. */
const PREFIX = '/ui';

const YEAR_MS = 365 * 24 * 3600_000;
/** Nothing but our own files is loaded, nothing is inline, nobody frames it, and no text becomes a script. */
const POLICY = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'"],
  ...["img-src 'self' blob:", "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'"],
  ...[
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ],
  ...[`report-uri ${REPORTS_PATH}`, 'report-to page'],
].join('; ');
const HEADERS = {
  'content-security-policy': POLICY,
  'reporting-endpoints': `page="${REPORTS_PATH}"`,
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
};

/**
 * Delivers the page: files whose names hold their hash stay in a browser's cache for ever, and every other address is the
 * page itself, which reads it.
 *
 * @param folder where `npm run build:web` has put it; null where it was not built
 */
export async function servePage(app: App, folder: string | null): Promise<void> {
  if (folder !== null) await app.register(files, { root: folder, serve: false, preCompressed: true });
  const options = { config: { role: null }, schema: { hide: true } } as const;

  const send = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (folder === null) {
      throw new SemblanceError('PAGE_MISSING', 'the page was not built: npm run build:web builds it');
    }
    reply.headers(HEADERS);
    const { '*': path = '' } = request.params as { '*'?: string };
    if (!path.startsWith('assets/'))
      return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false });
    if (!(await exists(join(folder, path)))) {
      throw new SemblanceError('ROUTE_NOT_FOUND', `the page has no file ${path.slice(0, 100)}`);
    }
    return reply.sendFile(path, { maxAge: YEAR_MS, immutable: true });
  };
  app.get('/', options, async (_, reply) => reply.redirect(`${PREFIX}/`));
  app.get(PREFIX, options, send);
  app.get(`${PREFIX}/*`, options, send);
}
