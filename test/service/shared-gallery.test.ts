// A gallery that a service has, and others who would change it meanwhile.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Gallery } from '../../packages/face/src/gallery/gallery.ts';
import { Semblance } from '../../packages/face/src/semblance/semblance.ts';
import { recordIn } from '../../packages/semblance/src/testing/recorder.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const api = '/api/v1/recognition';
let fixture: Fixture;
let service: Running;
let gallery: string;
let models: { detector: string; recognizer: string };
let ada: Uint8Array;
beforeAll(async () => {
  fixture = await createFixture();
  gallery = await fixture.newGallery();
  models = { detector: fixture.detector, recognizer: fixture.recognizer };
  service = await fixture.start({ start: { name: 'start', ...models, gallery } });
  ada = await photo(['ada']);
  await service.call('POST', `${api}/faces?subject=ada`, ada);
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

const held = new RegExp(`the gallery .* is in use by a service \\(process ${process.pid} on \\S+, since `);

test.each([
  ['add', ['eve', '{photo}', '--detector', '{detector}', '--recognizer', '{recognizer}']],
  ['remove', ['ada']],
  ['rename', ['ada', 'bob']],
  ['build', []],
])('gallery %s is refused, and told who has the gallery', async (name, words) => {
  const data = join(fixture.root, 'people');
  const file = join(data, 'ada', 'ada.png');
  await mkdir(join(data, 'ada'), { recursive: true });
  await writeFile(file, ada);
  const { detector, recognizer } = models;
  const own = words.map((word) =>
    word.replace('{photo}', file).replace('{detector}', detector).replace('{recognizer}', recognizer),
  );
  const build = [
    '--data',
    fixture.root,
    '--out',
    gallery,
    '--detector',
    detector,
    '--recognizer',
    recognizer,
  ];
  const { code, err } = await recordIn(
    { SEMBLANCE_HOME: '/nowhere' },
    'gallery',
    name,
    ...(name === 'build' ? build : [gallery, ...own]),
  );
  expect(code).toBe(1);
  expect(err.find((line) => line.startsWith('error '))).toMatch(held);
  expect((await service.call('GET', `${api}/subjects`)).json).toEqual({ subjects: ['ada'] });
});

test('programs are refused too; what the service changes they see', async () => {
  await using own = await Gallery.open(gallery);
  const [embedding] = own.faces().map(({ id }) => own.embedding(id)!);
  await expect(own.remove('ada')).rejects.toMatchObject({
    code: 'GALLERY_BUSY',
    message: expect.stringMatching(held),
  });
  await using semblance = await Semblance.open({ ...models, gallery });
  await expect(semblance.enrol('eve', ada)).rejects.toMatchObject({ code: 'GALLERY_BUSY' });
  expect((await semblance.recognize(ada))[0]?.match?.subject).toBe('ada');
  expect((await own.search(embedding!))[0]?.subject).toBe('ada');

  await service.call('DELETE', `${api}/subjects/ada`);
  expect((await semblance.recognize(ada))[0]?.match).toBeNull();
  expect(await own.search(embedding!)).toEqual([]);
});
