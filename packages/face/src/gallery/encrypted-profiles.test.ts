// What is said of people is sealed like their faces, whatever becomes of names and keys.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { modelOfSealed, SealedPlace } from '../testing/sealed-gallery.ts';
import { openSqliteStore } from './drivers/sqlite.ts';
import { encryptGallery, renewSubjectKeys } from './encrypt.ts';
import { Gallery } from './gallery.ts';

const root = mkdtempSync(join(tmpdir(), 'encrypted-profiles-'));
afterAll(() => rmSync(root, { recursive: true }));

const metadata = { note: 'Yw-secret of a subject' };
const consent = { basis: 'Yw-contract', givenAt: '2026-01-01T00:00:00.000Z', by: 'Yw-somebody' };
const ofFace = { note: 'Yw-secret of a face' };

async function say(at: SealedPlace, isSealed: boolean): Promise<void> {
  const [face] = await at.make(['ada', 'bob'], isSealed);
  const keys = isSealed ? at.keys : { ...at.keys, masters: () => null };
  await using gallery = await Gallery.open(at.folder, { keys });
  await gallery.enrol([{ ...face!, metadata: ofFace }], modelOfSealed.modelId);
  await gallery.profiles.write('ada', { metadata, consent });
  await gallery.profiles.write('faceless', { metadata });
}

async function expectSaid(at: SealedPlace, name = 'ada', folder = at.folder): Promise<void> {
  const store = openSqliteStore(join(folder, 'gallery.db'), { readOnly: true, keys: at.keys });
  expect(await store.profiles!.find({ name })).toMatchObject({ metadata, consent });
  expect(await store.profiles!.find({ name: 'faceless' })).toMatchObject({ numFaces: 0, metadata });
  expect((await store.profiles!.ofFaces([3]))[0]?.metadata).toEqual(ofFace);
  await store.close();
  for (const { parentPath, name } of readdirSync(folder, { withFileTypes: true }))
    expect(readFileSync(join(parentPath, name)).includes('Yw-'), name).toBe(false);
}

test('it is sealed when it is said, goes with names, and is sealed again with other keys', async () => {
  const at = new SealedPlace(join(root, 'said'));
  await say(at, true);
  await expectSaid(at);
  const gallery = await Gallery.open(at.folder, { keys: at.keys });
  await gallery.rename('ada', 'Ada');
  await gallery.close();
  await expectSaid(at, 'Ada');
  await renewSubjectKeys(at.folder, at.keys);
  await expectSaid(at, 'Ada');
  const again = await Gallery.open(at.folder, { keys: at.keys });
  await again.rename('bob', 'Ada');
  await again.names.split('Ada', [3], 'eve');
  await again.profiles.write('eve', { metadata, consent });
  await again.close();
  await expectSaid(at, 'eve');
});

test('a gallery that is encrypted has none of it in the clear, and a copy of before cannot be read of who was erased', async () => {
  const at = new SealedPlace(join(root, 'later'));
  await say(at, false);
  await encryptGallery(at.folder, at.keys);
  await expectSaid(at);
  const copy = join(root, 'copy');
  cpSync(at.folder, copy, { recursive: true });
  const gallery = await Gallery.open(at.folder, { keys: at.keys });
  await gallery.remove('ada');
  await gallery.remove('faceless');
  await gallery.close();
  const store = openSqliteStore(join(copy, 'gallery.db'), { readOnly: true, keys: at.keys });
  for (const name of ['ada', 'faceless']) expect(await store.profiles!.find({ name })).toBeNull();
  expect(await store.profiles!.list()).toEqual([]);
  expect((await store.profiles!.ofFaces([3]))[0]?.metadata).toBeNull();
  await store.close();
  const opened = openSqliteStore(join(copy, 'gallery.db'), { keys: at.keys });
  expect(await opened.profiles!.numSubjects()).toBe(1);
  await opened.close();
});
