import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { keysPath } from '../../packages/serve/src/home.ts';
import { KeyFile } from '../../packages/serve/src/keys/key-file.ts';
import { packPickle } from './archives.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

// each service starts threads that load networks: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

const recognize = '/api/v1/recognition/recognize';
let fixture: Fixture;
let service: Running;
let stateDir: string;
const call: Running['call'] = (...args) => service.call(...args);

beforeAll(async () => {
  fixture = await createFixture();
  stateDir = join(fixture.root, 'state');
  service = await fixture.start({ stateDir });
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

describe('keys', () => {
  test('there is none before the first start, which makes one that is kept as its hash alone', async () => {
    expect(service.key).toMatch(/^smb_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$/);
    const path = keysPath(stateDir);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const secret = service.key.slice(17);
    const sha256 = createHash('sha256').update(secret).digest('hex');
    expect(JSON.parse(await readFile(path, 'utf8')).keys).toEqual([
      expect.objectContaining({ role: 'admin', sha256 }),
    ]);
    for (const name of await readdir(stateDir)) {
      expect(await readFile(join(stateDir, name), 'utf8').catch(() => '')).not.toContain(secret);
    }
    expect(service.lines.join('\n')).not.toContain(secret);
  });

  test.each([
    ['none', {}, 20],
    ['an empty one', { 'x-api-key': '' }, 20],
    ['rubbish', { 'x-api-key': 'x'.repeat(5000) }, 10],
    ['a default of others', { 'x-api-key': '00000000-0000-0000-0000-000000000002' }, 10],
    ['a well-formed one', { 'x-api-key': `smb_${'0'.repeat(12)}_${'A'.repeat(43)}` }, 10],
  ])('%s is refused', async (_, headers, code) => {
    const file = Buffer.from(await photo(['ada'])).toString('base64');
    const reply = await fetch(service.url + recognize, {
      method: 'POST',
      headers: { ...(headers as Record<string, string>), 'content-type': 'application/json' },
      body: JSON.stringify({ file }),
    });
    expect(reply.status).toBe(401);
    expect(((await reply.json()) as { code: number }).code).toBe(code);
  });

  test('a forged one, in any character; one in the address counts for nothing', async () => {
    for (const at of [0, 5, 17, service.key.length - 1]) {
      const forged =
        service.key.slice(0, at) + (service.key[at] === 'a' ? 'b' : 'a') + service.key.slice(at + 1);
      expect((await call('GET', '/metrics', undefined, { 'x-api-key': forged })).status, String(at)).toBe(
        401,
      );
    }
    const inAddress = await fetch(`${service.url}/metrics?x-api-key=${service.key}`);
    expect(inAddress.status).toBe(401);
    const bearer = await fetch(`${service.url}/metrics`, {
      headers: { authorization: `Bearer ${service.key}` },
    });
    expect(bearer.status).toBe(200);
  });

  test('roles reach as far as they say; a key that is revoked ends', async () => {
    const keys = await KeyFile.open(keysPath(stateDir));
    const { key, text: read } = await keys.create('read');
    const { text: enrol } = await keys.create('enrol');
    const ada = await photo(['ada']);
    const status = async (key: string, method: string, path: string, body?: unknown) =>
      (await call(method, path, body, { 'x-api-key': key })).status;
    expect(await status(read, 'POST', recognize, ada)).toBe(200);
    expect(await status(read, 'POST', '/api/v1/recognition/faces?subject=ada', ada)).toBe(403);
    expect(await status(enrol, 'POST', '/api/v1/recognition/faces?subject=ada', ada)).toBe(201);
    expect(await status(enrol, 'DELETE', '/api/v1/recognition/subjects')).toBe(403);
    expect(await status(enrol, 'GET', '/api/v1/deployments')).toBe(403);
    expect(await status(service.key, 'GET', '/api/v1/deployments')).toBe(200);
    await keys.revoke(key.id);
    expect(await status(read, 'POST', recognize, ada)).toBe(401);
  });

  test('every route asks for a key, but health, the document and signing in', async () => {
    const { json } = await call('GET', '/openapi.json');
    const open: string[] = [];
    for (const [path, methods] of Object.entries(json.paths as Record<string, object>)) {
      for (const method of Object.keys(methods)) {
        const url = service.url + path.replace(/\{\w+\}/g, '1');
        const { status } = await fetch(url, { method: method.toUpperCase() });
        if (status !== 401) open.push(path);
      }
    }
    expect(open.sort()).toEqual([
      ...['/api/v1/session', '/api/v1/session'],
      '/health/live',
      '/health/ready',
      '/openapi.json',
      '/v2',
      '/v2/health/live',
      '/v2/health/ready',
    ]);
  });
});

describe('pictures', () => {
  const bomb = () =>
    sharp({
      create: { width: 12_000, height: 12_000, channels: 3, background: 'red' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
  const bad: [string, () => Promise<Uint8Array>, number, string][] = [
    ['a text', async () => Buffer.from('this is no picture'), 415, 'IMAGE_NOT_AN_IMAGE'],
    ['nothing', async () => new Uint8Array(0), 415, 'IMAGE_NOT_AN_IMAGE'],
    [
      'a program that draws',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      415,
      'IMAGE_NOT_AN_IMAGE',
    ],
    ['an archive', async () => Buffer.from('PK\x03\x04../../etc/passwd'), 415, 'IMAGE_NOT_AN_IMAGE'],
    ['a pickle', async () => packPickle(), 415, 'IMAGE_NOT_AN_IMAGE'],
    ['half a picture', async () => (await photo(['ada'])).slice(0, 60), 400, 'IMAGE_TRUNCATED'],
    ['a bomb of 144 million pixels', bomb, 413, 'IMAGE_TOO_LARGE'],
  ];

  test.each(bad)('%s is refused with a code', async (_, make, status, error) => {
    const reply = await call('POST', recognize, await make());
    expect([reply.status, reply.json.error]).toEqual([status, error]);
    expect(reply.json.message).not.toMatch(/\/|node|at /);
  });

  test('the service answers the next one as before', async () => {
    expect((await call('POST', recognize, await photo(['ada']))).status).toBe(200);
    expect(service.lines).toEqual([]);
  });

  test('an address is not fetched, a path is not read', async () => {
    for (const file of ['http://127.0.0.1/x.jpg', 'file:///etc/passwd', '../../x', 7, null]) {
      const reply = await call('POST', recognize, { file });
      expect([reply.status, reply.json.code], String(file)).toEqual([400, 33]);
    }
    // what happens to be base64 is taken for bytes
    const path = await call('POST', recognize, { file: '/etc/passwd' });
    expect([path.status, path.json.error]).toEqual([415, 'IMAGE_NOT_AN_IMAGE']);
  });
});

describe('requests', () => {
  test('of a wrong content type', async () => {
    const headers = { 'content-type': 'text/plain' };
    const reply = await call('POST', recognize, 'hello', headers);
    expect([reply.status, reply.json.error]).toEqual([415, 'REQUEST_TYPE']);
    const xml = await call('POST', recognize, '<a/>', { 'content-type': 'application/xml' });
    expect(xml.status).toBe(415);
    const form = await call('POST', recognize, 'x', { 'content-type': 'multipart/form-data' });
    expect(form.status).toBeGreaterThanOrEqual(400);
    expect(form.status).toBeLessThan(500);
  });

  test('that are no JSON, or of another form', async () => {
    const headers = { 'content-type': 'application/json' };
    for (const body of ['{', '[1', 'nul', '{"__proto__":{"x":1},"file":1}']) {
      const reply = await call('POST', recognize, body, headers);
      expect([reply.status, reply.json.code], body).toEqual([400, 33]);
    }
    expect((await call('POST', recognize, {})).json.code).toBe(34);
    const other = new FormData();
    other.append('picture', new Blob([(await photo(['ada'])) as Uint8Array<ArrayBuffer>]), 'a.png');
    expect((await call('POST', recognize, other)).json.code).toBe(34);
    expect((await call('GET', '/api/v1/recognition/faces?size=100000')).json.code).toBe(33);
    expect((await call('POST', `${recognize}?det_prob_threshold=7`, await photo(['ada']))).status).toBe(400);
  });

  test('with more bytes than are taken, said or not', async () => {
    const huge = Buffer.alloc(3_000_000, 'a');
    const said = await call('POST', recognize, huge).catch(() => null);
    // the connection may be closed while the rest is still being sent
    if (said !== null) expect([said.status, said.json.error]).toEqual([413, 'REQUEST_TOO_LARGE']);
    const head = `POST ${recognize} HTTP/1.1\r\nhost: x\r\nx-api-key: ${service.key}\r\n`;
    const long = await raw(`${head}content-type: application/json\r\ncontent-length: 999999999\r\n\r\n{`);
    expect(long).toMatch(/^HTTP\/1.1 413 /);
    const chunk = `${(1 << 20).toString(16)}\r\n${'a'.repeat(1 << 20)}\r\n`;
    const chunked = await raw(
      `${head}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${chunk.repeat(3)}0\r\n\r\n`,
    );
    expect(chunked).toMatch(/^HTTP\/1.1 413 /);
  });

  test('for what is not there, or leaves its place', async () => {
    for (const path of ['/nothing', '/api/v1/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd']) {
      const reply = await call('GET', path);
      expect([reply.status, reply.json.error], path).toEqual([404, 'ROUTE_NOT_FOUND']);
    }
    expect((await call('DELETE', recognize)).status).toBe(404);
    expect((await call('GET', '/v2/nothing')).json).toEqual({ error: expect.any(String) });
  });
});

/** What a service answers to bytes as they are. */
function raw(request: string): Promise<string> {
  const { hostname, port } = new URL(service.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let reply = '';
    socket.setTimeout(5000, () => socket.destroy());
    socket.on('data', (bytes) => (reply += bytes));
    socket.on('error', () => {});
    socket.on('close', () => resolve(reply));
    socket.write(request);
  });
}
