import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { canMount, mountDisk } from '../../../../../../test/support/disks.ts';
import {
  hasPostgres,
  needsPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../../../core/src/testing/postgres.ts';
import { isSemblanceError } from '../../../error.ts';
import { faceOf, model, nearest, soon } from '../../../testing/simple-faces.ts';
import { Gallery } from '../../gallery.ts';
import { openGalleryStore } from '../../gallery-place.ts';
import { parsePlace } from './address.ts';
import { openPostgresStore } from './store.ts';

describe.skipIf(!hasPostgres)(hasPostgres ? 'a gallery in PostgreSQL that fails' : needsPostgres, () => {
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

  let address: string;
  beforeEach(() => {
    address = newAddress();
  });
  afterEach(() => void vi.unstubAllEnvs());

  test('kill -9 of the server under load loses nothing that was acknowledged; searching goes on, and all connect again', async () => {
    await using gallery = await Gallery.create(address, model);
    await using reader = await Gallery.open(address, { readOnly: true });
    await gallery.enrol([faceOf('first', 0)], model.modelId);
    await soon(async () => expect(await nearest(reader, 0)).toBe('first'));
    const acknowledged = new Set<number>();
    let isBack = false;
    let numUnsure = 0;
    const writing = (async () => {
      while (!isBack || acknowledged.size < 30) {
        try {
          for (const id of await gallery.enrol([faceOf('more', 1)], model.modelId)) acknowledged.add(id);
        } catch (error) {
          expect(error).toMatchObject({ code: 'GALLERY_UNREACHABLE' });
          numUnsure++;
        }
      }
    })();
    while (acknowledged.size < 10) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.kill();
    expect(await nearest(reader, 0)).toBe('first');
    await server.start();
    isBack = true;
    await writing;
    const store = await openGalleryStore(address, { readOnly: true });
    const there = new Set((await Array.fromAsync(store.faces())).map(({ id }) => id));
    await store.close();
    expect(acknowledged.difference(there).size).toBe(0);
    expect(there.size).toBeLessThanOrEqual(1 + acknowledged.size + numUnsure);
    await soon(async () => {
      for (const one of [gallery, reader]) {
        await one.refresh();
        expect(new Set(one.faces().map(({ id }) => id))).toEqual(there);
      }
    });
  }, 120_000);

  test('a server that is not there, or refuses, says so with a code and without the password', async () => {
    const codeOf = async (place: string): Promise<string> => {
      const error: unknown = await Gallery.open(place).then(
        (gallery) => gallery.close(),
        (error: unknown) => error,
      );
      expect(String((error as Error).message)).not.toContain('s3cret');
      return isSemblanceError(error) ? error.code : String(error);
    };
    expect(await codeOf('postgres://me:s3cret@127.0.0.1:1/people')).toBe('GALLERY_UNREACHABLE');
    server.sql(address, `CREATE ROLE guarded LOGIN PASSWORD 'let me in'`);
    expect(await codeOf(address.replace('tester', 'guarded:s3cret'))).toBe('GALLERY_DENIED');
    vi.stubEnv('PGPASSWORD', 'let me in');
    expect(await codeOf(address.replace('tester', 'guarded'))).toBe('GALLERY_NOT_FOUND');
  });

  test('a role that may only read searches and follows, and its changes are refused', async () => {
    await using gallery = await Gallery.create(address, model);
    await gallery.enrol([faceOf('ada', 0)], model.modelId);
    const { schema } = parsePlace(address);
    server.sql(
      address,
      `CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA "${schema}" TO reader;
      GRANT SELECT ON ALL TABLES IN SCHEMA "${schema}" TO reader`,
    );
    await using reader = await Gallery.open(address.replace('tester', 'reader'));
    expect(await nearest(reader, 0)).toBe('ada');
    await gallery.enrol([faceOf('bo', 1)], model.modelId);
    await soon(async () => expect(await nearest(reader, 1)).toBe('bo'));
    for (const change of [
      reader.enrol([faceOf('eve')], model.modelId),
      reader.remove('ada'),
      reader.rename('ada', 'x'),
      reader.setThreshold(0.2),
    ])
      await expect(change).rejects.toMatchObject({ code: 'GALLERY_DENIED' });
    expect(await gallery.stats()).toMatchObject({ subjects: 2, faces: 2 });
    server.sql(
      address,
      `ALTER DATABASE ${new URL(address).pathname.slice(1)} SET default_transaction_read_only = on`,
    );
    await using late = await Gallery.open(address);
    await expect(late.remove('ada')).rejects.toMatchObject({ code: 'STORAGE_READ_ONLY' });
    server.sql('postgres://x/postgres', `ALTER DATABASE ${new URL(address).pathname.slice(1)} RESET ALL`);
  });

  test('a failing batch leaves nothing behind, nor does text that PostgreSQL cannot hold', async () => {
    const store = await openPostgresStore(address, { create: true });
    const long = { ...faceOf('a'), source: 'a\0b' };
    await expect(store.addFaces([faceOf('b'), long])).rejects.toMatchObject({ code: 'DATA_INVALID' });
    expect(await store.subjects()).toEqual([]);
    await store.close();
  });

  test.skipIf(!canMount)(
    'a full disk refuses what does not fit, and loses nothing that was there',
    async () => {
      using disk = mountDisk(16);
      server.own(disk.path);
      const url = await server.newDatabase();
      server.sql(url, `CREATE TABLESPACE small LOCATION '${disk.path}'`);
      server.sql(url, `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET default_tablespace = small`);
      await using gallery = await Gallery.create(url, model);
      const crop = randomBytes(200_000);
      const acknowledged: number[] = [];
      let refused: unknown = null;
      while (refused === null && acknowledged.length < 500)
        try {
          acknowledged.push(...(await gallery.enrol([{ ...faceOf('ada'), crop }], model.modelId)));
        } catch (error) {
          refused = error;
        }
      expect(refused).toMatchObject({ code: 'STORAGE_FULL' });
      await using again = await Gallery.open(url, { readOnly: true });
      expect(again.faces().map(({ id }) => id)).toEqual(acknowledged);
      expect(await again.crop(acknowledged.at(-1)!)).toEqual(new Uint8Array(crop));
    },
  );
});
