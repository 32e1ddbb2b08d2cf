// Unknown faces over HTTP: kept, grouped, answered, taken back, asked about no more, and gone with whoever is erased.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { deploy, recognize } from './deploying.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const base = '/api/v1/review';
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture?.remove());

let service: Running;
let stateDir: string;
let key = '';
let number = 0;
beforeEach(async () => {
  stateDir = join(fixture.root, `reviewed-${number++}`);
  service = await start();
  return () => service.stop();
});

const start = async (keepUnknownDays = 30): Promise<Running> => {
  const { detector, recognizer } = fixture;
  const models = existsSync(stateDir)
    ? null
    : { name: 'start', detector, recognizer, gallery: await fixture.newGallery() };
  const running = await fixture.start({ stateDir, keepUnknownDays, start: models });
  if (models) key = running.key;
  // later starts tell no key
  const { call } = running;
  const withKey: Running['call'] = (method, path, body, headers) =>
    call(method, path, body, { 'x-api-key': key, ...headers });
  return Object.assign(running, { call: withKey });
};
const look = async (name: string, shade: number) => {
  const { json } = await service.call('POST', recognize, await photo([name], shade));
  return json.result[0].subjects[0].subject as string;
};
interface Group {
  id: number;
  seen: number;
  faces: { id: number }[];
  suggestions: { subject: string; similarity: number; imageId: string }[];
  alike: { group: number }[];
}
const queue = async () => (await service.call('GET', base)).json;
/** The groups once so many faces have come: they are kept a moment after the answer. */
const groupsOf = (faces: number): Promise<Group[]> =>
  vi.waitFor(
    async () => {
      const { groups } = (await queue()) as { groups: Group[] };
      expect(groups.reduce((sum, { seen }) => sum + seen, 0)).toBe(faces);
      return groups;
    },
    { timeout: 60_000, interval: 50 },
  );
const answer = (group: number, what: string, body?: object) =>
  service.call('POST', `${base}/${group}/${what}`, body);
const undo = () => service.call('POST', `${base}/undo`);
const enrol = async (name: string, shade = 0) =>
  service.call('POST', `/api/v1/recognition/faces?subject=${name}`, await photo([name], shade));

describe('unknown faces', () => {
  test('are grouped by person; who is named is known from then on, and it can be taken back', async () => {
    expect(await queue()).toMatchObject({ isOn: true, days: 30, groups: [], total: 0, last: null });
    for (const shade of [0, 4, 8]) expect(await look('ada', shade)).toBe('unknown');
    await look('bob', 0);
    const [ada, bob] = await groupsOf(4);
    expect([ada!.faces.length, bob!.faces.length, ada!.suggestions]).toEqual([3, 1, []]);
    const crop = await service.call('GET', `${base}/faces/${ada!.faces[0]!.id}/img`);
    expect([crop.status, crop.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(await answer(ada!.id, 'new', { subject: 'ada' })).toMatchObject({
      status: 200,
      json: { last: { action: 'accept', subject: 'ada', isNew: true } },
    });
    expect(await look('ada', 6)).toBe('ada');
    expect((await queue()).groups.map(({ id }: Group) => id)).toEqual([bob!.id]);
    expect(await undo()).toMatchObject({ status: 200, json: { undone: { action: 'accept' }, last: null } });
    expect((await service.call('GET', '/api/v1/recognition/subjects')).json.subjects).toEqual([]);
    expect((await queue()).groups.map(({ id }: Group) => id)).toEqual([ada!.id, bob!.id]);
    expect(await undo()).toMatchObject({ status: 409, json: { error: 'REVIEW_NOTHING_TO_UNDO' } });
  });

  test('are somebody who was suggested, or are not, which is remembered', async () => {
    await enrol('ada');
    await look('bob', 0);
    await look('eve', 0);
    const groups = await groupsOf(2);
    const suggested = groups.find(({ suggestions }) => suggestions.some(({ subject }) => subject === 'ada'))!;
    const is = await answer(suggested.id, 'reject', { subject: 'ada' });
    expect(is).toMatchObject({ status: 200, json: { last: { action: 'reject', subject: 'ada' } } });
    const find = async () => (await queue()).groups.find(({ id }: Group) => id === suggested.id) as Group;
    expect((await find()).suggestions).toEqual([]);
    expect((await service.call('GET', '/api/v1/recognition/rejections')).json.rejections).toHaveLength(1);
    await undo();
    expect((await find()).suggestions.map(({ subject }) => subject)).toEqual(['ada']);
    expect((await service.call('GET', '/api/v1/recognition/rejections')).json.rejections).toEqual([]);
    await answer(suggested.id, 'accept', { subject: 'ada' });
    const faces = (await service.call('GET', '/api/v1/recognition/faces?subject=ada')).json;
    expect(faces.total_elements).toBe(2);
    expect((await queue()).groups).toHaveLength(1);
  });

  test('are one person’s or several’s as somebody says, or nobody’s business', async () => {
    for (const name of ['ada', 'bob']) for (const shade of [0, 5]) await look(name, shade);
    const [first, second] = await groupsOf(4);
    expect(first!.alike.map(({ group }) => group)).toEqual([second!.id]);
    expect((await answer(first!.id, 'merge', { groups: [second!.id] })).status).toBe(200);
    const [merged] = await groupsOf(4);
    expect([merged!.id, merged!.faces.length]).toEqual([first!.id, 4]);
    await undo();
    expect((await groupsOf(4)).map(({ id }) => id)).toEqual([first!.id, second!.id]);
    const [face, other] = first!.faces;
    expect((await answer(first!.id, 'split', { faces: [face!.id] })).status).toBe(200);
    const parts = await groupsOf(4);
    expect(parts.map(({ faces }) => faces.length).sort()).toEqual([1, 1, 2]);
    expect(await answer(first!.id, 'split', { faces: [other!.id] })).toMatchObject({ status: 400 });
    await undo();
    expect(await groupsOf(4)).toHaveLength(2);
    await answer(second!.id, 'dismiss');
    expect((await queue()).groups.map(({ id }: Group) => id)).toEqual([first!.id]);
    expect(await answer(second!.id, 'dismiss')).toMatchObject({
      status: 404,
      json: { error: 'REVIEW_GROUP_NOT_FOUND' },
    });
    // whoever comes and is like them is not asked about either
    await look(second!.id > first!.id ? 'bob' : 'ada', 2);
    await look('eve', 0);
    const left = await vi.waitFor(
      async () => {
        const { groups } = await queue();
        expect(groups).toHaveLength(2);
        return groups as Group[];
      },
      { timeout: 60_000, interval: 50 },
    );
    expect(left.map(({ id }) => id)).not.toContain(second!.id);
  });

  test('outlast a restart and another recognizer; nothing on the disk shows them', async () => {
    for (const shade of [0, 5]) await look('ada', shade);
    const [group] = await groupsOf(2);
    await service.stop();
    service = await start();
    expect((await queue()).groups).toMatchObject([{ id: group!.id, faces: group!.faces }]);
    const crop = await service.call('GET', `${base}/faces/${group!.faces[0]!.id}/img`);
    expect(crop.status).toBe(200);
    const { detector, otherRecognizer: recognizer } = fixture;
    expect(await deploy(service, { name: 'other', detector, recognizer, weight: 100 })).toMatchObject({
      state: 'active',
    });
    expect((await queue()).groups.map(({ id }: Group) => id)).toEqual([group!.id]);
    await answer(group!.id, 'new', { subject: 'ada' });
    expect(await look('ada', 2)).toBe('ada');
    const bytes = Buffer.concat(
      readdirSync(stateDir)
        .filter((name) => name.startsWith('review.db'))
        .map((name) => readFileSync(join(stateDir, name))),
    );
    expect(bytes.length).toBeGreaterThan(1000);
    for (const text of ['JFIF', 'waiting', 'settled', '"ada"']) expect(bytes.includes(text)).toBe(false);
    expect(service.lines.join('\n')).not.toContain('ada');
  });

  test('go with the person they were put to, and where nobody is to be kept any more', async () => {
    for (const shade of [0, 5]) await look('ada', shade);
    await look('bob', 0);
    const groups = await groupsOf(3);
    const ada = groups.find(({ faces }) => faces.length === 2)!;
    await answer(ada.id, 'new', { subject: 'ada' });
    expect(service.service.review!.crop(ada.faces[0]!.id)).not.toBeNull();
    await service.call('DELETE', '/api/v1/recognition/subjects/ada');
    for (const { id } of ada.faces) expect(service.service.review!.crop(id)).toBeNull();
    expect((await queue()).last).toBeNull();
    expect((await queue()).groups).toHaveLength(1);
    await service.stop();
    service = await start(0);
    expect(readdirSync(stateDir).filter((name) => name.startsWith('review.db'))).toEqual([]);
    expect(await queue()).toMatchObject({ isOn: false, groups: [] });
    expect(await answer(1, 'dismiss')).toMatchObject({ status: 409, json: { error: 'REVIEW_OFF' } });
  });

  test('are for those who may enrol, and each answer is in the audit', async () => {
    await look('ada', 0);
    const [group] = await groupsOf(1);
    const reader = { 'x-api-key': (await service.service.keys.create('read')).text };
    expect((await service.call('GET', base, undefined, reader)).status).toBe(403);
    const face = `${base}/faces/${group!.faces[0]!.id}/img`;
    expect((await service.call('GET', face, undefined, reader)).status).toBe(403);
    expect((await service.call('POST', `${base}/${group!.id}/dismiss`, undefined, reader)).status).toBe(403);
    await answer(group!.id, 'dismiss');
    await undo();
    const audit = readFileSync(join(stateDir, 'audit.jsonl'), 'utf8');
    for (const target of [`dismiss ${group!.id}`, 'undo']) expect(audit).toContain(`"target":"${target}"`);
  });
});
