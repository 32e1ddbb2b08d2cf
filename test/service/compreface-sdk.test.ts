import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { CompreFace } from '@exadel/compreface-js-sdk';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';
import { detectorOfTwoSizes, smallAndLarge } from './two-sizes.ts';

// CompreFace's own JavaScript SDK, as npm has it, through what its README shows
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

// biome-ignore lint/suspicious/noExplicitAny: its types leave methods out and name the answers of none
type Sdk = any;
/** What its README gives as an example. */
const options = {
  limit: 0,
  det_prob_threshold: 0.8,
  prediction_count: 1,
  face_plugins: 'calculator,age,gender,landmarks',
  status: 'true',
};

let fixture: Fixture;
let service: Running;
let photos: Server;
let photosUrl: string;
let ada: Uint8Array;
let bob: Uint8Array;
/** Where photos of them are, as the SDK wants paths: beginning with a dot. */
let adaPath: string;
let bobPath: string;
let sdk: Sdk;
let recognition: Sdk;
// their methods lengthen an address that they share: each serves once
const faces = (): Sdk => recognition.getFaceCollection();
const subjects = (): Sdk => recognition.getSubjects();

beforeAll(async () => {
  fixture = await createFixture();
  const { root, recognizer, newGallery } = fixture;
  const detector = await detectorOfTwoSizes(root);
  photos = createServer((request, reply) => {
    reply.setHeader('content-type', 'image/png').end(request.url === '/ada.png' ? ada : bob);
  });
  await new Promise<void>((listening) => photos.listen(0, '127.0.0.1', listening));
  photosUrl = `http://127.0.0.1:${(photos.address() as AddressInfo).port}`;
  service = await fixture.start({
    start: { name: 'start', detector, recognizer, gallery: await newGallery() },
    compat: 'compreface',
    cors: [photosUrl],
  });
  [ada, bob] = [await photo(['ada']), await photo(['bob'])];
  const write = async (name: string, bytes: Uint8Array): Promise<string> => {
    await writeFile(join(root, name), bytes);
    return relative(process.cwd(), join(root, name));
  };
  [adaPath, bobPath] = [await write('ada.png', ada), await write('bob.png', bob)];
  sdk = new CompreFace('http://127.0.0.1', Number(new URL(service.url).port));
  recognition = sdk.initFaceRecognitionService(service.key);
});
afterAll(async () => {
  photos?.close();
  await service?.stop();
  await fixture?.remove();
});
beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => {})); // it says addresses and keys
afterEach(async () => {
  await service.call('DELETE', '/api/v1/recognition/subjects');
  vi.restoreAllMocks();
});

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const known = async (): Promise<[string, number]> => {
  const [{ subject, similarity }] = (await recognition.recognize(adaPath, options)).result[0].subjects;
  return [subject, similarity];
};

describe('faces are added', () => {
  const ways: [string, () => unknown][] = [
    ['from a path', () => adaPath],
    ['from a Buffer', () => Buffer.from(ada)],
    ['from an address, which the SDK fetches', () => `${photosUrl}/ada.png`],
    ['from base64', () => base64(ada)],
  ];
  test.each(ways)('%s', async (_, image) => {
    const name = encodeURIComponent('Ada Müller & Sön');
    const added = await faces().add(image(), name, { det_prob_threshold: 0.8 });
    expect(added).toEqual({
      image_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      subject: 'Ada Müller & Sön',
    });
    expect((await faces().list()).faces).toEqual([added]);
    expect(await known()).toEqual(['Ada Müller & Sön', expect.closeTo(1, 2)]);
  });

  test('from a Blob, by a page in a browser', async () => {
    const program = new URL('./sdk-in-a-page.ts', import.meta.url).pathname;
    const argv = [program, photosUrl, service.url, service.key, base64(ada)];
    const { stdout } = await promisify(execFile)(process.execPath, argv);
    const [added, recognized, verified] = JSON.parse(stdout.trim().split('\n').at(-1)!);
    expect(added).toEqual({ image_id: expect.any(String), subject: 'Ada' });
    expect(recognized.result[0].subjects).toEqual([{ subject: 'Ada', similarity: 1 }]);
    expect(verified.result[0].face_matches[0]).toMatchObject({ is_match: true });
    expect((await faces().list()).faces).toEqual([added]);
  });
});

describe('people are recognized', () => {
  beforeEach(async () => {
    await faces().add(adaPath, 'Ada');
    await faces().add(bobPath, 'Bob');
  });

  test('with and without options, from every kind of source', async () => {
    for (const image of [adaPath, Buffer.from(ada), `${photosUrl}/ada.png`, base64(ada)]) {
      const { result } = await recognition.recognize(image, {});
      expect(result[0]).toMatchObject({ subjects: [{ subject: 'Ada', similarity: 1 }] });
      expect(Object.keys(result[0].box).sort()).toEqual(['probability', 'x_max', 'x_min', 'y_max', 'y_min']);
      expect(result[0].embedding).toBeUndefined();
    }
    const { result, plugins_versions } = await recognition.recognize(bobPath, options);
    expect(result[0]).toMatchObject({
      subjects: [{ subject: 'Bob', similarity: 1 }],
      embedding: expect.any(Array),
      execution_time: { detector: expect.any(Number), calculator: expect.any(Number) },
    });
    expect(plugins_versions).toMatchObject({ detector: expect.any(String), calculator: expect.any(String) });
    // options without a limit: it begins each with a question mark
    const loose = await recognition.recognize(bobPath, { prediction_count: 2, status: 'true' });
    expect(loose.plugins_versions).toBeDefined();
  });

  test('with options of the whole client', async () => {
    const port = Number(new URL(service.url).port);
    // its types want a status that is no text, its README gives one
    const own: Sdk = new CompreFace('http://127.0.0.1', port, options as never);
    const { result } = await own.initFaceRecognitionService(service.key).recognize(adaPath, {});
    expect(result[0]).toMatchObject({ subjects: [{ subject: 'Ada' }], embedding: expect.any(Array) });
  });

  test('by an enrolled face, and by two pictures', async () => {
    const { faces: list } = await faces().list();
    const { image_id } = list.find(({ subject }: { subject: string }) => subject === 'Ada');
    for (const given of [undefined, options]) {
      const { result } = await faces().verify(adaPath, image_id, given);
      expect(result[0]).toMatchObject({ subject: 'Ada', similarity: 1 });
    }
    const verification = sdk.initFaceVerificationService(service.key);
    const url = `${photosUrl}/ada.png`;
    const pairs = [
      [adaPath, adaPath],
      [url, url],
      [url, adaPath],
      [adaPath, url],
      [base64(ada), base64(ada)],
      [Buffer.from(ada), Buffer.from(ada)],
    ];
    for (const [source, target] of pairs) {
      const { result } = await verification.verify(source, target, options);
      expect(result[0].face_matches).toEqual([expect.objectContaining({ similarity: 1 })]);
      expect(result[0]).toMatchObject({
        source_image_face: { embedding: expect.any(Array) },
        plugins_versions: { calculator: expect.any(String) },
      });
    }
  });
});

test('faces are detected, the biggest first', async () => {
  const detection = sdk.initFaceDetectionService(service.key);
  const image = Buffer.from(await smallAndLarge());
  const side = ({ box }: { box: Record<string, number> }): number => box.x_max! - box.x_min!;
  expect((await detection.detect(image)).result.map(side)).toEqual([48, 24]);
  expect(
    (await detection.detect(image, { ...options, det_prob_threshold: 0.5, limit: 1 })).result.map(side),
  ).toEqual([48]);
  // the larger one is not as sure; the SDK begins each of these parameters with a question mark
  expect(
    (await detection.detect(image, { det_prob_threshold: 0.9, status: 'true' })).result.map(side),
  ).toEqual([24]);
});

test('subjects are added, listed, renamed, joined and deleted', async () => {
  expect(await subjects().add('John')).toEqual({ subject: 'John' });
  await subjects().add('Jane');
  expect(await subjects().list()).toEqual({ subjects: ['Jane', 'John'] });
  expect(await subjects().rename('John', 'Jim')).toEqual({ updated: true });
  expect(await subjects().list()).toEqual({ subjects: ['Jane', 'Jim'] });
  expect(await subjects().rename('Jim', 'Jane')).toEqual({ updated: true });
  expect(await subjects().list()).toEqual({ subjects: ['Jane'] });
  expect(await subjects().delete('Jane')).toEqual({ subject: 'Jane' });
  await subjects().add('John');
  await subjects().add('Jane');
  expect(await subjects().deleteAll()).toEqual({ deleted: 2 });
  expect(await subjects().list()).toEqual({ subjects: [] });
});

test('faces are deleted one by one, several at a time, of a subject, and all', async () => {
  const add = async (name: string): Promise<string> => (await faces().add(adaPath, name)).image_id;
  const [first, second, third] = [await add('Ada'), await add('Ada'), await add('Ada')];
  expect(await faces().delete(first)).toEqual({ image_id: first, subject: 'Ada' });
  expect(await faces().delete_multiple_images([second, third])).toEqual([
    { image_id: second, subject: 'Ada' },
    { image_id: third, subject: 'Ada' },
  ]);
  await add('Ada');
  await add('Bob');
  expect(await faces().delete_all_subject('Ada')).toEqual({ deleted: 1 });
  await add('Ada');
  expect(await faces().delete_all()).toEqual({ deleted: 2 });
  expect((await faces().list()).faces).toEqual([]);
});

test('errors come as CompreFace has them', async () => {
  const said = (call: Promise<unknown>): Promise<[number, number]> =>
    call.then(
      () => [200, 0],
      ({ response }) => [response.status, response.data.code],
    );
  const nobody = Buffer.from(await photo([]));
  expect(await said(recognition.recognize(nobody, options))).toEqual([400, 28]);
  expect(await said(faces().add(nobody, 'Ada'))).toEqual([400, 28]);
  const stranger = sdk.initFaceRecognitionService('00000000-0000-0000-0000-000000000002');
  expect(await said(stranger.recognize(adaPath, options))).toEqual([404, 10]);
  expect(await said(faces().delete('6b135f5b-a365-4522-b1f1-4c9ac2dd0728'))).toEqual([404, 44]);
  await subjects().add('Ada');
  expect(await said(subjects().add('ada'))).toEqual([400, 43]);
});
