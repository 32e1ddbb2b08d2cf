// What a service keeps, copied while it serves and put back elsewhere.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { record } from '../../packages/semblance/src/testing/recorder.ts';
import { readAudit } from '../../packages/serve/src/audit/read-audit.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const api = '/api/v1/recognition';
let fixture: Fixture;
let service: Running;
let state: string;
let backup: string;
let gallery: string;
const of = (running: Running) => ({
  call: (method: string, path: string, body?: unknown) =>
    running.call(method, path, body, { 'x-api-key': service.key }),
});
const enrol = async (name: string, shade = 0) =>
  (await of(service).call('POST', `${api}/faces?subject=${name}`, await photo(['ada'], shade))).status;

beforeAll(async () => {
  fixture = await createFixture();
  state = join(fixture.root, 'state');
  backup = join(fixture.root, 'backup');
  gallery = await fixture.newGallery();
  const { detector, recognizer } = fixture;
  service = await fixture.start({
    stateDir: state,
    start: { name: 'start', detector, recognizer, gallery },
  });
  expect(await enrol('ada')).toBe(201);
  await of(service).call('POST', `${api}/subjects`, { subject: 'faceless' });
  // served by a model and a gallery of the service's own
  const { status } = await of(service).call('POST', '/api/v1/deployments', {
    name: 'other',
    recognizer: fixture.otherRecognizer,
  });
  expect(status).toBe(202);
  await service.service.deployments.settled();
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

test('a backup made while people are enrolled has everybody whose enrolment was answered before it, and is served elsewhere', async () => {
  const during = Array.from({ length: 8 }, (_, i) => enrol(`during-${i}`, i));
  const made = await record('state', 'backup', backup, '--state', state);
  expect([made.code, made.err]).toEqual([0, []]);
  expect(await Promise.all(during)).toEqual(Array(8).fill(201));
  // erased since: a backup does not hear of it
  expect((await of(service).call('DELETE', `${api}/subjects/ada`)).status).toBe(200);

  const elsewhere = join(fixture.root, 'elsewhere');
  const restored = await record('state', 'restore', backup, '--state', elsewhere);
  expect([restored.code, restored.err]).toEqual([0, []]);
  expect(restored.out.join('')).toContain('whoever was erased since then is known again');
  // nothing of the one that was there is needed, nor touched
  const own = await fixture.start({ stateDir: elsewhere, start: null });
  const { json } = await of(own).call('GET', `${api}/subjects`);
  expect(json.subjects).toEqual(expect.arrayContaining(['ada', 'faceless']));
  const { json: seen } = await of(own).call('POST', `${api}/recognize`, await photo(['ada']));
  expect(seen.result[0].subjects[0].subject).toMatch(/^(ada|during-\d)$/);
  expect((await of(own).call('DELETE', `${api}/subjects/ada`)).status).toBe(200);
  const rolled = await of(own).call('POST', '/api/v1/deployments/rollback');
  expect(rolled.status).toBe(200);
  for (const { gallery: path } of rolled.json.entries) expect(path.startsWith(elsewhere)).toBe(true);
  const { json: before } = await of(own).call('GET', `${api}/subjects`);
  expect(before.subjects).not.toContain('ada');
  await own.stop();
  expect((await readAudit(join(elsewhere, 'audit.jsonl'))).flaw).toBeNull();
  expect((await of(service).call('GET', `${api}/subjects`)).json.subjects).toContain('during-0');
});

test('is for its owner alone', () => {
  const text = readdirSync(backup, { recursive: true, withFileTypes: true });
  expect(text.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['backup.json', 'keys.json', 'gallery.db']),
  );
  expect(readFileSync(join(backup, 'state', 'keys.json'), 'utf8')).not.toContain(service.key);
});

test('a folder in use, or one that has a service, is never restored into', async () => {
  const inUse = await record('state', 'restore', backup, '--state', state);
  expect([inUse.code, inUse.err[0]]).toEqual([1, expect.stringContaining('error PATH_BUSY')]);
  const had = join(fixture.root, 'had');
  mkdirSync(had);
  writeFileSync(join(had, 'keys.json'), 'mine');
  const refused = await record('state', 'restore', backup, '--state', had);
  expect([refused.code, refused.err[0]]).toEqual([2, expect.stringContaining('error PATH_EXISTS')]);
  expect(readdirSync(had)).toEqual(['keys.json']);
});

test('wrong input is refused, and leaves nothing', async () => {
  const to = join(fixture.root, 'to');
  const codeOf = async (...args: string[]) =>
    /error (\w+)/.exec((await record('state', ...args)).err[0] ?? '')?.[1];
  expect(await codeOf('backup', backup, '--state', state)).toBe('PATH_EXISTS');
  expect(await codeOf('backup', to, '--state', fixture.root)).toBe('PATH_NOT_FOUND');
  expect(await codeOf('restore', gallery, '--state', to)).toBe('PATH_NOT_FOUND');
  const list = join(backup, 'backup.json');
  const whole = readFileSync(list, 'utf8');
  writeFileSync(list, whole.replace('"galleries/0"', '"../0"'));
  expect(await codeOf('restore', backup, '--state', to)).toBe('DATA_CORRUPT');
  writeFileSync(list, whole);
  const keys = join(backup, 'state', 'keys.json');
  const bytes = readFileSync(keys);
  writeFileSync(keys, bytes.subarray(0, -1));
  expect(await codeOf('restore', backup, '--state', to)).toBe('DATA_CORRUPT');
  rmSync(keys);
  expect(await codeOf('restore', backup, '--state', to)).toBe('DATA_CORRUPT');
  expect(existsSync(to)).toBe(false);
});
