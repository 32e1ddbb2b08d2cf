// What a service keeps, damaged in every kind of file while it runs and before it starts, or on a disk that can only be read.
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { canMount, mountReadOnly } from '../support/disks.ts';
import { channelWorkers } from './channel-workers.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const api = '/api/v1/recognition';
let fixture: Fixture;
let service: Running;
let state: string;
let gallery: string;
let key: string;
const options = () => {
  const { detector, recognizer } = fixture;
  return { stateDir: state, start: { name: 'start', detector, recognizer, gallery } };
};
const call = (method: string, path: string, body?: unknown) =>
  service.call(method, path, body, { 'x-api-key': key });
const subjects = async () => (await call('GET', `${api}/subjects`)).json.subjects as string[];
/** What is known to have been acknowledged. */
const known: string[] = [];
async function enrol(name: string): Promise<void> {
  expect(
    (await call('POST', `${api}/faces?subject=${name}`, await photo(['ada'], known.length))).status,
  ).toBe(201);
  known.push(name);
}
const ready = async () => {
  const { status, text, json } = await call('GET', '/health/ready');
  expect(text).not.toContain(fixture.root);
  return [status, json.error ?? null];
};
const toBeReady = () => expect.poll(ready, { timeout: 60_000 }).toEqual([200, null]);
const toBeRed = (code = 'NOT_READY') => expect.poll(ready, { timeout: 60_000 }).toEqual([503, code]);

beforeAll(async () => {
  fixture = await createFixture();
  state = join(fixture.root, 'state');
  gallery = await fixture.newGallery();
  service = await fixture.start(options());
  key = service.key;
  await enrol('first');
  expect((await call('POST', `${api}/subjects`, { subject: 'faceless' })).status).toBe(201);
  known.push('faceless');
  // a model and a gallery of the service's own
  await call('POST', '/api/v1/deployments', { name: 'other', recognizer: fixture.otherRecognizer });
  await service.service.deployments.settled();
  await call('POST', '/api/v1/deployments/rollback');
  expect(service.service.deployments.list()[0]).toMatchObject({ state: 'active' });
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

test('a gallery that is damaged while it serves is said, loses nothing, and serves again once it is mended', async () => {
  await service.stop();
  service = await fixture.start(options());
  const names = readdirSync(gallery).filter((name) => /^gallery\.db(-wal|-shm)?$/.test(name));
  const whole = new Map(names.map((name) => [name, readFileSync(join(gallery, name))]));
  const file = join(gallery, 'gallery.db');
  writeFileSync(file, Buffer.alloc(whole.get('gallery.db')!.length, 7), { flag: 'r+' });
  await toBeRed();
  const { status, json, text } = await call('POST', `${api}/faces?subject=lost`, await photo(['bob']));
  expect([status, json.error]).toEqual([500, 'GALLERY_CORRUPT']);
  expect(text).not.toContain(fixture.root);
  expect(service.lines.join('\n')).toMatch(/not ready: NOT_READY: a gallery: .*gallery\.db/);
  // who is known is in memory
  const { json: seen } = await call('POST', `${api}/recognize`, await photo(['ada'], 0));
  expect(seen.result[0].subjects[0].subject).toBe('first');
  for (const [name, bytes] of whole) writeFileSync(join(gallery, name), bytes, { flag: 'r+' });
  await toBeReady();
  await enrol('mended');
  expect(await subjects()).toEqual([...known].sort());
});

test('workers that cannot be replaced turn readiness red, with the reason in the log, and green once they can', async () => {
  for (const model of [fixture.detector, fixture.recognizer]) {
    renameSync(model, `${model}-away`);
    const own = channelWorkers();
    for (const pid of own) process.kill(pid, 'SIGKILL');
    await toBeRed();
    const said = /not ready: NOT_READY: workers of start cannot be replaced: no such model: /;
    await expect.poll(() => ready().then(() => service.lines.join('\n')), { timeout: 60_000 }).toMatch(said);
    renameSync(`${model}-away`, model);
    await toBeReady();
    service.lines.length = 0;
    expect((await call('POST', `${api}/recognize`, await photo(['ada']))).status).toBe(200);
    expect(channelWorkers().filter((pid) => own.includes(pid))).toEqual([]);
  }
});

test('damaged before a start, each of these is named and the start is refused; mended, it has all that was acknowledged', async () => {
  await service.stop();
  const model = readdirSync(fixture.recognizer).find((name) => name.endsWith('.onnx'))!;
  const kinds = [
    [join(state, 'keys.json'), 'DATA_CORRUPT'],
    [join(state, 'deployments.json'), 'DATA_CORRUPT'],
    [join(gallery, 'gallery.db'), 'GALLERY_CORRUPT'],
    [join(fixture.recognizer, model), 'MODEL_TAMPERED'],
  ] as const;
  for (const [path, code] of kinds) {
    const whole = readFileSync(path);
    writeFileSync(path, Buffer.alloc(whole.length, 7));
    const refusal = { code, message: expect.stringContaining(path) };
    await expect(fixture.start(options()), path).rejects.toMatchObject(refusal);
    writeFileSync(path, whole);
  }
  service = await fixture.start(options());
  await toBeReady();
  expect(await subjects()).toEqual([...known].sort());
});

test('with a damaged audit, and locks as a power cut left them, it starts, and changes nothing until it is mended', async () => {
  await service.stop();
  const audit = join(state, 'audit.jsonl');
  const whole = readFileSync(audit);
  writeFileSync(audit, `${'7'.repeat(whole.length)}\n`);
  const locks = ['service.lock', '.audit.jsonl.lock', '.keys.json.lock'].map((name) => join(state, name));
  for (const path of [...locks, join(gallery, 'gallery.db.lock')]) writeFileSync(path, Buffer.alloc(5000, 7));
  service = await fixture.start(options());
  await toBeRed();
  expect((await call('POST', `${api}/recognize`, await photo(['ada']))).status).toBe(200);
  expect((await call('DELETE', `${api}/subjects/first`)).json.error).toBe('DATA_CORRUPT');
  writeFileSync(audit, whole);
  await toBeReady();
  await enrol('after');
  await service.service.keys.create('read');
  expect(await subjects()).toEqual([...known].sort());
});

test.skipIf(!canMount)(
  'a folder that can only be read is said, changes are refused, and are made again once it can be written (mounted, which takes root)',
  async () => {
    {
      using _mounted = mountReadOnly(state);
      await toBeRed('STORAGE_READ_ONLY');
      const refused = [
        await call('POST', `${api}/faces?subject=lost`, await photo(['bob'])),
        await call('POST', `${api}/subjects`, { subject: 'lost' }),
        await call('DELETE', `${api}/subjects/first`),
        await call('POST', '/api/v1/deployments', { name: 'lost', recognizer: fixture.otherRecognizer }),
      ];
      for (const { status, json, text } of refused) {
        expect([status, json.error]).toEqual([503, 'STORAGE_READ_ONLY']);
        expect(text).not.toContain(fixture.root);
      }
      await expect(service.service.keys.create('read')).rejects.toMatchObject({ code: 'STORAGE_READ_ONLY' });
      const { json } = await call('POST', `${api}/recognize`, await photo(['ada'], 0));
      expect(json.result[0].subjects[0].subject).toBe('first');
    }
    await toBeReady();
    await enrol('written');
    expect(await subjects()).toEqual([...known].sort());
    await service.stop();
    {
      using _mounted = mountReadOnly(state);
      await expect(fixture.start(options())).rejects.toMatchObject({ code: 'STORAGE_READ_ONLY' });
    }
    service = await fixture.start(options());
    expect(await subjects()).toEqual([...known].sort());
  },
);
