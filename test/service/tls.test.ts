import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:https';
import { connect as connectPlain } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { readTlsPair, timeProblem } from '../../packages/serve/src/tls/tls-pair.ts';
import { root } from '../source-files.ts';
import { makePair, replacePair } from '../support/certificates.ts';
import { createFixture, type Fixture, type Running } from './fixtures.ts';
import { listening } from './listening.ts';

vi.setConfig({ testTimeout: 300_000 });

let fixture: Fixture;
let service: Running;
let port: number;
let files: { cert: string; key: string };
const events: { level: string; text: string }[] = [];
const log = {
  event: (level: string, text: string) => void events.push({ level, text }),
  request() {},
};
const said = (words: RegExp) => events.filter(({ text }) => words.test(text));

beforeAll(async () => {
  fixture = await createFixture();
  files = makePair(fixture.root, 'served');
  service = await fixture.start({ tls: files, start: null, log });
  port = Number(new URL(service.url).port);
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

/** Asks by TLS, trusting what is served now; whose certificate it was, and whether the connection was used before. */
async function ask(agent?: Agent): Promise<{ status: number; name: string; isReused: boolean }> {
  const request = get(`${service.url}/health/live`, { agent: agent ?? false, rejectUnauthorized: false });
  const [response] = await once(request, 'response');
  const { CN: name } = response.socket.getPeerCertificate().subject;
  response.resume();
  await once(response, 'end');
  return { status: response.statusCode, name, isReused: request.reusedSocket };
}

test('serves HTTPS with the certificate, and keeps connections', async () => {
  expect(service.url).toBe(`https://127.0.0.1:${port}`);
  const agent = new Agent({ keepAlive: true, ca: readFileSync(files.cert), maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  // who trusts the certificate is satisfied with it
  const trusted = get(`${service.url}/health/live`, { agent });
  const [response] = await once(trusted, 'response');
  expect(response.statusCode).toBe(200);
  expect(response.socket.getProtocol()).toBe('TLSv1.3');
  response.resume();
  await once(response, 'end');
  const again = get(`${service.url}/health/live`, { agent });
  const [second] = await once(again, 'response');
  second.resume();
  expect(again.reusedSocket).toBe(true);
});

test('old TLS, plain HTTP and noise are refused, and others are served', async () => {
  const old = connect({
    ...{ host: '127.0.0.1', port },
    maxVersion: 'TLSv1.1',
    minVersion: 'TLSv1',
    rejectUnauthorized: false,
    ciphers: 'ALL:@SECLEVEL=0',
  });
  expect((await once(old, 'error'))[0].message).toMatch(/protocol version|alert/i);
  for (const bytes of ['GET / HTTP/1.1\r\nhost: x\r\n\r\n', '\x16\x03\x01\xff\xffnoise', '\0'.repeat(100)]) {
    const socket = connectPlain(port, '127.0.0.1');
    socket.on('error', () => {}).resume();
    socket.end(bytes);
    await once(socket, 'close');
  }
  expect((await ask()).status).toBe(200);
});

test('a renewed certificate is taken without a restart; files that do not fit change nothing and are said', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  expect(await ask(agent)).toMatchObject({ name: 'served', isReused: false });

  const next = makePair(fixture.root, 'renewed');
  writeFileSync(files.cert, readFileSync(next.cert));
  await vi.waitFor(
    () => expect(said(/stays as it was read last: the key in .* is not that of/)).toHaveLength(1),
    60_000,
  );
  expect(await ask()).toMatchObject({ status: 200, name: 'served' });

  replacePair(files, next);
  await vi.waitFor(async () => expect(await ask()).toMatchObject({ name: 'renewed' }), 60_000);
  expect(said(/is renewed until \d{4}-/)).toHaveLength(1);

  replacePair(files, makePair(fixture.root, 'late', -1));
  await vi.waitFor(() => expect(said(/expired on \d{4}-.*: clients refuse it/)).toHaveLength(1), 60_000);
  expect(await ask()).toMatchObject({ status: 200, name: 'late' });
});

test('what is no pair is refused by what is wrong with it', async () => {
  const at = (name: string) => join(fixture.root, name);
  const [one, other] = [makePair(fixture.root, 'one'), makePair(fixture.root, 'other')];
  const locked = at('locked.key');
  execFileSync('openssl', ['pkey', '-in', one.key, '-aes256', '-passout', 'pass:x', '-out', locked]);
  const refused = async (cert: string, key: string) => {
    const error = await readTlsPair({ cert, key }).catch((caught: unknown) => caught);
    return `${(error as { code: string }).code}: ${(error as Error).message}`;
  };
  expect(await refused(one.cert, other.key)).toMatch(
    /^TLS_INVALID: the key in .*other.key is not that of the certificate in .*one.crt/,
  );
  expect(await refused(one.key, one.key)).toMatch(
    /^TLS_INVALID: .*one.key begins with no certificate in PEM/,
  );
  expect(await refused(one.cert, one.cert)).toMatch(/^TLS_INVALID: .*one.crt holds no private key in PEM/);
  expect(await refused(one.cert, locked)).toMatch(/^TLS_INVALID: .*locked.key is locked by a passphrase/);
  expect(await refused(at('none'), one.key)).toMatch(/^PATH_NOT_FOUND: no such file: .*none/);
  const start = fixture.start({ tls: { cert: one.cert, key: other.key }, start: null });
  await expect(start).rejects.toMatchObject({ code: 'TLS_INVALID' });

  const pair = await readTlsPair(one);
  expect(timeProblem(pair)).toBeNull();
  expect(timeProblem(pair, pair.from.getTime() - 1)).toMatch(/^is not valid before/);
  expect(timeProblem(pair, pair.until.getTime() + 1)).toMatch(/^expired on/);
});

test('a host that other machines reach is warned of, unless it has TLS, or a proxy that has', async () => {
  /** What a service says before it listens. */
  async function saidBy(name: string, ...args: string[]): Promise<string> {
    const own = [
      'serve',
      '--port',
      '0',
      '--state',
      join(fixture.root, name),
      '--jobs',
      join(fixture.root, 'jobs'),
    ];
    const child = spawn(join(root, 'scripts', 'semblance'), [...own, '--host', '0.0.0.0', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(child, 'exit');
    try {
      const { said } = await listening(child.stderr);
      return said.join('\n');
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  }
  const { cert, key } = makePair(fixture.root, 'open');
  const [plain, proxied, encrypted] = await Promise.all([
    saidBy('plain'),
    saidBy('proxied', '--behind-proxy'),
    saidBy('encrypted', '--tls-cert', cert, '--tls-key', key),
  ]);
  expect(plain).toMatch(/Other machines reach it unencrypted.*--tls-cert.*--behind-proxy/);
  expect(plain).toMatch(/^listening at http:/m);
  expect(proxied).not.toMatch(/unencrypted/);
  expect(encrypted).not.toMatch(/unencrypted/);
  expect(encrypted).toMatch(/^listening at https:/m);
});
