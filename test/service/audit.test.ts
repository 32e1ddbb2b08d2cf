import { execFile } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { record } from '../../packages/semblance/src/testing/recorder.ts';
import { AuditSecret } from '../../packages/serve/src/audit/audit-secret.ts';
import { readAudit } from '../../packages/serve/src/audit/read-audit.ts';
import { keysPath } from '../../packages/serve/src/home.ts';
import { KeyFile } from '../../packages/serve/src/keys/key-file.ts';
import { root } from '../source-files.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 300_000 });

const api = '/api/v1/recognition';
let fixture: Fixture;
let service: Running;
let state: string;
beforeAll(async () => {
  fixture = await createFixture();
  state = join(fixture.root, 'state');
  service = await fixture.start({ stateDir: state });
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

const path = () => join(state, 'audit.jsonl');
const text = () => readFileSync(path(), 'utf8');
const entries = () =>
  text()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** What comes of a change: that it begins, and how it ends. */
const both = (begun: object, end: object = {}) => [
  { ...begun, outcome: 'begun' },
  { ...begun, outcome: 'done', ...end },
];
const addName = (subject: string) => service.call('POST', `${api}/subjects`, { subject });

test('says who changed what, on the disk before it is done, and names nobody', async () => {
  const own = { by: service.service.keys.all()[0]!.id, reqId: 'r-1' };
  const call = (method: string, to: string, body?: unknown) =>
    service.call(method, to, body, { 'x-request-id': 'r-1' });
  const byService = { by: 'the service', reqId: null };
  expect(entries()).toMatchObject([
    ...both({ action: 'deploy', ...byService, target: 'start' }, { target: 'D0001 start' }),
    ...both({ action: 'create key', ...byService, target: own.by }),
  ]);
  const before = entries().length;
  const ada = await photo(['ada']);
  const { json } = await call('POST', `${api}/faces?subject=Ada`, ada);
  await call('POST', `${api}/subjects`, { subject: 'Bob' });
  await call('PUT', `${api}/subjects/Bob`, { subject: 'Eve' });
  await call('DELETE', `${api}/faces/${json.image_id}`);
  await call('DELETE', `${api}/subjects/Nobody`);
  await call('DELETE', `${api}/subjects`);
  await call('POST', '/api/v1/deployments', { name: 'other', recognizer: fixture.otherRecognizer });
  await service.service.deployments.settled();
  await call('POST', '/api/v1/deployments/rollback');
  // what changes nothing leaves no line
  await call('POST', `${api}/recognize`, ada);
  await call('POST', `${api}/faces?subject=Ada`, await photo(['ada', 'bob']));
  const elsewhere = await KeyFile.open(keysPath(state));
  const { key } = await elsewhere.create('read');
  await elsewhere.revoke(key.id);

  const secret = (await AuditSecret.read(state))!;
  // however the name is written
  const [ada1, bob, eve, nobody] = ['ADA', 'bob', 'eve', 'nobody'].map((name) => secret.hashOf(name));
  const faces = [Number(json.image_id)];
  const command = { by: 'the command line', reqId: null, target: key.id };
  const failed = { outcome: 'failed GALLERY_SUBJECT_NOT_FOUND' };
  const sealed = {
    time: expect.stringMatching(/^20.*Z$/),
    prev: expect.any(String),
    seal: expect.any(String),
  };
  expect(entries().slice(before)).toEqual(
    [
      ...both({ ...own, action: 'enrol', subject: ada1 }, { faces }),
      ...both({ ...own, action: 'name', subject: bob }),
      ...both({ ...own, action: 'rename', subject: bob, to: eve }),
      ...both({ ...own, action: 'erase', faces }),
      ...both({ ...own, action: 'erase', subject: nobody }, failed),
      ...both({ ...own, action: 'erase everybody' }),
      ...both({ ...own, action: 'deploy', target: 'other' }, { target: 'D0002 other' }),
      // what serves again
      { ...own, action: 'roll back', outcome: 'begun' },
      { ...own, action: 'roll back', outcome: 'done', target: 'D0003 start' },
      ...both({ ...command, action: 'create key' }),
      ...both({ ...command, action: 'revoke key' }),
    ].map((entry) => ({ ...entry, ...sealed })),
  );
  expect(text()).not.toMatch(/Ada|Bob|Eve|Nobody/);
  if (process.platform !== 'win32') {
    for (const file of ['audit.jsonl', 'audit.key'])
      expect(statSync(join(state, file)).mode & 0o777, file).toBe(0o600);
  }
});

test('a line that was changed, taken out or moved is found, and nothing is added after one', async () => {
  const copy = join(fixture.root, 'copy.jsonl');
  const lines = text().trim().split('\n');
  const flawOf = async (changed: readonly string[]) => {
    writeFileSync(copy, `${changed.join('\n')}\n`);
    return (await readAudit(copy, { folder: state })).flaw?.line ?? null;
  };
  expect(await flawOf(lines)).toBeNull();
  expect(await flawOf(lines.with(4, lines[4]!.replace(/"by":"./, '"by":"x')))).toBe(5);
  expect(await flawOf(lines.toSpliced(4, 1))).toBe(5);
  expect(await flawOf(lines.with(4, lines[5]!).with(5, lines[4]!))).toBe(5);
  expect(await flawOf(lines.slice(1))).toBe(1);

  const whole = text();
  writeFileSync(path(), whole.replace(/"outcome":"done"(?=[^\n]*\n$)/, '"outcome":"none"'));
  const refused = await addName('hidden');
  expect([refused.status, refused.json.error]).toEqual([500, 'DATA_CORRUPT']);
  expect(refused.text).not.toContain(fixture.root);
  await expect
    .poll(async () => (await service.call('GET', '/health/ready')).json.error, { timeout: 30_000 })
    .toBe('NOT_READY');
  writeFileSync(path(), whole);
  await expect
    .poll(async () => (await service.call('GET', '/health/ready')).status, { timeout: 30_000 })
    .toBe(200);
  expect((await addName('shown')).status).toBe(201);
  expect((await service.call('GET', `${api}/subjects`)).json.subjects).toEqual(['shown']);
});

test('goes on in a new file after the old one was moved away, and after a line that was cut off', async () => {
  renameSync(path(), `${path()}.1`);
  expect((await addName('a')).status).toBe(201);
  expect(entries()).toHaveLength(2);
  expect((await readAudit(`${path()}.1`)).flaw).toBeNull();
  // nobody was told that it is written
  appendFileSync(path(), '{"time":"2026');
  expect(await readAudit(path())).toMatchObject({ numLines: 2, flaw: null });
  await Promise.all(['b', 'c', 'd'].map(addName));
  // as an editor leaves it
  truncateSync(path(), statSync(path()).size - 1);
  expect(await readAudit(path())).toMatchObject({ numLines: 8, flaw: null });
  await addName('e');
  expect(await readAudit(path())).toMatchObject({ numLines: 10, flaw: null });
  expect(entries().map(({ action }) => action)).toEqual(Array(10).fill('name'));
});

test('several processes and many requests write one line after the other', async () => {
  const before = (await readAudit(path())).numLines;
  const keys = await KeyFile.open(keysPath(state));
  const command = promisify(execFile);
  const make = () => command(join(root, 'scripts', 'semblance'), ['keys', 'create', '--state', state]);
  const names = Array.from({ length: 20 }, (_, i) => `many-${i}`);
  const replies = await Promise.all([...names.map(addName), make(), make(), keys.create('read')]);
  for (const reply of replies.slice(0, 20)) expect((reply as { status: number }).status).toBe(201);
  expect(await readAudit(path())).toMatchObject({ numLines: before + 2 * 23, flaw: null });
});

test('what cannot be written down is not done', async () => {
  renameSync(path(), `${path()}.2`);
  // nothing can be added to a folder of that name
  mkdirSync(path());
  const refused = await addName('unseen');
  expect([refused.status, refused.json.error]).toEqual([500, 'DATA_CORRUPT']);
  expect(refused.text).not.toContain(fixture.root);
  await expect(service.service.keys.create('read')).rejects.toMatchObject({ code: 'DATA_CORRUPT' });
  rmdirSync(path());
  expect((await service.call('GET', `${api}/subjects`)).json.subjects).not.toContain('unseen');
  expect((await addName('seen')).status).toBe(201);
});

test.each([
  [
    'damaged',
    (secret: string) => writeFileSync(secret, readFileSync(secret, 'utf8').slice(0, 20)),
    'damaged',
  ],
  ['gone', (secret: string) => rmSync(secret), 'gone'],
])('a secret that is %s is said, and nothing is changed until it is whole again', async (_, damage, said) => {
  const secret = join(state, 'audit.key');
  const whole = readFileSync(secret, 'utf8');
  damage(secret);
  const numLines = service.lines.length;
  const refused = await addName('second');
  expect([refused.status, refused.json]).toMatchObject([
    500,
    { error: 'DATA_CORRUPT', message: 'A data file is damaged or cut short.' },
  ]);
  expect(service.lines.slice(numLines).join('\n')).toContain(`audit.key is ${said}`);
  const ready = async () => {
    const { status, text: answer, json } = await service.call('GET', '/health/ready');
    expect(answer).not.toContain(fixture.root);
    return [status, json.error ?? null];
  };
  await expect.poll(ready, { timeout: 30_000 }).toEqual([503, 'NOT_READY']);
  // what changes nothing goes on
  expect((await service.call('POST', `${api}/recognize`, await photo(['ada']))).status).toBe(200);
  writeFileSync(secret, whole);
  await expect.poll(ready, { timeout: 30_000 }).toEqual([200, null]);
  expect((await service.call('GET', `${api}/subjects`)).json.subjects).not.toContain('second');
  expect((await addName(`third ${said}`)).status).toBe(201);
});

test('the commands list it, find a person in it, and say where it was changed', async () => {
  const run = (...args: string[]) => record('audit', ...args, '--state', state);
  const listed = await run('list', '--subject', 'Third Gone', '--format', 'json');
  expect(listed.out.map((line) => JSON.parse(line).outcome)).toEqual(['begun', 'done']);
  expect((await run('list')).out[0]).toMatch(/^time +by +action +of +outcome +request/);
  const { numLines, lastSeal } = await readAudit(path());
  const right = await run('verify', '--last-seal', lastSeal);
  expect([right.code, right.out]).toEqual([
    0,
    [`${numLines} lines, each as it was written; the last seal is ${lastSeal}`],
  ]);
  const lines = text().trimEnd().split('\n');
  writeFileSync(path(), `${lines.slice(0, -1).join('\n')}\n`);
  const short = await run('verify', '--last-seal', lastSeal);
  expect([short.code, short.err.join('')]).toEqual([1, expect.stringContaining('lines were cut off')]);
  writeFileSync(path(), `${lines.toSpliced(0, 1).join('\n')}\n`);
  expect(await run('verify')).toMatchObject({
    code: 1,
    err: [`${path()}, line 1: the line before it is missing`],
  });
  expect((await run('list')).code).toBe(1);
  expect(await run('verify', join(state, 'none'))).toMatchObject({ code: 2 });
});
