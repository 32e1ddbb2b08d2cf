// A gallery copied while others enrol, put back, and read through.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Random } from '@semblance/core/random';
import { normalized } from '@semblance/core/vector';
import { afterAll, expect, test } from 'vitest';
import { backUpGallery, restoreGallery } from './backup.ts';
import { Gallery } from './gallery.ts';
import { lockGallery } from './lock.ts';
import { galleryKeys } from './sealing/key-source.ts';
import type { NewFace } from './store.ts';
import { verifyGallery } from './verify-gallery.ts';

const root = mkdtempSync(join(tmpdir(), 'gallery-backup-'));
afterAll(() => rmSync(root, { recursive: true }));
const model = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: 32 };
const random = Random.of(2);
const face = (subject: string): NewFace => ({
  subject,
  embedding: normalized(Float32Array.from({ length: 32 }, () => random.normal())),
  crop: Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]),
});
let counter = 0;
const place = (): string => join(root, String(counter++));

async function filled(path: string, ...subjects: string[]): Promise<Gallery> {
  const gallery = await Gallery.create(path, model);
  await gallery.enrol(subjects.map(face), model.modelId);
  return gallery;
}

test('everybody who was enrolled before is in it, while others come; it is restored elsewhere and in place', async () => {
  const [path, out, elsewhere] = [place(), place(), place()];
  await using gallery = await filled(path, 'Ada', 'Bo', 'Bo');
  const coming = gallery.enrol([face('Cy')], model.modelId);
  const made = await backUpGallery(path, out);
  await coming;
  expect(made).toMatchObject({ modelId: model.modelId, embeddingSize: 32, galleryId: null });
  expect(made.faces).toBeGreaterThanOrEqual(3);
  expect([statSync(out).mode & 0o777, statSync(join(out, 'gallery.db')).mode & 0o777]).toEqual([
    0o700, 0o600,
  ]);
  await gallery.remove('Ada');
  expect(await restoreGallery(out, elsewhere)).toEqual(made);
  await using restored = await Gallery.open(elsewhere);
  expect(await restored.subjects()).toEqual(
    expect.arrayContaining([
      { name: 'Ada', numFaces: 1 },
      { name: 'Bo', numFaces: 2 },
    ]),
  );
  await expect(backUpGallery(path, out)).rejects.toMatchObject({ code: 'PATH_EXISTS' });
  await expect(restoreGallery(out, elsewhere)).rejects.toMatchObject({ code: 'GALLERY_EXISTS' });

  // whoever searches the gallery goes on with what was restored
  await gallery.close();
  await using reader = await Gallery.open(elsewhere, { readOnly: true });
  await restored.remove('Bo');
  await restored.close();
  await restoreGallery(out, path, { replace: true });
  await using again = await Gallery.open(path);
  expect(again.has('Ada')).toBe(true);
  expect(await reader.stats()).toMatchObject({ subjects: made.subjects - 1 });
});

test('what is damaged, in use, or no backup restores nothing', async () => {
  const [path, out, to] = [place(), place(), place()];
  await using gallery = await filled(path, 'Ada');
  await backUpGallery(path, out);
  await expect(backUpGallery(join(root, 'nowhere'), place())).rejects.toMatchObject({
    code: 'GALLERY_NOT_FOUND',
  });
  await expect(restoreGallery(path, to)).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
  {
    using _lock = lockGallery(path, 'a service');
    await expect(restoreGallery(out, path, { replace: true })).rejects.toMatchObject({
      code: 'GALLERY_BUSY',
    });
  }
  const bytes = readFileSync(join(out, 'gallery.db'));
  bytes[bytes.length - 100]! ^= 1;
  writeFileSync(join(out, 'gallery.db'), bytes);
  await expect(restoreGallery(out, to)).rejects.toMatchObject({ code: 'DATA_CORRUPT' });
  await expect(Gallery.open(to)).rejects.toMatchObject({ code: 'GALLERY_NOT_FOUND' });
  expect(gallery.has('Ada')).toBe(true);
});

test('verify reads all of a whole gallery, and says what of a damaged one is not', async () => {
  const path = place();
  const gallery = await filled(path, 'Ada', 'Bo', 'Cy');
  await gallery.rename('Bo', 'Bob');
  await gallery.negatives.add(face('Ada'), model.modelId);
  await gallery.close();
  const { isWhole, checks } = await verifyGallery(path);
  expect({ isWhole, words: checks.map(({ what, message }) => `${what}: ${message}`) }).toEqual({
    isWhole: true,
    words: [
      'database: every page is whole',
      'faces: 3 faces, 3 of them with a crop',
      'negatives: 1 faces that are not somebody’s',
      'names: 1 changes of names that can be undone',
      'index: 3 faces as in the database, 3 of them searched and found',
    ],
  });
  const db = new DatabaseSync(join(path, 'gallery.db'));
  db.exec('UPDATE embeddings SET vector = zeroblob(128) WHERE id = 2');
  db.close();
  const damaged = await verifyGallery(path);
  expect(damaged).toMatchObject({ isWhole: false, errors: [{ code: 'GALLERY_CORRUPT' }] });
  expect(damaged.checks.filter((one) => !one.isWhole).map(({ what }) => what)).toEqual(['faces']);
  const file = readFileSync(join(path, 'gallery.db'));
  writeFileSync(join(path, 'gallery.db'), file.subarray(0, file.length - 4096));
  expect((await verifyGallery(path)).checks).toMatchObject([{ what: 'database', isWhole: false }]);
});

test('whoever was erased from an encrypted gallery is in no backup of before', async () => {
  const [path, out, to] = [place(), place(), place()];
  const SEMBLANCE_GALLERY_KEY = Buffer.alloc(32, 7).toString('base64');
  const keys = galleryKeys({}, { SEMBLANCE_GALLERY_KEY, SEMBLANCE_GALLERY_KEYS: join(root, 'keys') });
  const gallery = await Gallery.create(path, { ...model, keys });
  await gallery.enrol([face('Ada'), face('Bo')], model.modelId);
  expect((await backUpGallery(path, out)).galleryId).toMatch(/^[0-9a-f]{32}$/);
  await gallery.remove('Ada');
  await gallery.close();
  await restoreGallery(out, to);
  await using restored = await Gallery.open(to, { keys });
  expect(await restored.subjects()).toEqual([{ name: 'Bo', numFaces: 1 }]);
  expect(await verifyGallery(to, { keys })).toMatchObject({ isWhole: true });
});
