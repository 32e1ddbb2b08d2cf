import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { keysPath } from '../../packages/serve/src/home.ts';
import { KeyFile } from '../../packages/serve/src/keys/key-file.ts';
import { root } from '../source-files.ts';
import { createFixture, type Fixture, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 300_000 });

let fixture: Fixture;
let service: Running;
let stateDir: string;
/** As another process has it. */
let keys: KeyFile;
beforeAll(async () => {
  fixture = await createFixture();
  stateDir = join(fixture.root, 'state');
  service = await fixture.start({ stateDir, start: null });
  keys = await KeyFile.open(keysPath(stateDir));
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});
afterEach(() => void vi.restoreAllMocks());

const statusOf = async (key: string, path = '/metrics') =>
  (await service.call('GET', path, undefined, { 'x-api-key': key })).status;
const burst = (key: string) => Promise.all(Array.from({ length: 10 }, () => statusOf(key)));

test('a key is alive for the next ten requests after it was made, and dead for the next ten after it was revoked', async () => {
  for (let trial = 0; trial < 50; trial++) {
    const { key, text } = await keys.create('read', `trial ${trial}`);
    expect(await burst(text), `made, trial ${trial}`).toEqual(Array(10).fill(200));
    await keys.revoke(key.id);
    expect(await burst(text), `revoked, trial ${trial}`).toEqual(Array(10).fill(401));
  }
});

test('eight processes that make keys at a time make eight', async () => {
  const state = join(fixture.root, 'eight');
  const made = Array.from({ length: 8 }, async (_, i) => {
    const args = ['keys', 'create', '--label', `${i}`, '--state', state];
    const child = spawn(join(root, 'scripts', 'semblance'), args, { stdio: 'ignore' });
    return (await once(child, 'exit'))[0];
  });
  expect(await Promise.all(made)).toEqual(Array(8).fill(0));
  const path = keysPath(state);
  const labels = (await KeyFile.open(path)).all().map(({ label }) => label);
  expect(labels.sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
  if (process.platform !== 'win32') expect(((await stat(path)).mode & 0o777).toString(8)).toBe('600');
});

test('writers of one process do not lose each other’s keys', async () => {
  const path = join(fixture.root, 'together', 'keys.json');
  const files = await Promise.all(Array.from({ length: 8 }, () => KeyFile.open(path)));
  await Promise.all(files.map((file) => file.create('read')));
  expect((await KeyFile.open(path)).all()).toHaveLength(8);
});

test('a key ends at its time', async () => {
  const endsMs = Date.now() + 3_600_000;
  const { text } = await keys.create('read', 'guest', { expiresAt: new Date(endsMs) });
  expect(await statusOf(text)).toBe(200);
  vi.useFakeTimers({ toFake: ['Date'], now: endsMs + 1 });
  const call = service.call('GET', '/metrics', undefined, { 'x-api-key': text });
  const reply = await call.finally(() => vi.useRealTimers());
  expect([reply.status, reply.json.error]).toEqual([401, 'KEY_INVALID']);
  expect(reply.json.message).toContain('expired');
});

test('a key that cannot be handed over is none', async () => {
  const before = keys.all().length;
  const hand = () => Promise.reject(new Error('no room'));
  await expect(keys.create('admin', '', { hand })).rejects.toThrow('no room');
  await keys.refresh();
  expect(keys.all()).toHaveLength(before);
});

test.each([
  ['that was cut off', (text: string) => text.slice(0, text.length / 2)],
  ['of another schema', (text: string) => text.replace('"admin"', '"root"')],
  ['that is empty', () => ''],
])('a file %s keeps the last keys, is said once, and turns readiness red', async (name, damage) => {
  const state = join(fixture.root, `damaged ${name}`);
  const path = keysPath(state);
  const own = await fixture.start({ stateDir: state });
  const whole = await readFile(path, 'utf8');
  const ready = () => own.call('GET', '/health/ready');
  expect((await ready()).status).toBe(200);
  await writeFile(`${path}.new`, damage(whole));
  await rename(`${path}.new`, path);
  for (let i = 0; i < 3; i++) {
    expect((await own.call('GET', '/metrics')).status).toBe(200);
    const wrong = await own.call('GET', '/metrics', undefined, { 'x-api-key': `${own.key.slice(0, -1)}!` });
    expect(wrong.status).toBe(401);
    expect(wrong.text).not.toContain(fixture.root);
    const red = await ready();
    expect([red.status, red.json.error]).toEqual([503, 'NOT_READY']);
    expect(red.text).not.toContain(fixture.root);
    expect((await own.call('GET', '/v2/health/ready')).status).toBe(503);
  }
  expect(own.lines.filter((line) => line.includes('keys.json'))).toHaveLength(1);
  await writeFile(path, whole);
  expect((await ready()).status).toBe(200);
  await own.stop();
});

test('without its file nobody is let in, and readiness says so', async () => {
  const state = join(fixture.root, 'gone');
  const own = await fixture.start({ stateDir: state });
  await rm(keysPath(state));
  expect((await own.call('GET', '/metrics')).status).toBe(401);
  expect((await own.call('GET', '/health/ready')).status).toBe(503);
  await own.stop();
});

test('the first key is made once the service listens, and can be written to a file', async () => {
  const state = join(fixture.root, 'first');
  const busy = Number(new URL(service.url).port);
  await expect(fixture.start({ stateDir: state, port: busy })).rejects.toMatchObject({
    code: 'ADDRESS_IN_USE',
  });
  expect((await KeyFile.open(keysPath(state))).all()).toEqual([]);

  const firstKeyFile = join(fixture.root, 'first-key');
  await expect(
    fixture.start({ stateDir: state, firstKeyFile: join(fixture.root, 'no', 'folder', 'key') }),
  ).rejects.toThrow();
  expect((await KeyFile.open(keysPath(state))).all()).toEqual([]);
  const own = await fixture.start({ stateDir: state, firstKeyFile });
  expect(await readFile(firstKeyFile, 'utf8')).toBe(`${own.firstKey}\n`);
  if (process.platform !== 'win32') expect((await stat(firstKeyFile)).mode & 0o777).toBe(0o600);
  await own.stop();
});
