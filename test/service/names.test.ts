// People merged, split and themselves again over HTTP; in galleries of every recognizer that serves; written down in the audit.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { deploy } from './deploying.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const api = '/api/v1/recognition';
let fixture: Fixture;
let service: Running;
let stateDir: string;
const ids: string[] = [];
beforeAll(async () => {
  fixture = await createFixture();
  stateDir = join(fixture.root, 'state');
  const { detector, recognizer } = fixture;
  const gallery = await fixture.newGallery();
  service = await fixture.start({ stateDir, start: { name: 'start', detector, recognizer, gallery } });
  for (const [subject, person] of [
    ['Ada', 'ada'],
    ['Ada', 'bob'],
    ['A. Lovelace', 'ada'],
  ] as const) {
    const { json } = await service.call('POST', `${api}/faces?subject=${subject}`, await photo([person]));
    ids.push(json.image_id);
  }
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

const people = async (): Promise<Record<string, number>> => {
  const { json } = await service.call('GET', '/api/v1/people');
  return Object.fromEntries(
    json.people.map(({ subject, faces }: { subject: string; faces: number }) => [subject, faces]),
  );
};
const post = (what: string, body?: object) => service.call('POST', `/api/v1/people/${what}`, body);

test('merged, split, listed, undone', async () => {
  await service.call('POST', `${api}/subjects`, { subject: 'Countess' });
  expect(await post('merge', { subjects: ['A. Lovelace', 'Countess'], into: 'Ada' })).toMatchObject({
    status: 200,
    json: { subject: 'Ada', faces: 1 },
  });
  expect(await people()).toEqual({ Ada: 3 });
  expect((await post('split', { subject: 'Ada', image_ids: [ids[1]], into: 'Bob' })).json).toEqual({
    subject: 'Bob',
    faces: 1,
  });
  expect(await people()).toEqual({ Ada: 2, Bob: 1 });
  const { json } = await service.call('GET', '/api/v1/people/changes');
  expect(json.changes).toMatchObject([
    { kind: 'split', from: ['Ada'], to: 'Bob', faces: 1 },
    { kind: 'merge', from: ['A. Lovelace'], to: 'Ada', faces: 1 },
  ]);
  expect((await post('undo')).json).toEqual(json.changes[0]);
  expect((await post('undo')).json).toEqual(json.changes[1]);
  expect(await people()).toEqual({ Ada: 2, 'A. Lovelace': 1 });
  expect(await post('undo')).toMatchObject({ status: 409, json: { error: 'GALLERY_NOTHING_TO_UNDO' } });
});

test('what cannot be done is refused, and a reader may do none of it', async () => {
  expect(await post('merge', { subjects: ['Nobody'], into: 'Ada' })).toMatchObject({
    status: 404,
    json: { error: 'GALLERY_SUBJECT_NOT_FOUND' },
  });
  expect(await post('merge', { subjects: ['Ada'], into: 'unknown' })).toMatchObject({
    json: { error: 'REQUEST_INVALID' },
  });
  for (const id of [ids[2], '77', 'x'])
    expect(await post('split', { subject: 'Ada', image_ids: [id], into: 'Bob' })).toMatchObject({
      status: 404,
      json: { error: 'GALLERY_FACE_NOT_FOUND' },
    });
  const reader = { 'x-api-key': (await service.service.keys.create('read')).text };
  expect((await service.call('POST', '/api/v1/people/undo', undefined, reader)).status).toBe(403);
  expect(await people()).toEqual({ Ada: 2, 'A. Lovelace': 1 });
});

test('a change from before another recognizer came is undone in its gallery, too', async () => {
  await post('merge', { subjects: ['A. Lovelace'], into: 'Ada' });
  const { detector, otherRecognizer: recognizer } = fixture;
  expect(await deploy(service, { name: 'other', detector, recognizer, weight: 50 })).toMatchObject({
    state: 'active',
  });
  await post('split', { subject: 'Ada', image_ids: [ids[1]], into: 'Bob' });
  await post('undo');
  await post('undo');
  for (const { gallery } of service.service.deployments.galleries)
    expect(await gallery.thread.call('subjects', null)).toEqual(['A. Lovelace', 'Ada']);
});

test('the doctor says who has one photo and which pictures are no good; check refuses those', async () => {
  const { status, json } = await service.call('GET', '/api/v1/people/doctor?most=50');
  expect(status).toBe(200);
  expect(json).toMatchObject({
    mode: 'standard',
    subjects: 2,
    faces: 3,
    measured: 3,
    one_photo: ['A. Lovelace'],
  });
  expect(json.mislabels.length + json.two_names.length + json.duplicates.length).toBeGreaterThan(0);
  const path = `${api}/faces?subject=Eve&check=standard`;
  expect(await service.call('POST', path, await photo(['eve']))).toMatchObject({
    status: 400,
    json: { error: 'FACE_LOW_QUALITY', message: expect.stringContaining('take a photo from nearer') },
  });
  expect(
    (await service.call('POST', `${api}/faces?subject=Eve&check=odd`, await photo(['eve']))).status,
  ).toBe(400);
  expect((await people()).Eve).toBeUndefined();
});

test('the audit has all of it, and no name', async () => {
  const lines = readdirSync(stateDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('audit') && name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(stateDir, name), 'utf8').trim().split('\n'));
  const done = lines.map((line) => JSON.parse(line)).filter(({ outcome }) => outcome === 'done');
  expect(done.map(({ action }) => action)).toEqual(expect.arrayContaining(['merge', 'split', 'undo']));
  expect(lines.join('\n')).not.toMatch(/Lovelace|Countess/);
});
