import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import type { App } from './service.ts';

const PREFIX = '/docs';
/** Nothing but our own files is loaded, nothing is inline, and nobody frames it. Swagger UI's stylesheet holds its arrows. */
const POLICY = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:"],
  ...["connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join('; ');
const HEADERS = {
  'content-security-policy': POLICY,
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Semblance: HTTP API</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${PREFIX}/swagger-ui.css" />
    <link rel="stylesheet" href="${PREFIX}/reference.css" />
  </head>
  <body>
    <main id="reference"></main>
    <noscript>This page needs JavaScript. The same is in <a href="/openapi.json">/openapi.json</a>.</noscript>
    <script src="${PREFIX}/swagger-ui.js"></script>
    <script src="${PREFIX}/reference.js"></script>
  </body>
</html>
`;
/** Asks nobody but this service, and keeps no key when the page is left. */
const SCRIPT = `SwaggerUIBundle({
  url: '/openapi.json',
  domNode: document.getElementById('reference'),
  validatorUrl: null,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  persistAuthorization: false,
});
`;
const STYLE = `:root { color-scheme: light; }
body { margin: 0; background: #fff; font-family: system-ui, sans-serif; }
noscript { display: block; padding: 2rem; }
.swagger-ui { max-width: 76rem; margin: 0 auto; }
.swagger-ui, .swagger-ui .info .title, .swagger-ui .opblock-tag, .swagger-ui .opblock .opblock-summary-description,
.swagger-ui .btn, .swagger-ui label, .swagger-ui select, .swagger-ui .info p { font-family: system-ui, sans-serif; }
.swagger-ui .info { margin: 2rem 0 1rem; }
.swagger-ui .scheme-container { padding: 0.5rem 0; box-shadow: none; background: none; }
.swagger-ui .scheme-container .schemes > .schemes-server-container { display: none; }
.swagger-ui .opblock { margin: 0 0 0.4rem; box-shadow: none; }
`;

const folder = join(dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui')), 'static');
const ofSwagger = (name: string) => () => readFile(join(folder, name));
const js = 'text/javascript; charset=utf-8';
const css = 'text/css; charset=utf-8';
/** What the page is made of. Swagger UI's files are those that fastify delivers, without the reports of its own package. */
const parts: Readonly<Record<string, [type: string, read: () => Promise<Buffer> | Buffer]>> = {
  '': ['text/html; charset=utf-8', () => Buffer.from(PAGE)],
  '/reference.js': [js, () => Buffer.from(SCRIPT)],
  '/reference.css': [css, () => Buffer.from(STYLE)],
  '/swagger-ui.js': [js, ofSwagger('swagger-ui-bundle.js')],
  '/swagger-ui.css': [css, ofSwagger('swagger-ui.css')],
};

interface Packed {
  bytes: Buffer;
  etag: string;
}
async function packedOf(read: () => Promise<Buffer> | Buffer): Promise<Packed> {
  const bytes = await promisify(gzip)(await read());
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 20)}"` };
}

/** Delivers the reference of the API at /docs: it shows /openapi.json, and needs a key no more than that. */
export function serveReference(app: App): void {
  for (const [path, [type, read]] of Object.entries(parts)) {
    let packed: Promise<Packed> | null = null;
    const options = { config: { role: null }, schema: { hide: true } } as const;
    app.get(PREFIX + path, options, async (request, reply): Promise<FastifyReply> => {
      const { bytes, etag } = await (packed ??= packedOf(read));
      // a browser asks each time whether it has changed: nothing of an earlier version stays
      reply.headers({ ...HEADERS, etag, vary: 'accept-encoding', 'cache-control': 'no-cache' }).type(type);
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
      if (!takesGzip) return reply.send(await read());
      return reply.header('content-encoding', 'gzip').send(bytes);
    });
  }
}
