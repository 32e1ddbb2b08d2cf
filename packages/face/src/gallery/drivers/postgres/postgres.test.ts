import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  hasPostgres,
  needsPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../../../core/src/testing/postgres.ts';
import { axis, faceOf, model, nearest, soon } from '../../../testing/simple-faces.ts';
import { copyGallery } from '../../copy.ts';
import { Gallery } from '../../gallery.ts';
import { openGalleryStore } from '../../gallery-place.ts';
import { fillGallery } from '../../intake.ts';
import { newMeta } from '../../meta.ts';
import { findGallery } from '../../named.ts';
import { describeGalleryStore } from '../../store-suite.ts';
import { parsePlace } from './address.ts';
import { lockPostgresGallery } from './build-lock.ts';
import { openPostgresStore } from './store.ts';

test('an address names one gallery of a database, and shows no password', () => {
  expect(parsePlace('postgres://ada:s3cret@host/db?collection=staff&sslmode=require')).toEqual({
    url: 'postgres://ada:s3cret@host/db?sslmode=require',
    where: 'postgres://ada@host/db?collection=staff&sslmode=require',
    schema: 'semblance_gallery_staff',
  });
  expect(parsePlace('postgres://host/db?collection=a-b')).toMatchObject({ url: 'postgres://host/db' });
  expect(parsePlace('postgresql://host/db').schema).toBe('semblance_gallery');
  for (const name of ['Staff', 'a"b', '', 'x'.repeat(41)])
    expect(() => parsePlace(`postgres://me:s3cret@host/db?collection=${encodeURIComponent(name)}`)).toThrow(
      expect.objectContaining({
        code: 'USAGE_INVALID_VALUE',
        message: expect.not.stringContaining('s3cret'),
      }),
    );
});

describe.skipIf(!hasPostgres)(hasPostgres ? 'a gallery in PostgreSQL' : needsPostgres, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 120_000);
  afterAll(() => server.stop());

  let count = 0;
  let database: string;
  beforeAll(async () => {
    database = await server.newDatabase();
  });
  const newAddress = (): string => `${database}?collection=c${count++}`;

  describeGalleryStore('postgres', () => openPostgresStore(newAddress(), { create: true }), {
    hasProfiles: false,
  });

  let address: string;
  beforeEach(() => {
    address = newAddress();
  });
  afterEach(() => void vi.unstubAllEnvs());

  test('is made once, found by its address, and none is made of one that is not there', async () => {
    await expect(Gallery.open(address)).rejects.toMatchObject({ code: 'GALLERY_NOT_FOUND' });
    const made = await Promise.allSettled(Array.from({ length: 4 }, () => Gallery.create(address, model)));
    const codes = made.map((one) => (one.status === 'rejected' ? one.reason.code : 'made')).sort();
    expect(codes).toEqual(['GALLERY_EXISTS', 'GALLERY_EXISTS', 'GALLERY_EXISTS', 'made']);
    for (const one of made) if (one.status === 'fulfilled') await one.value.close();
    expect(await findGallery(address)).toBe(address);
    // no folder of that name is made by what works on folders
    const meta = newMeta(model);
    await expect(fillGallery({ to: address, meta }, async () => {})).rejects.toMatchObject({
      code: 'USAGE_INVALID_VALUE',
    });
    await using other = await Gallery.open(address, { modelId: model.modelId });
    expect(await other.stats()).toMatchObject({ faces: 0 });
    await expect(Gallery.open(address, { modelId: 'other-bbbbbbbbbbbb' })).rejects.toMatchObject({
      code: 'GALLERY_MODEL_MISMATCH',
    });
    await expect(Gallery.open(`${database}nothing`)).rejects.toMatchObject({ code: 'GALLERY_NOT_FOUND' });
    server.sql(
      address,
      `UPDATE "${parsePlace(address).schema}".gallery SET value = '99' WHERE key = 'schema_version'`,
    );
    await expect(Gallery.open(address)).rejects.toMatchObject({ code: 'GALLERY_CORRUPT' });
  });

  test('two who have it open find whom the other enrolled, and not whom the other renamed or removed', async () => {
    await using writer = await Gallery.create(address, model);
    await using other = await Gallery.open(address, { readOnly: true });
    expect(await nearest(other, 0)).toBeUndefined();
    await writer.enrol([faceOf('ada', 0), faceOf('bo', 1)], model.modelId);
    await soon(async () => expect([await nearest(other, 0), await nearest(other, 1)]).toEqual(['ada', 'bo']));
    await writer.rename('bo', 'bob');
    await soon(async () => expect(await nearest(other, 1)).toBe('bob'));
    await writer.rename('bob', 'ada');
    await soon(async () => {
      await other.refresh();
      expect(other.facesOf('ada')).toHaveLength(2);
    });
    await writer.negatives.add(faceOf('ada', 2), model.modelId);
    await soon(async () => expect((await other.search(axis(2), 1))[0]).toMatchObject({ isRefused: true }));
    await writer.setThreshold(0.71);
    await soon(async () => {
      await other.refresh();
      expect(other.threshold).toBe(0.71);
    });
    await writer.remove('ada');
    await soon(async () => expect(await nearest(other, 0)).toBeUndefined());
    await expect(other.remove('ada')).rejects.toMatchObject({ code: 'STORAGE_READ_ONLY' });
  });

  test('a notification that nobody heard loses nothing, and what any program changes is seen', async () => {
    await using gallery = await Gallery.create(address, model);
    await gallery.enrol([faceOf('ada', 0)], model.modelId);
    const { schema } = parsePlace(address);
    // before the first search has begun to listen, and as a restored table would: nobody is told
    server.sql(
      address,
      `ALTER TABLE "${schema}".subjects DISABLE TRIGGER ALL;
      UPDATE "${schema}".subjects SET name = 'eve';
      INSERT INTO "${schema}".changes (face_id) SELECT id FROM "${schema}".faces`,
    );
    await soon(async () => expect(await nearest(gallery, 0)).toBe('eve'));
    server.sql(address, `DELETE FROM "${schema}".faces`);
    await soon(async () => expect(await nearest(gallery, 0)).toBeUndefined());
  });

  test('changes are numbered in the order in which they can be seen, whoever is slow to commit', async () => {
    const store = await openPostgresStore(address, { create: true });
    const reader = await openPostgresStore(address);
    await reader.changes!();
    const seen = new Map<number, string>();
    let isDone = false;
    const writing = Promise.all(
      Array.from({ length: 8 }, async (_, n) => {
        const mine = await openPostgresStore(address);
        for (let i = 0; i < 15; i++) await mine.addFaces([faceOf(`of ${n}`)]);
        await mine.close();
      }),
    ).then(() => {
      isDone = true;
    });
    const look = async (): Promise<void> => {
      const changes = await reader.changes!();
      for (const [id, subject] of changes?.subjectOf ?? []) seen.set(id, subject);
    };
    for (; !isDone; await new Promise(setImmediate)) await look();
    await writing;
    await soon(async () => {
      await look();
      expect(seen.size).toBe(120);
    });
    const truth = await Array.fromAsync(store.faces());
    expect(new Map(truth.map(({ id, subject }) => [id, subject]))).toEqual(seen);
    for (const one of [store, reader]) await one.close();
  });

  test('one that was restored from a backup in its place is taken over whole', async () => {
    await using gallery = await Gallery.create(address, model);
    await gallery.enrol([faceOf('ada', 0)], model.modelId);
    expect(await nearest(gallery, 0)).toBe('ada');
    const { schema } = parsePlace(address);
    server.sql(address, `DROP SCHEMA "${schema}" CASCADE`);
    const again = await Gallery.create(address, model);
    await again.enrol([faceOf('eve', 2)], model.modelId); // under the id that ada's face had
    await soon(async () =>
      expect([await nearest(gallery, 0), await nearest(gallery, 2)]).toEqual([undefined, 'eve']),
    );
    await again.close();
    server.sql(address, `DROP SCHEMA "${schema}" CASCADE`);
    await expect(gallery.enrol([faceOf('bo')], model.modelId)).rejects.toMatchObject({
      code: 'GALLERY_NOT_FOUND',
    });
  });

  test('while somebody builds it others are refused with who that is, and readers are free', async () => {
    await using gallery = await Gallery.create(address, model);
    {
      await using _lock = await lockPostgresGallery(address, 'gallery build');
      const refused = {
        code: 'GALLERY_BUSY',
        message: expect.stringMatching(new RegExp(`in use by gallery build \\(process ${process.pid} on`)),
      };
      await expect(gallery.enrol([faceOf('ada')], model.modelId)).rejects.toMatchObject(refused);
      await expect(lockPostgresGallery(address, 'another')).rejects.toMatchObject(refused);
      await using reader = await Gallery.open(address, { readOnly: true });
      expect(await nearest(reader, 0)).toBeUndefined();
      const owner = await openPostgresStore(address, { holdsLock: true });
      await owner.addFaces([faceOf('bo', 1)]);
      await owner.close();
    }
    await soon(async () => void (await gallery.enrol([faceOf('ada')], model.modelId)));
    await soon(async () => expect(await nearest(gallery, 1)).toBe('bo'));
  });

  test('is copied from a folder and back, ids, pictures and all, and one that was cut short is begun again', async () => {
    const root = await mkdtemp(join(tmpdir(), 'copied-'));
    try {
      const gallery = await Gallery.create(join(root, 'a'), { ...model, threshold: 0.4 });
      await gallery.enrol(
        [{ ...faceOf('ada', 0), crop: Uint8Array.of(1, 2), source: 'a.jpg' }, faceOf('bo', 1)],
        model.modelId,
      );
      await gallery.removeFaces([1]);
      await gallery.enrol([{ ...faceOf('ada', 2), crop: Uint8Array.of(3) }], model.modelId);
      await gallery.negatives.add(faceOf('ada', 3), model.modelId);
      await gallery.close();
      const cut = await openPostgresStore(address, { create: true });
      await cut.addFaces([faceOf('half')]);
      await cut.close();
      const counts = { subjects: 2, faces: 2, negatives: 1 };
      expect(await copyGallery(join(root, 'a'), address)).toEqual(counts);
      expect(await copyGallery(address, join(root, 'b'))).toEqual(counts);
      await expect(copyGallery(join(root, 'a'), address)).rejects.toMatchObject({ code: 'GALLERY_EXISTS' });
      await expect(copyGallery(address, join(root, 'b'))).rejects.toMatchObject({ code: 'GALLERY_EXISTS' });
      const all = async (place: string) => {
        const store = await openGalleryStore(place, { readOnly: true });
        const faces = await Array.fromAsync(store.faces());
        const crops = await Promise.all(faces.map(({ id }) => store.crop(id)));
        const negatives = (await store.negatives()).map(({ createdAt: _, ...negative }) => negative);
        const meta = await store.readMeta();
        await store.close();
        return { faces, crops, negatives, meta };
      };
      expect(await all(address)).toEqual(await all(join(root, 'a')));
      expect(await all(join(root, 'b'))).toEqual(await all(join(root, 'a')));
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
