import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Gallery } from '../gallery.ts';
import { openSqliteStore } from './sqlite.ts';

// A gallery of tables of before is brought up once, and is kept as it was until somebody is erased.

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'semblance-older-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const model = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: 2 };
const faces = [
  { subject: 'Zephyrine', embedding: Float32Array.of(1, 0), createdAt: '2024-05-06T07:08:09.000Z' },
  { subject: 'Zephyrine', embedding: Float32Array.of(0, 1) },
  { subject: 'Barnaby', embedding: Float32Array.of(0.6, 0.8) },
];

/** The file of a gallery as the version before profiles made it. */
async function olderGallery(name: string): Promise<string> {
  const gallery = await Gallery.create(join(root, name), model);
  await gallery.enrol(faces, model.modelId);
  await gallery.close();
  const path = join(root, name, 'gallery.db');
  const db = new DatabaseSync(path);
  db.exec(
    `DROP TABLE face_metadata; DROP TRIGGER subject_added; DROP TABLE profiles; PRAGMA user_version = 4`,
  );
  db.close();
  return path;
}

test('is brought up once, with a copy of before for its owner alone, and knows when everybody was made', async () => {
  const path = await olderGallery('older');
  const gallery = await Gallery.open(path);
  expect((await gallery.search(Float32Array.of(1, 0), 1))[0]?.subject).toBe('Zephyrine');
  expect(await gallery.profiles.find({ name: 'Zephyrine' })).toMatchObject({
    ...{ numFaces: 2, createdAt: '2024-05-06T07:08:09.000Z', externalId: null },
  });
  await gallery.profiles.write('Zephyrine', { externalId: 'E-1' });
  await gallery.close();
  const kept = `${path}.before-4`;
  expect(statSync(kept).mode & 0o777).toBe(0o600);
  const before = openSqliteStore(kept, { readOnly: true });
  expect((await before.subjects()).map(({ name }) => name)).toEqual(['Barnaby', 'Zephyrine']);
  await before.close();
  const bytes = readFileSync(kept);
  const again = await Gallery.open(path);
  expect(await again.profiles.find({ externalId: 'E-1' })).toMatchObject({ name: 'Zephyrine' });
  await again.close();
  expect(readFileSync(kept).equals(bytes)).toBe(true);
});

test('the copy goes with the first who is erased: no byte of them is left', async () => {
  const path = await olderGallery('erasing');
  const gallery = await Gallery.open(path);
  expect(existsSync(`${path}.before-4`)).toBe(true);
  await gallery.remove('Zephyrine');
  await gallery.close();
  const folder = join(root, 'erasing');
  const names = await readdir(folder);
  expect(names.filter((name) => name.includes('before'))).toEqual([]);
  for (const name of names) expect(readFileSync(join(folder, name)).includes('Zephyrine')).toBe(false);
});

test('is read without being changed where nothing may be written', async () => {
  const path = await olderGallery('read');
  const bytes = readFileSync(path);
  const store = openSqliteStore(path, { readOnly: true });
  expect(await store.profiles!.find({ name: 'Zephyrine' })).toMatchObject({
    ...{ numFaces: 2, createdAt: '2024-05-06T07:08:09.000Z', metadata: null },
  });
  expect([await store.profiles!.list(), await store.profiles!.numSubjects()]).toEqual([[], 2]);
  expect(await store.profiles!.ofFaces([1])).toEqual([
    { id: 1, createdAt: faces[0]!.createdAt, metadata: null },
  ]);
  await store.close();
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect(existsSync(`${path}.before-4`)).toBe(false);
});

test('what is said of somebody is in no file once they are removed, also without a face', async () => {
  const folder = join(root, 'said');
  const gallery = await Gallery.create(folder, model);
  await gallery.enrol(faces, model.modelId);
  await gallery.profiles.write('Zephyrine', { externalId: 'Xq-extern', metadata: { note: 'Yw-secret' } });
  await gallery.profiles.write('Ghostly', { externalId: 'Xq-ghost', metadata: { note: 'Yw-ghost' } });
  await gallery.profiles.write('Ghostly', { metadata: { note: 'Yw-other' } });
  await gallery.remove('Zephyrine');
  await gallery.remove('Ghostly');
  for (const name of await readdir(folder)) {
    const bytes = readFileSync(join(folder, name));
    for (const word of ['Zephyrine', 'Ghostly', 'Xq-', 'Yw-'])
      expect(bytes.includes(word), `${name} ${word}`).toBe(false);
  }
  await gallery.close();
});
