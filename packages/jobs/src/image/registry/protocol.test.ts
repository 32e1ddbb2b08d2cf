import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashBytes } from '@semblance/core/files';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ImageLayout } from '../oci/layout.ts';
import { media } from '../oci/media.ts';
import { parseCredentials } from './credentials.ts';
import { openRegistry } from './open.ts';
import { pullImage } from './pull.ts';

// What registries on the net do and Debian's does not: tokens, storage elsewhere, connections that break.

let dir: string;
let layout: ImageLayout;
const servers: Server[] = [];
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'protocol-'));
  layout = await ImageLayout.open(dir);
});
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(dir, { recursive: true });
});

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(handler: Handler): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as { port: number }).port}`;
}

const layer = Buffer.alloc(300_000, 'layer');
const config = Buffer.from(
  JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: [`sha256:${hashBytes(layer)}`] },
  }),
);
const descriptorOf = (bytes: Buffer, mediaType: string) => ({
  mediaType,
  digest: `sha256:${hashBytes(bytes)}`,
  size: bytes.length,
});
const manifest = Buffer.from(
  JSON.stringify({
    ...{ schemaVersion: 2, mediaType: media.manifest },
    config: descriptorOf(config, media.config),
    layers: [descriptorOf(layer, 'application/vnd.oci.image.layer.v1.tar')],
  }),
);
const blobs = new Map([config, layer].map((bytes) => [`sha256:${hashBytes(bytes)}`, bytes]));

const open = (host: string) =>
  openRegistry(`${host}/team/faces:1`, { credentials: { user: 'ada', password: 'secret' } }).then(
    ({ registry }) => registry,
  );

test('a token is asked for where the registry says, and the credentials go nowhere else', async () => {
  const seen: string[] = [];
  const note = (who: string, request: IncomingMessage) =>
    seen.push(`${who} ${request.url?.split('?')[0]} ${request.headers.authorization ?? '-'}`);
  const storage = await serve((request, response) => {
    note('storage', request);
    response.end(blobs.get(decodeURIComponent(request.url!.slice(1))));
  });
  const tokens = await serve((request, response) => {
    note('tokens', request);
    expect(new URL(request.url!, 'http://x').searchParams.get('scope')).toBe('repository:team/faces:pull');
    response.end(JSON.stringify({ token: 'a-token' }));
  });
  const host = await serve((request, response) => {
    note('registry', request);
    if (request.headers.authorization !== 'Bearer a-token') {
      const challenge = `Bearer realm="http://${tokens}/token",service="x",scope="repository:team/faces:pull"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
    } else if (request.url?.includes('/manifests/'))
      response.writeHead(200, { 'content-type': media.manifest }).end(manifest);
    else response.writeHead(307, { location: `http://${storage}/${request.url!.split('/').at(-1)}` }).end();
  });
  const image = await pullImage(await open(host), '1', layout, 'all');
  expect(image.digest).toBe(`sha256:${hashBytes(manifest)}`);
  const basic = `Basic ${Buffer.from('ada:secret').toString('base64')}`;
  expect(seen.filter((line) => line.startsWith('tokens'))).toEqual([`tokens /token ${basic}`]);
  expect(seen.filter((line) => line.startsWith('registry') && line.includes('Basic'))).toEqual([]);
  expect(seen.filter((line) => line.startsWith('storage') && !line.endsWith(' -'))).toEqual([]);
});

const plain =
  (blob: Handler): Handler =>
  (request, response) =>
    request.url?.includes('/manifests/')
      ? void response.writeHead(200, { 'content-type': media.manifest }).end(manifest)
      : blob(request, response);

test('a layer that breaks off is gone on with', async () => {
  const ranges: (string | undefined)[] = [];
  const host = await serve(
    plain((request, response) => {
      const bytes = blobs.get(request.url!.split('/').at(-1)!)!;
      const { range } = request.headers;
      if (bytes === layer) ranges.push(range);
      const from = Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
      response.writeHead(from > 0 ? 206 : 200, { 'content-length': bytes.length - from });
      if (bytes === layer && ranges.length === 1)
        // what came has to be on the disk by then
        response.write(bytes.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 300));
      else response.end(bytes.subarray(from));
    }),
  );
  await pullImage(await open(host), '1', layout, 'all');
  expect(ranges).toHaveLength(2);
  expect(ranges[1]).toMatch(/^bytes=[1-9]\d*-$/);
});

test('a layer with another content is refused, and nothing of it is kept', async () => {
  const host = await serve(
    plain((request, response) => {
      const bytes = blobs.get(request.url!.split('/').at(-1)!)!;
      response.end(bytes === layer ? Buffer.alloc(layer.length, 'other') : bytes);
    }),
  );
  await expect(pullImage(await open(host), '1', layout, 'all')).rejects.toMatchObject({
    code: 'OCI_CORRUPT',
  });
  expect(await layout.has(descriptorOf(layer, ''))).toBe(false);
});

test.each(['', 'ada', 'ada:', ':secret', 'ada:one\nbob:two'])('%j are no credentials', (text) => {
  expect(() => parseCredentials(text)).toThrow(expect.objectContaining({ code: 'REGISTRY_DENIED' }));
});

test('a password may hold colons', () => {
  expect(parseCredentials('ada:a:b\n')).toEqual({ user: 'ada', password: 'a:b' });
});
