import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bmp, icon } from '../photos/pictures.ts';
import { createFixture, type Fixture, photo, type Reply, type Running } from './fixtures.ts';
import { detectorOfTwoSizes, smallAndLarge } from './two-sizes.ts';

// what CompreFace 1.2 answers, by its documentation and by CommonExceptionCode, EmbeddingController and SubjectDao
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const api = '/api/v1/recognition';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
let fixture: Fixture;
let service: Running;
let ada: Uint8Array;
const call: Running['call'] = (...args) => service.call(...args);
const said = ({ status, json }: Reply): [number, number] => [status, json.code];

beforeAll(async () => {
  fixture = await createFixture();
  const { root, recognizer, newGallery } = fixture;
  const detector = await detectorOfTwoSizes(root);
  const start = { name: 'start', detector, recognizer, gallery: await newGallery() };
  service = await fixture.start({ start, compat: 'compreface' });
  ada = await photo(['ada']);
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

const enrol = async (subject: string): Promise<string> =>
  (await call('POST', `${api}/faces?subject=${subject}`, ada)).json.image_id;
const subjects = async (): Promise<string[]> => (await call('GET', `${api}/subjects`)).json.subjects;

describe('statuses and numbers', () => {
  test('of keys: a missing one is a bad request, an unknown one is not found', async () => {
    const get = (headers: Record<string, string>) => fetch(`${service.url}${api}/subjects`, { headers });
    const missing = await get({});
    expect([missing.status, ((await missing.json()) as { code: number }).code]).toEqual([400, 20]);
    const unknown = await get({ 'x-api-key': '00000000-0000-0000-0000-000000000002' });
    expect([unknown.status, ((await unknown.json()) as { code: number }).code]).toEqual([404, 10]);
    // routes that CompreFace does not have keep to ours
    expect((await fetch(`${service.url}/api/v1/deployments`)).status).toBe(401);
    expect((await fetch(`${service.url}/metrics`)).status).toBe(401);
  });

  test('of pictures: without a face 28, of no kind 21, missing 34', async () => {
    const none = await photo([]);
    for (const path of [`${api}/recognize`, '/api/v1/detection/detect', `${api}/faces?subject=x`]) {
      expect(said(await call('POST', path, none)), path).toEqual([400, 28]);
      expect(said(await call('POST', path, Buffer.from([1, 2, 3]))), path).toEqual([400, 21]);
      expect(said(await call('POST', path, {})), path).toEqual([400, 34]);
    }
    const two = await photo(['ada', 'bob']);
    expect(said(await call('POST', `${api}/faces?subject=x`, two))).toEqual([400, 31]);
  });

  test('of parameters: missing 33, out of their range 26', async () => {
    expect(said(await call('POST', `${api}/faces`, ada))).toEqual([400, 33]);
    expect(said(await call('POST', `${api}/recognize?limit=-1`, ada))).toEqual([400, 26]);
    expect(said(await call('POST', `${api}/recognize?prediction_count=0`, ada))).toEqual([400, 26]);
    for (const subject of [' ', 'unknown', 'Unknown']) {
      expect(said(await call('POST', `${api}/subjects`, { subject }))).toEqual([400, 26]);
    }
    expect(said(await call('DELETE', `${api}/faces?subject=`))).toEqual([400, 26]);
  });

  test('of what is not there, and of what is there already', async () => {
    await call('POST', `${api}/subjects`, { subject: 'Ada' });
    expect(said(await call('POST', `${api}/subjects`, { subject: 'Ada' }))).toEqual([400, 43]);
    expect(said(await call('DELETE', `${api}/subjects/nobody`))).toEqual([404, 42]);
    expect(said(await call('PUT', `${api}/subjects/nobody`, { subject: 'x' }))).toEqual([404, 42]);
    const id = '6b135f5b-a365-4522-b1f1-4c9ac2dd0728';
    expect(said(await call('DELETE', `${api}/faces/${id}`))).toEqual([404, 44]);
    expect((await call('POST', `${api}/faces/delete`, [id])).json).toEqual([]);
    const image = await call('GET', `${api}/faces/${id}/img`);
    expect([image.status, image.text]).toEqual([200, '']);
    expect((await call('DELETE', `${api}/faces?subject=nobody`)).json).toEqual({ deleted: 0 });
    await call('DELETE', `${api}/subjects`);
  });
});

describe('requests', () => {
  test('have BMP and ICO pictures, whatever their names', async () => {
    expect((await call('POST', `${api}/recognize`, icon([64, 64, ada]))).status).toBe(200);
    // decoded, and without a face
    expect(
      said(
        await call(
          'POST',
          `${api}/recognize`,
          bmp(24, () => 0),
        ),
      ),
    ).toEqual([400, 28]);
    expect(said(await call('POST', `${api}/recognize`, bmp(24, () => 0).subarray(0, 99)))).toEqual([400, 21]);
  });

  test('begin their query with & as the Python SDK does', async () => {
    const { json } = await call('POST', `${api}/recognize?&limit=0&status=True`, ada);
    expect(json.plugins_versions).toBeDefined();
  });
});

describe('answers', () => {
  test('have whole pixels, and say more where a plugin is asked for', async () => {
    const { json } = await call('POST', `${api}/recognize?face_plugins=calculator&status=true`, ada);
    const [{ box, landmarks, embedding, execution_time }] = json.result;
    expect([box.x_min, box.y_min, box.x_max, box.y_max]).toEqual([20, 20, 44, 44]);
    expect(landmarks.flat().every(Number.isInteger)).toBe(true);
    expect(embedding).toHaveLength(12);
    expect(execution_time.detector).toBeGreaterThan(0);
    // a picture of 100 pixels is looked at in another size: its faces end between pixels
    const odd = await call('POST', '/api/v1/detection/detect', await photo(['ada'], 0, 100));
    expect(Object.values(odd.json.result[0].box).slice(1).every(Number.isInteger)).toBe(true);
  });

  test('name faces by UUIDs, and take whole numbers as well', async () => {
    const id = await enrol('Ada');
    expect(id).toMatch(UUID);
    expect((await call('GET', `${api}/faces`)).json.faces).toEqual([{ image_id: id, subject: 'Ada' }]);
    expect((await call('GET', `${api}/faces/${id}/img`)).headers.get('content-type')).toBe('image/jpeg');
    const verified = await call(
      'POST',
      `${api}/faces/${id.toUpperCase()}/verify?face_plugins=calculator`,
      ada,
    );
    expect(verified.json.result[0]).toMatchObject({
      subject: 'Ada',
      similarity: 1,
      embedding: expect.any(Array),
    });
    const number = String(Number.parseInt(id.slice(-12), 16));
    expect((await call('DELETE', `${api}/faces/${number}`)).json).toEqual({ image_id: id, subject: 'Ada' });
    await call('DELETE', `${api}/subjects`);
  });

  test('of a verification: one face to compare with, matches by size, versions beside them', async () => {
    const verify = async (source: Uint8Array, target: Uint8Array, query = '') => {
      const form = new FormData();
      form.append('source_image', new Blob([source as Uint8Array<ArrayBuffer>]), 's.png');
      form.append('target_image', new Blob([target as Uint8Array<ArrayBuffer>]), 't.png');
      return call('POST', `/api/v1/verification/verify${query}`, form);
    };
    const both = await smallAndLarge();
    expect(said(await verify(both, ada))).toEqual([400, 31]);
    expect((await verify(both, ada, '?limit=1')).status).toBe(200);
    expect(said(await verify(await photo([]), ada))).toEqual([400, 28]);
    expect(said(await verify(ada, await photo([])))).toEqual([400, 28]);
    const { json } = await verify(ada, both, '?face_plugins=calculator&status=true');
    const [{ source_image_face, face_matches, plugins_versions }] = json.result;
    const sides = face_matches.map(({ box }: { box: Record<string, number> }) => box.x_max! - box.x_min!);
    expect(sides).toEqual([48, 24]);
    for (const face of [source_image_face, ...face_matches]) {
      expect(face).toMatchObject({ embedding: expect.any(Array), execution_time: expect.any(Object) });
    }
    expect(plugins_versions).toEqual(json.plugins_versions);
  });
});

describe('subjects', () => {
  test('are one in every case', async () => {
    await call('POST', `${api}/subjects`, { subject: 'Ada' });
    expect(said(await call('POST', `${api}/subjects`, { subject: 'ADA' }))).toEqual([400, 43]);
    await enrol('aDa');
    expect((await call('GET', `${api}/faces`)).json.faces).toMatchObject([{ subject: 'Ada' }]);
    expect((await call('PUT', `${api}/subjects/ada`, { subject: 'ada' })).json).toEqual({ updated: false });
    expect((await call('PUT', `${api}/subjects/ada`, { subject: 'ADA' })).json).toEqual({ updated: true });
    expect(await subjects()).toEqual(['ADA']);
    await enrol('bob');
    expect((await call('PUT', `${api}/subjects/BOB`, { subject: 'ada' })).json).toEqual({ updated: true });
    expect(await subjects()).toEqual(['ADA']);
    expect((await call('GET', `${api}/faces`)).json.total_elements).toBe(2);
    expect((await call('DELETE', `${api}/subjects/ada`)).json).toEqual({ subject: 'ADA' });
    expect(await subjects()).toEqual([]);
  });

  test('outlive their last face, but not their removal; neither a rename to its own name', async () => {
    const [first, second] = [await enrol('Ada'), await enrol('Ada')];
    await call('DELETE', `${api}/faces/${first}`);
    await call('POST', `${api}/faces/delete`, [second]);
    expect((await call('GET', `${api}/faces`)).json.total_elements).toBe(0);
    expect(await subjects()).toEqual(['Ada']);
    await call('PUT', `${api}/subjects/ADA`, { subject: 'Ada' });
    expect(await subjects()).toEqual(['Ada']);
    await enrol('ada');
    expect((await call('DELETE', `${api}/faces?subject=ADA`)).json).toEqual({ deleted: 1 });
    expect(await subjects()).toEqual([]);
  });

  test('without a face are there after the recognizer is another one', async () => {
    await call('POST', `${api}/subjects`, { subject: 'Carl' });
    await enrol('Ada');
    const { detector, otherRecognizer: recognizer } = fixture;
    await call('POST', '/api/v1/deployments', { name: 'other', detector, recognizer });
    await service.service.deployments.settled();
    expect(service.service.deployments.list()[0]).toMatchObject({ id: 'D0002', state: 'active' });
    expect(await subjects()).toEqual(['Ada', 'Carl']);
  });
});
