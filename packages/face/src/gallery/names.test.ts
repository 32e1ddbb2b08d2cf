// Merging and splitting people, and undoing it.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createMemoryStore } from './drivers/memory.ts';
import { Gallery } from './gallery.ts';

const root = mkdtempSync(join(tmpdir(), 'names-'));
afterAll(() => rmSync(root, { recursive: true }));
const model = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: 4 };
const axis = (at: number): Float32Array => Float32Array.from({ length: 4 }, (_, i) => (i === at ? 1 : 0));
const enrol = (into: Gallery, ...subjects: string[]): Promise<number[]> =>
  into.enrol(
    subjects.map((subject, i) => ({ subject, embedding: axis(i) })),
    model.modelId,
  );
const best = async (of: Gallery, at: number) => (await of.search(axis(at)))[0]?.subject;

let gallery: Gallery;
beforeEach(async () => {
  gallery = await Gallery.inStore(createMemoryStore(), model);
});

test('several become one, and are themselves again', async () => {
  await enrol(gallery, 'Ada', 'ada', 'A.', 'Bo');
  await gallery.negatives.add({ subject: 'ada', embedding: axis(3) }, model.modelId);
  expect(await gallery.names.merge(['ada', 'A.', 'Ada'], 'Ada')).toBe(2);
  expect(await gallery.subjects()).toMatchObject([{ name: 'Ada', numFaces: 3 }, { name: 'Bo' }]);
  expect(await best(gallery, 2)).toBe('Ada');
  expect((await gallery.negatives.list())[0]?.subject).toBe('Ada');
  const [came] = await enrol(gallery, 'Ada');
  expect(await gallery.names.undo()).toMatchObject({ kind: 'merge', to: 'Ada' });
  expect(await gallery.subjects()).toMatchObject([
    { name: 'A.', numFaces: 1 },
    { name: 'Ada', numFaces: 2 },
    { name: 'Bo' },
    { name: 'ada', numFaces: 1 },
  ]);
  expect(gallery.subjectOf(came!)).toBe('Ada');
  expect((await gallery.negatives.list())[0]?.subject).toBe('ada');
  await expect(gallery.names.undo()).rejects.toMatchObject({ code: 'GALLERY_NOTHING_TO_UNDO' });
});

test('a photo under the wrong name goes to whom it shows', async () => {
  const [a, b, c] = await enrol(gallery, 'Ada', 'Ada', 'Bo');
  expect(await gallery.names.split('Ada', [b!], 'Bo')).toBe(1);
  expect(gallery.facesOf('Bo')).toEqual([b, c]);
  expect(await best(gallery, 1)).toBe('Bo');
  await gallery.names.split('Ada', [a!], 'Cy');
  expect(gallery.has('Ada')).toBe(false);
  await gallery.names.undo();
  await gallery.names.undo();
  expect(gallery.facesOf('Ada')).toEqual([a, b]);
});

test('what cannot be done is said, and changes nothing', async () => {
  const [a, b] = await enrol(gallery, 'Ada', 'Bo');
  const { names } = gallery;
  await expect(names.merge(['Ada', 'Cy'], 'Bo')).rejects.toMatchObject({ code: 'GALLERY_SUBJECT_NOT_FOUND' });
  await expect(names.merge(['Ada'], ' ')).rejects.toMatchObject({ code: 'DATA_INVALID' });
  await expect(names.split('Ada', [b!], 'Cy')).rejects.toMatchObject({
    code: 'GALLERY_FACE_NOT_FOUND',
    message: `Ada has no face ${b}: theirs are ${a}`,
  });
  await expect(names.split('Ada', [], 'Cy')).rejects.toMatchObject({ code: 'DATA_INVALID' });
  await expect(names.split('Cy', [a!], 'Ada')).rejects.toMatchObject({ code: 'GALLERY_SUBJECT_NOT_FOUND' });
  expect(await names.split('Ada', [a!], 'Ada')).toBe(0);
  expect(await names.changes()).toEqual([]);
});

test('a renaming is undone with the faces that came since, unless the name is somebody’s again', async () => {
  await enrol(gallery, 'Ada');
  await gallery.rename('Ada', 'Lovelace');
  await enrol(gallery, 'Lovelace');
  await gallery.names.undo();
  expect(await gallery.subjects()).toEqual([{ name: 'Ada', numFaces: 2 }]);
  await gallery.rename('Ada', 'Lovelace');
  await enrol(gallery, 'Ada');
  await expect(gallery.names.undo()).rejects.toMatchObject({ code: 'GALLERY_SUBJECT_EXISTS' });
  expect(gallery.facesOf('Lovelace')).toHaveLength(2);
});

test('the last fifty can be undone', async () => {
  await enrol(gallery, 'name 0');
  for (let i = 0; i < 60; i++) await gallery.rename(`name ${i}`, `name ${i + 1}`);
  for (let i = 0; i < 50; i++) await gallery.names.undo();
  await expect(gallery.names.undo()).rejects.toMatchObject({ code: 'GALLERY_NOTHING_TO_UNDO' });
  expect(gallery.has('name 10')).toBe(true);
});

test('it is undone after a restart and by another process, and no byte of a former name is left of who was removed', async () => {
  const folder = join(root, 'gallery');
  const first = await Gallery.create(folder, model);
  await enrol(first, 'Ada', 'Bo', 'Cy');
  const second = await Gallery.open(folder);
  await first.names.merge(['Bo'], 'Ada');
  await second.names.undo();
  await first.refresh();
  expect(first.facesOf('Bo')).toHaveLength(1);
  await first.rename('Bo', 'Zacharias Unmistakable');
  await first.rename('Zacharias Unmistakable', 'Bo');
  await first.names.merge(['Bo'], 'Cy');
  await second.close();
  await first.remove('Cy');
  await first.close();
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name)).includes('Unmistakable'), name).toBe(false);
});
