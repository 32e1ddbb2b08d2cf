import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';
import { detectorOfTwoSizes, smallAndLarge } from './two-sizes.ts';

// each service starts threads that load networks: on a busy machine that takes its time
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const api = '/api/v1/recognition';
let fixture: Fixture;
let service: Running;
let ada: Uint8Array;
let bob: Uint8Array;
const call: Running['call'] = (...args) => service.call(...args);

beforeAll(async () => {
  fixture = await createFixture();
  const { root, recognizer } = fixture;
  const start = {
    name: 'start',
    detector: await detectorOfTwoSizes(root),
    recognizer,
    gallery: await fixture.newGallery(),
  };
  service = await fixture.start({ start, cors: ['https://kiosk.example'] });
  [ada, bob] = [await photo(['ada']), await photo(['bob'])];
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

const enrol = async (subject: string, picture: Uint8Array): Promise<string> =>
  (await call('POST', `${api}/faces?subject=${subject}`, picture)).json.image_id;

const embeddingOf = async (picture: Uint8Array): Promise<number[]> => {
  const { json } = await call('POST', '/api/v1/detection/detect?face_plugins=calculator', picture);
  return json.result[0].embedding;
};

describe('faces', () => {
  test('are all removed where no subject is named, with an admin key; an empty name removes nobody', async () => {
    await enrol('ada', ada);
    await enrol('bob', bob);
    await enrol('bob', bob);
    const empty = await call('DELETE', `${api}/faces?subject=`);
    expect([empty.status, empty.json.error]).toEqual([400, 'REQUEST_INVALID']);
    const { text: key } = await service.service.keys.create('enrol');
    const refused = await call('DELETE', `${api}/faces`, undefined, { 'x-api-key': key });
    expect([refused.status, refused.json.error]).toEqual([403, 'KEY_FORBIDDEN']);
    expect((await call('GET', `${api}/faces`)).json.total_elements).toBe(3);
    expect((await call('DELETE', `${api}/faces`)).json).toEqual({ deleted: 3 });
    expect((await call('GET', `${api}/subjects`)).json).toEqual({ subjects: [] });
    expect((await call('DELETE', `${api}/faces`)).json).toEqual({ deleted: 0 });
  });

  test('come the biggest first, and a limit counts them so', async () => {
    const picture = await smallAndLarge();
    const areas = async (path: string): Promise<number[]> =>
      (await call('POST', path, picture)).json.result.map(areaOf);
    for (const path of ['/api/v1/detection/detect', `${api}/recognize`]) {
      expect(await areas(path)).toEqual([48 * 48, 24 * 24]);
      expect(await areas(`${path}?limit=1`)).toEqual([48 * 48]);
    }
  });
});

const areaOf = ({ box }: { box: Record<string, number> }): number =>
  (box.x_max! - box.x_min!) * (box.y_max! - box.y_min!);

describe('embeddings', () => {
  test('are compared with an enrolled face, the most alike first', async () => {
    const id = await enrol('ada', ada);
    const [ofAda, ofBob] = [await embeddingOf(ada), await embeddingOf(bob)];
    const path = `${api}/embeddings/faces/${id}/verify`;
    const { status, json } = await call('POST', path, { embeddings: [ofBob, ofAda] });
    expect(status).toBe(200);
    expect(json.result).toEqual([
      { embedding: ofAda, similarity: expect.closeTo(1, 4), threshold: 0.9, is_match: true },
      { embedding: ofBob, similarity: expect.any(Number), threshold: 0.9, is_match: false },
    ]);
    expect((await call('POST', `${api}/embeddings/faces/99/verify`, { embeddings: [ofAda] })).json.code).toBe(
      44,
    );
    expect((await call('POST', path, { embeddings: [] })).status).toBe(400);
    expect((await call('POST', path, { embeddings: [[1, 2]] })).json.error).toBe('REQUEST_INVALID');
    await call('DELETE', `${api}/faces`);
  });

  test('are compared with each other', async () => {
    const [ofAda, ofBob] = [await embeddingOf(ada), await embeddingOf(bob)];
    const path = '/api/v1/verification/embeddings/verify';
    const { json } = await call('POST', path, { source: ofBob.map((x) => 3 * x), targets: [ofAda, ofBob] });
    expect(json.result.map((each: { is_match: boolean }) => each.is_match)).toEqual([true, false]);
    expect(json.result[0]).toMatchObject({ embedding: ofBob, similarity: expect.closeTo(1, 4) });
    expect((await call('POST', path, { source: ofBob })).status).toBe(400);
  });
});

test('detect_faces=false: the picture is a face that was cut out and aligned before', async () => {
  const id = await enrol('ada', ada);
  const stored = await fetch(`${service.url}${api}/faces/${id}/img`, {
    headers: { 'x-api-key': service.key },
  });
  const crop = new Uint8Array(await stored.arrayBuffer());
  const { status, json } = await call('POST', `${api}/recognize?detect_faces=false`, crop);
  expect([status, json.result.length]).toEqual([200, 1]);
  const [face] = json.result;
  expect(face.box).toEqual({ probability: 1, x_min: 0, y_min: 0, x_max: 112, y_max: 112 });
  expect(face.landmarks[0]).toEqual([38.3, 51.7]);
  expect(face.subjects[0]).toEqual({ subject: 'ada', similarity: expect.closeTo(1, 2) });
  // a detector cuts out something else, or nothing
  const detected = (await call('POST', `${api}/recognize`, crop)).json.result;
  expect(detected.map((other: typeof face) => other.box)).not.toContainEqual(face.box);
  await call('DELETE', `${api}/faces`);
});

describe('pages of other origins', () => {
  const preflight = async (origin: string, running = service): Promise<[number, string | null]> => {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-api-key,x-requested-with',
    };
    const reply = await fetch(`${running.url}${api}/recognize`, { method: 'OPTIONS', headers });
    const allowed = reply.headers.get('access-control-allow-origin');
    // whichever headers a page adds: the origin is what counts
    if (allowed) expect(reply.headers.get('access-control-allow-headers')).toBe('x-api-key,x-requested-with');
    return [reply.status, allowed];
  };

  test('may call it where theirs is named, and read its errors; others may not', async () => {
    expect(await preflight('https://kiosk.example')).toEqual([204, 'https://kiosk.example']);
    expect(await preflight('https://other.example')).toEqual([204, null]);
    const headers = { origin: 'https://kiosk.example' };
    const listed = await call('GET', `${api}/subjects`, undefined, headers);
    expect([listed.status, listed.headers.get('access-control-allow-origin')]).toEqual([200, headers.origin]);
    const refused = await fetch(`${service.url}${api}/subjects`, { headers });
    expect(refused.ok).toBe(false);
    expect(refused.headers.get('access-control-allow-origin')).toBe(headers.origin);
    expect(listed.headers.get('access-control-allow-credentials')).toBeNull();
    expect(listed.headers.get('vary')).toMatch(/origin/i);
  });

  test('of any origin may where that is said; of none where nothing is', async () => {
    const open = await fixture.start({ cors: ['*'] });
    expect(await preflight('https://other.example', open)).toEqual([204, '*']);
    await open.stop();
    const closed = await fixture.start();
    expect(await preflight('https://other.example', closed)).toEqual([404, null]);
    await closed.stop();
    const wrong = fixture.start({ cors: ['https://kiosk.example/app'] });
    await expect(wrong).rejects.toMatchObject({
      code: 'USAGE_INVALID_VALUE',
      message: expect.stringContaining('did you mean https://kiosk.example?'),
    });
  });
});
