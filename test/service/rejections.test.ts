// "This is not them" over HTTP: remembered, listed, taken back, carried to another recognizer's gallery, erased with a person.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { deploy, recognize } from './deploying.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const api = '/api/v1/recognition';
let fixture: Fixture;
let service: Running;
let stateDir: string;
beforeAll(async () => {
  fixture = await createFixture();
  stateDir = join(fixture.root, 'state');
  const { detector, recognizer } = fixture;
  const gallery = await fixture.newGallery();
  service = await fixture.start({ stateDir, start: { name: 'start', detector, recognizer, gallery } });
  for (const name of ['ada', 'bob'])
    await service.call('POST', `${api}/faces?subject=${name}`, await photo([name]));
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

/** Who the service says is in a photo of Ada, taken in such light. */
async function who(shade: number): Promise<{ subject: string; reason: string | null }> {
  const { json } = await service.call('POST', `${recognize}?prediction_count=2`, await photo(['ada'], shade));
  const { subjects, reason } = json.result[0];
  return { subject: subjects[0].subject, reason };
}
const reject = async (subject: string, shade: number) =>
  service.call('POST', `${api}/rejections?subject=${subject}`, await photo(['ada'], shade));
const list = async (query = '') => (await service.call('GET', `${api}/rejections${query}`)).json.rejections;
const known = { subject: 'ada', reason: null };
const refused = { subject: 'unknown', reason: 'not_this_person' };

test('a face that is not somebody’s is remembered until it is taken back', async () => {
  expect(await who(12)).toEqual(known);
  const { status, json } = await reject('ada', 12);
  expect({ status, json }).toEqual({ status: 201, json: { id: 1, subject: 'ada' } });
  expect(await who(12)).toEqual(refused);
  expect(await who(0)).toEqual(known); // that is more like the enrolled one
  expect(await list()).toEqual([{ id: 1, subject: 'ada', created_at: expect.stringMatching(/^20.*Z$/) }]);
  expect(await list('?subject=bob')).toEqual([]);
  expect((await service.call('DELETE', `${api}/rejections/1`)).json).toEqual({ id: 1 });
  expect(await who(12)).toEqual(known);
  expect(await service.call('DELETE', `${api}/rejections/1`)).toMatchObject({
    status: 404,
    json: { error: 'GALLERY_FACE_NOT_FOUND' },
  });
});

test('who is refused: nobody of that name, no face, several, a reader', async () => {
  expect(await reject('nobody', 1)).toMatchObject({
    status: 404,
    json: { error: 'GALLERY_SUBJECT_NOT_FOUND' },
  });
  const path = `${api}/rejections?subject=ada`;
  expect(await service.call('POST', path, await photo(['ada', 'bob']))).toMatchObject({
    json: { error: 'TOO_MANY_FACES' },
  });
  expect(await service.call('POST', path, await photo([]))).toMatchObject({ json: { error: 'NO_FACE' } });
  const reader = { 'x-api-key': (await service.service.keys.create('read')).text };
  expect((await service.call('POST', path, await photo(['ada']), reader)).status).toBe(403);
  expect((await service.call('DELETE', `${api}/rejections/1`, undefined, reader)).status).toBe(403);
  expect(await list()).toEqual([]);
});

test('it holds for another recognizer, and what was taken back stays so after a roll-back', async () => {
  const { json } = await reject('ada', 12);
  const { detector, otherRecognizer: recognizer } = fixture;
  expect(await deploy(service, { name: 'other', detector, recognizer, weight: 100 })).toMatchObject({
    state: 'active',
  });
  expect(await who(12)).toEqual(refused);
  expect((await list()).map(({ id }: { id: number }) => id)).toEqual([json.id]);
  const later = await reject('bob', 13);
  await service.call('DELETE', `${api}/rejections/${later.json.id}`);
  await service.call('DELETE', `${api}/rejections/${json.id}`);
  expect(await service.call('POST', '/api/v1/deployments/rollback')).toMatchObject({ status: 200 });
  expect(await who(12)).toEqual(known);
});

test('the picture of somebody that was noted as not somebody else’s goes with them', async () => {
  await service.call('POST', `${api}/faces?subject=eve`, await photo(['eve']));
  await service.call('POST', `${api}/rejections?subject=bob`, await photo(['eve']));
  expect(await list('?subject=bob')).toHaveLength(1);
  await service.call('DELETE', `${api}/subjects/eve`);
  expect(await list()).toEqual([]);
});

test('the audit says that it was done, and of nobody who', async () => {
  const lines = readdirSync(stateDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('audit') && name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(stateDir, name), 'utf8').trim().split('\n'));
  const done = lines.map((line) => JSON.parse(line)).filter(({ outcome }) => outcome === 'done');
  expect(done.map(({ action }) => action)).toEqual(expect.arrayContaining(['reject', 'take back']));
  expect(lines.join('\n')).not.toMatch(/\bada\b/);
});
