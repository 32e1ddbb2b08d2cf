// An encrypted gallery: nothing is in the clear, nothing can be changed unseen, and who was removed is gone from copies too.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Random } from '@semblance/core/random';
import { afterAll, beforeEach, expect, test } from 'vitest';
import {
  codeOf,
  faceToSeal,
  filesInTheClear,
  modelOfSealed,
  SealedPlace,
} from '../testing/sealed-gallery.ts';
import { openSqliteStore } from './drivers/sqlite.ts';
import { doomOthers, sealedLike } from './drivers/sqlite-seal.ts';
import { encryptGallery, renewSubjectKeys } from './encrypt.ts';
import { Gallery } from './gallery.ts';
import type { MakeIndex } from './index/choose-index.ts';
import { createExactIndex } from './index/exact-index.ts';
import { newKey, open as openSealed } from './sealing/cipher.ts';
import { KeyStore, keyFileOf } from './sealing/key-store.ts';
import { newMasterKey } from './sealing/master-keys.ts';
import type { ErasureReceipt } from './sealing/receipt.ts';
import { parseReceipt, verifyReceipt } from './verify-receipt.ts';

const root = mkdtempSync(join(tmpdir(), 'encrypted-'));
afterAll(() => rmSync(root, { recursive: true }));
const random = Random.of(5);
let count = 0;
let at: SealedPlace;
beforeEach(() => {
  at = new SealedPlace(join(root, String(count++)));
});

/** As `exact`, for galleries that are large sooner. */
const index: MakeIndex = (dimensions, vectorOf) => createExactIndex(dimensions, { vectorOf, kept: 600 });

test('nothing of a face is in the clear in any file, and it is found as ever', async () => {
  const faces = await at.make(['ada', 'ada', 'bob']);
  expect(filesInTheClear(faces, at.root)).toEqual([]);
  const content = await at.contentOf();
  expect(content.faces.map(({ source, contentHash }) => ({ source, contentHash }))).toEqual(
    faces.map(({ source, contentHash }) => ({ source, contentHash })),
  );
  expect(content.crops).toEqual(faces.map(({ crop }) => new Uint8Array(crop!)));
  await using gallery = await Gallery.open(at.folder, { keys: at.keys });
  expect((await gallery.search(faces[2]!.embedding))[0]).toMatchObject({
    subject: 'bob',
    similarity: expect.closeTo(1),
  });
  const store = openSqliteStore(at.database, { readOnly: true, keys: at.keys });
  expect(await store.facesOfContent([faces[1]!.contentHash!])).toEqual([2]);
  await store.close();
});

test('without its key, with another, or without the file of its people’s keys, it does not open, and says why', async () => {
  await at.make(['ada']);
  expect(await codeOf(Gallery.open(at.folder, { keys: { ...at.keys, masters: () => null } }))).toBe(
    'GALLERY_KEY_MISSING',
  );
  expect(
    await codeOf(Gallery.open(at.folder, { keys: { ...at.keys, masters: () => [newMasterKey()] } })),
  ).toBe('GALLERY_KEY_WRONG');
  expect(await codeOf(Gallery.open(at.folder, { keys: { ...at.keys, folder: at.root } }))).toBe(
    'GALLERY_KEY_MISSING',
  );
});

test('a key file that is older than the gallery is told from people who were erased', async () => {
  await at.make(['ada']);
  cpSync(at.keys.folder, join(at.root, 'older'), { recursive: true });
  await using gallery = await Gallery.open(at.folder, { keys: at.keys });
  await gallery.enrol([faceToSeal('bob')], modelOfSealed.modelId);
  expect(await codeOf(at.contentOf(at.folder, { ...at.keys, folder: join(at.root, 'older') }))).toBe(
    'GALLERY_KEY_MISSING',
  );
});

test.each([
  ['embeddings', 'vector'],
  ['embeddings', 'crop'],
  ['negatives', 'vector'],
  ['negatives', 'crop'],
])('a bit that is changed in %s.%s is found, and so are rows that change places', async (table, column) => {
  await at.make(['ada', 'bob', 'ada']);
  const store = openSqliteStore(at.database, { keys: at.keys });
  await store.addNegative(faceToSeal('ada'));
  await store.close();
  const db = new DatabaseSync(at.database);
  const [first, second] = db
    .prepare(`SELECT id, ${column} AS value FROM ${table} WHERE subject_id = 1 ORDER BY id`)
    .all() as { id: number; value: Uint8Array }[];
  const set = db.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ?`);
  for (let round = 0; round < 12; round++) {
    const changed = first!.value.slice();
    changed[random.int(0, changed.length - 1)]! ^= 1 << random.int(0, 7);
    set.run(changed, first!.id);
    expect(await codeOf(at.contentOf())).toBe('GALLERY_CORRUPT');
  }
  set.run(second!.value, first!.id);
  expect(await codeOf(at.contentOf())).toBe('GALLERY_CORRUPT');
  set.run(first!.value, first!.id);
  db.close();
  expect(await codeOf(at.contentOf())).toBe('no error');
});

test('somebody who is removed is gone from a backup, too, once it is put back beside the keys; the rest is there', async () => {
  const faces = await at.make(['ada', 'bob', 'ada', 'cy']);
  // a photo of hers that was taken for his
  const refused = { ...faces[0]!, subject: 'bob' };
  const crowd = Array.from({ length: 700 }, (_, i) => ({ ...faceToSeal(`crowd ${i % 50}`), crop: null }));
  const ofAda = faces.filter(({ subject }) => subject === 'ada');
  // with the index that a service keeps
  const indexed = async () => {
    const gallery = await Gallery.open(at.folder, { keys: at.keys, index });
    await gallery.search(faces[0]!.embedding);
    return gallery;
  };
  const first = await indexed();
  await first.enrol(crowd, modelOfSealed.modelId);
  await first.negatives.add(refused, modelOfSealed.modelId);
  await first.close();
  expect(existsSync(`${at.database}.index`)).toBe(true);
  const before = await at.contentOf();
  cpSync(at.folder, join(at.root, 'backup'), { recursive: true });
  const keyStoreBefore = KeyStore.open(at.keys.folder, at.galleryId, [at.master], true);
  const adasKey = keyStoreBefore.get(at.keyIds().get('ada')!)!;
  keyStoreBefore.close();

  await using gallery = await indexed();
  await gallery.remove('ada');
  await gallery.close();
  expect(readFileSync(keyFileOf(at.keys.folder, at.galleryId)).includes(adasKey)).toBe(false);
  // every key that is left is tried on every part of the backup
  const left = KeyStore.open(at.keys.folder, at.galleryId, [at.master], true);
  const db = new DatabaseSync(join(at.root, 'backup', 'gallery.db'), { readOnly: true });
  const keysLeft = [...at.keyIds(join(at.root, 'backup', 'gallery.db'))].flatMap(([name, id]) => {
    expect(left.get(id) === null).toBe(name === 'ada');
    return left.get(id) ?? [];
  });
  const tried = [...keysLeft, left.secret, at.master.key, newKey()];
  for (const row of db.prepare('SELECT id, vector, crop FROM embeddings WHERE subject_id = 1').all()) {
    for (const column of ['vector', 'crop'] as const) {
      const context = `${at.galleryId}/embeddings/${column}/${row.id}`;
      for (const key of tried)
        expect(await codeOf(() => openSealed(key, row[column] as Uint8Array, context))).toBe(
          'GALLERY_CORRUPT',
        );
      expect(await codeOf(() => openSealed(adasKey, row[column] as Uint8Array, context))).toBe('no error');
    }
  }
  db.close();
  left.close();

  rmSync(at.folder, { recursive: true });
  cpSync(join(at.root, 'backup'), at.folder, { recursive: true });
  // read as it is
  const restored = await at.contentOf();
  const isKept = ({ subject }: { subject: string }) => subject !== 'ada';
  expect(restored.faces).toEqual(before.faces.filter(isKept));
  expect(restored.subjects).toEqual(before.subjects.filter(({ name }) => name !== 'ada'));
  // and for good, where it may be written to: not a byte of hers is left, sealed or not
  await using again = await indexed();
  expect(again.subjectOf(1)).toBeNull();
  expect((await again.search(ofAda[0]!.embedding))[0]!.subject).not.toBe('ada');
  await again.close();
  expect(await at.contentOf()).toEqual({ ...restored, negatives: [] });
  expect(filesInTheClear(faces, at.root)).toEqual([]);
  expect(at.keyIds().has('ada')).toBe(false);
});

test('two who become one have one key, and the other one is destroyed', async () => {
  const faces = await at.make(['ada', 'bob']);
  const [ada, bob] = ['ada', 'bob'].map((name) => at.keyIds().get(name)!);
  await using gallery = await Gallery.open(at.folder, { keys: at.keys });
  await gallery.rename('ada', 'ada byron');
  expect(at.keyIds()).toEqual(
    new Map([
      ['ada byron', ada],
      ['bob', bob],
    ]),
  );
  await gallery.rename('ada byron', 'bob');
  expect(at.keyIds()).toEqual(new Map([['bob', bob]]));
  await gallery.close();
  const content = await at.contentOf();
  expect(content.faces.map(({ subject, embedding }) => [subject, embedding])).toEqual(
    faces.map(({ embedding }) => ['bob', embedding]),
  );
  expect(content.negatives.map(({ subject }) => subject)).toEqual(['bob']);
  const store = KeyStore.open(at.keys.folder, at.galleryId, [at.master]);
  expect(store.destroyedAt(ada!)).toMatch(/^20/);
  expect(store.destroyedAt(bob!)).toBeNull();
  store.close();
});

test('a gallery in the clear is encrypted in place, and again with other keys; all is there, nothing is in the clear', async () => {
  const faces = await at.make(['ada', 'bob', 'ada'], false);
  const plain = await at.contentOf();
  expect(filesInTheClear(faces, at.root)).toContain('gallery.db');
  expect(await codeOf(encryptGallery(at.folder, { ...at.keys, masters: () => null }))).toBe(
    'GALLERY_KEY_MISSING',
  );
  expect(await codeOf(renewSubjectKeys(at.folder, at.keys))).toBe('USAGE_INVALID_VALUE');
  expect(await encryptGallery(at.folder, at.keys)).toMatchObject({ subjects: 2, faces: 3 });
  expect(filesInTheClear(faces, at.root)).toEqual([]);
  expect(readdirSync(at.folder)).toEqual(['gallery.db']);
  expect(await at.contentOf()).toEqual(plain);
  expect(await codeOf(encryptGallery(at.folder, at.keys))).toBe('USAGE_INVALID_VALUE');

  const sealed = await at.contentOf();
  cpSync(at.folder, join(at.root, 'backup'), { recursive: true });
  await renewSubjectKeys(at.folder, at.keys);
  await openSqliteStore(at.database, { keys: at.keys }).close();
  expect(await at.contentOf()).toEqual(sealed);
  expect((await at.contentOf(join(at.root, 'backup'))).faces).toEqual([]);
});

test('a master key that is changed opens everything, and the one of before nothing', async () => {
  await at.make(['ada', 'bob']);
  const content = await at.contentOf();
  const next = newMasterKey();
  const store = KeyStore.open(at.keys.folder, at.galleryId, [at.master]);
  expect(store.rewrap([next])).toBe(2);
  store.close();
  expect(await codeOf(at.contentOf())).toBe('GALLERY_KEY_WRONG');
  expect(await at.contentOf(at.folder, { ...at.keys, masters: () => [next] })).toEqual(content);
});

test('the receipt of somebody who was removed holds, for this gallery and as it was signed', async () => {
  await at.make(['ada', 'bob', 'ada']);
  const store = openSqliteStore(at.database, { keys: at.keys });
  await using gallery = await Gallery.fromStore(store);
  const keyId = Buffer.from(at.keyIds().get('ada')!).toString('hex');
  await gallery.remove('ada');
  const [receipt, ...others] = store.takeReceipts();
  expect(others).toEqual([]);
  expect(receipt).toMatchObject({ galleryId: at.galleryId, numFaces: 2, keyId, rowsLeft: 0, logBytes: 0 });
  expect(JSON.stringify(receipt)).not.toContain('"ada"');
  const check = async (changed: Partial<ErasureReceipt> = {}, place = at) =>
    verifyReceipt(parseReceipt(JSON.stringify({ ...receipt, ...changed })), place.folder, place.keys);
  expect(await check()).toEqual({ problems: [], isBack: false });
  for (const changed of [{ numFaces: 3 }, { destroyedAt: '2026-01-01T00:00:00.000Z' }, { signature: 'AAAA' }])
    expect((await check(changed)).problems).toContain('its signature does not hold: it was changed');
  const bobs = Buffer.from(at.keyIds().get('bob')!).toString('hex');
  expect((await check({ keyId: bobs })).problems).toEqual([
    expect.stringContaining('signature'),
    expect.stringContaining('1 rows'),
    expect.stringContaining('still there'),
  ]);
  await gallery.enrol([faceToSeal('ada')], modelOfSealed.modelId);
  expect(await check()).toEqual({ problems: [], isBack: true });
  const other = new SealedPlace(join(at.root, 'other'));
  await other.make(['ada']);
  expect((await check({}, other)).problems).toEqual([expect.stringContaining('another gallery')]);
  expect(() => parseReceipt('{}')).toThrow(expect.objectContaining({ code: 'DATA_INVALID' }));
});

test('a gallery that takes another’s place has the same people’s keys, and those of nobody who is not in it', async () => {
  await at.make(['ada', 'bob']);
  const before = at.keyIds();
  const like = sealedLike(at.database)!;
  const part = join(at.folder, 'part.db');
  const store = openSqliteStore(part, { create: true, keys: at.keys, like });
  await store.addFaces([faceToSeal('bob'), faceToSeal('cy')]);
  await store.close();
  doomOthers(part, like);
  await at.contentOf(); // those of the gallery that is there are still there
  renameSync(part, at.database);
  await openSqliteStore(at.database, { keys: at.keys }).close();
  expect(at.keyIds().get('bob')).toEqual(before.get('bob'));
  expect((await at.contentOf()).subjects.map(({ name }) => name)).toEqual(['bob', 'cy']);
  const keyStore = KeyStore.open(at.keys.folder, at.galleryId, [at.master]);
  expect(keyStore.get(before.get('ada')!)).toBeNull();
  keyStore.close();
});

test('whose key could not be destroyed any more when they were removed, it is destroyed when the gallery is next opened', async () => {
  await at.make(['ada', 'bob']);
  const keyId = at.keyIds().get('ada')!;
  const db = new DatabaseSync(at.database);
  db.exec(
    'PRAGMA foreign_keys = ON; DELETE FROM embeddings WHERE subject_id = 1; DELETE FROM subjects WHERE id = 1',
  );
  db.close();
  const keyStore = KeyStore.open(at.keys.folder, at.galleryId, [at.master]);
  expect(keyStore.destroyedAt(keyId)).toBeNull();
  await openSqliteStore(at.database, { keys: at.keys }).close();
  expect(keyStore.destroyedAt(keyId)).toMatch(/^20/);
  expect(keyStore.destroyedAt(at.keyIds().get('bob')!)).toBeNull();
  keyStore.close();
});
