import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { deploy } from './deploying.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';
import { exchange } from './hostile/exchange.ts';

// a service starts processes that load networks: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const api = '/api/v1/recognition';
let fixture: Fixture;
let service: Running;
beforeAll(async () => {
  fixture = await createFixture();
  service = await fixture.start();
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

const shape = { message: expect.any(String), code: expect.any(Number), error: expect.any(String) };

test.each([
  ['an address that is not encoded as UTF-8', 'GET /api/v1/%zz HTTP/1.1\r\nhost: x\r\n\r\n', 400],
  ['an id of 600 characters', `DELETE ${api}/faces/${'9'.repeat(600)} HTTP/1.1\r\nhost: x\r\n\r\n`, 400],
  ['no host', 'GET /health/live HTTP/1.1\r\n\r\n', 400],
  ['an expectation', 'GET /health/live HTTP/1.1\r\nhost: x\r\nexpect: more\r\n\r\n', 417],
  ['headers of 20 KB', `GET /health/live HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
  ['two lengths', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}', 400],
  ['the beginning of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['a TLS hello', Buffer.from('16030100a5010000a1030300', 'hex').toString('latin1'), 400],
])('%s is refused in the shape of all refusals', async (what, text, status) => {
  const closing = text.replace('host: x\r\n', 'host: x\r\nconnection: close\r\n');
  const bytes = Buffer.from(closing, 'latin1');
  const port = Number(new URL(service.url).port);
  const { answers } = await exchange(port, { what, bytes, end: 'half-close' });
  expect(answers.map((answer) => [answer.status, JSON.parse(answer.body.toString())])).toEqual([
    [status, shape],
  ]);
});

test('whoever sends more than is allowed hears so, while they send', async () => {
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const sizeBytes = 32_000_000;
  socket.write(
    `POST ${api}/recognize HTTP/1.1\r\nhost: x\r\nx-api-key: ${service.key}\r\n` +
      `content-type: application/octet-stream\r\ncontent-length: ${sizeBytes}\r\n\r\n`,
  );
  // as proxies do: first all of it, then the answer is read
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.write(new Uint8Array(sizeBytes), () => resolve());
  });
  expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1.1 413 .*"REQUEST_TOO_LARGE"/s);
});

test('a refusal quotes no more of a request than a person reads', async () => {
  const body = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`unknown${i}`, 0]));
  const { status, json, text } = await service.call('POST', '/api/v1/deployments', { name: 'x', ...body });
  expect([status, json.error]).toEqual([400, 'REQUEST_INVALID']);
  expect(text.length).toBeLessThan(1000);
});

test('JSON that holds no picture is not parsed beyond 1 MiB, embeddings not beyond 4 MiB', async () => {
  const larger = await fixture.start({
    limits: { maxBodyBytes: 16_000_000, maxInFlight: 8, maxInFlightPerKey: 8, perSecond: 0, burst: 1 },
  });
  const list = (bytes: number): string => `[${'0,'.repeat(bytes / 2)}0]`;
  for (const [path, body] of [
    [`${api}/faces/delete`, list(1.1 * 2 ** 20)],
    [`${api}/embeddings/recognize`, `{"embeddings":[${list(4.1 * 2 ** 20)}]}`],
  ] as const) {
    const { status, json } = await larger.call('POST', path, body, { 'content-type': 'application/json' });
    expect([status, json.error]).toEqual([413, 'REQUEST_TOO_LARGE']);
  }
  const { status, json } = await larger.call('POST', `${api}/embeddings/recognize`, {
    embeddings: [new Array(3000).fill(1)],
  });
  expect([status, json.message]).toEqual([400, expect.stringContaining('expected at most 2048 items')]);
  await larger.stop();
});

test('base64 with a space after each character is read in one pass', async () => {
  const spaced = [...Buffer.from(await photo(['ada'])).toString('base64')].join(' ');
  expect((await service.call('POST', `${api}/recognize`, { file: ` ${spaced}\n` })).status).toBe(200);
  expect((await service.call('POST', `${api}/recognize`, { file: ' \n ' })).status).toBe(400);
  expect((await service.call('POST', `${api}/recognize`, { file: 'ab?c' })).status).toBe(400);
});

test('a deployment that failed concerns no later erasing, whatever it named', async () => {
  const file = join(fixture.root, 'no-gallery.db');
  await writeFile(file, 'this is no gallery');
  expect(await deploy(service, { name: 'wrong', gallery: file })).toMatchObject({ state: 'failed' });
  await service.call('POST', `${api}/faces?subject=ada`, await photo(['ada']));
  expect((await service.call('DELETE', `${api}/subjects/ada`)).status).toBe(200);
  expect((await service.call('GET', `${api}/subjects`)).json).toEqual({ subjects: [] });
});
