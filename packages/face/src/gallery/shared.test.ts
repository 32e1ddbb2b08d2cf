// One gallery, opened twice: two connections know no more of each other than two processes do.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from './drivers/sqlite.ts';
import { settleSqliteFile } from './drivers/sqlite-file.ts';
import { Gallery } from './gallery.ts';
import { lockGallery, requireFreeGallery } from './lock.ts';

const model = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: 4 };
const axis = (i: number): Float32Array => Float32Array.from({ length: 4 }, (_, at) => (at === i ? 1 : 0));
const roots: string[] = [];
afterAll(() => Promise.all(roots.map((root) => rm(root, { recursive: true }))));
let path: string;
let writer: Gallery;
let other: Gallery;
beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'shared-gallery-'));
  roots.push(root);
  path = join(root, 'gallery');
  writer = await Gallery.create(path, model);
  other = await Gallery.open(path);
  return async () => {
    await writer.close();
    await other.close();
  };
});
const enrol = (gallery: Gallery, subject: string, i: number): Promise<number[]> =>
  gallery.enrol([{ subject, embedding: axis(i) }], model.modelId);
const nearest = async (gallery: Gallery, i: number): Promise<string | undefined> => {
  const [best] = await gallery.search(axis(i), 1);
  return best && best.similarity > 0.5 ? best.subject : undefined;
};

describe('two who have a gallery open', () => {
  test('find whom the other enrolled, and not whom the other renamed or removed', async () => {
    await enrol(writer, 'ada', 0);
    await enrol(other, 'bo', 1);
    expect([await nearest(other, 0), await nearest(writer, 1)]).toEqual(['ada', 'bo']);
    await writer.rename('bo', 'bob');
    expect(await nearest(other, 1)).toBe('bob');
    await other.remove('ada');
    expect(await nearest(writer, 0)).toBeUndefined();
    expect(await writer.stats()).toMatchObject({ subjects: 1, faces: 1 });
    // a change is made to what is there by then
    await expect(writer.remove('ada')).rejects.toMatchObject({ code: 'GALLERY_SUBJECT_NOT_FOUND' });
  });

  test('decide by the same threshold', async () => {
    await writer.setThreshold(0.71);
    await other.refresh();
    expect(other.threshold).toBe(0.71);
  });

  test('a reader follows too, and a hundred searches at once', async () => {
    await using reader = await Gallery.open(path, { readOnly: true });
    await enrol(writer, 'ada', 0);
    const found = await Promise.all(Array.from({ length: 100 }, () => nearest(reader, 0)));
    expect(new Set(found)).toEqual(new Set(['ada']));
  });

  test('one that is built in its place is taken over whole', async () => {
    await enrol(writer, 'ada', 0);
    await writer.close();
    await other.close();
    settleSqliteFile(join(path, 'gallery.db')); // as a build leaves it: no log tells of a reader
    other = await Gallery.open(path, { readOnly: true });
    expect(await nearest(other, 0)).toBe('ada');
    await using made = await Gallery.create(`${path}-new`, model);
    await enrol(made, 'eve', 2);
    await made.close();
    settleSqliteFile(join(`${path}-new`, 'gallery.db'));
    await rename(join(`${path}-new`, 'gallery.db'), join(path, 'gallery.db'));
    expect([await nearest(other, 0), await nearest(other, 2)]).toEqual([undefined, 'eve']);
  });

  test('one that is gone takes no enrolment that would be lost', async () => {
    await rm(path, { recursive: true });
    await expect(enrol(writer, 'ada', 0)).rejects.toMatchObject({ code: 'GALLERY_NOT_FOUND' });
    await expect(nearest(other, 0)).rejects.toMatchObject({ code: 'GALLERY_NOT_FOUND' });
  });

  test('one of another recognizer in its place is no match for these embeddings', async () => {
    await writer.close();
    await rm(join(path, 'gallery.db'));
    await using _made = await Gallery.create(path, { ...model, modelId: 'net-bbbbbbbbbbbb' });
    await expect(nearest(other, 0)).rejects.toMatchObject({ code: 'GALLERY_MODEL_MISMATCH' });
  });
});

describe('a gallery that somebody keeps', () => {
  test('is changed by nobody else, who is told by whom; readers are free', async () => {
    await enrol(writer, 'ada', 0);
    {
      using _lock = lockGallery(path, 'a service');
      const refused = {
        code: 'GALLERY_BUSY',
        message: expect.stringMatching(
          new RegExp(`in use by a service \\(process ${process.pid} on \\S+, since 20`),
        ),
      };
      await expect(enrol(writer, 'bo', 1)).rejects.toMatchObject(refused);
      await expect(writer.remove('ada')).rejects.toMatchObject(refused);
      await expect(writer.rename('ada', 'x')).rejects.toMatchObject(refused);
      await expect(writer.setThreshold(0.1)).rejects.toMatchObject(refused);
      expect(() => requireFreeGallery(path)).toThrow(expect.objectContaining(refused));
      await using reader = await Gallery.open(path, { readOnly: true });
      expect(await nearest(reader, 0)).toBe('ada');
      expect(() => lockGallery(join(path, 'gallery.db'), 'another')).toThrow('in use by a service');
      // its owner is not refused, and the others see what it does
      const owner = await Gallery.fromStore(openSqliteStore(join(path, 'gallery.db'), { holdsLock: true }));
      await owner.remove('ada');
      await owner.close();
      expect(await nearest(reader, 0)).toBeUndefined();
    }
    await enrol(writer, 'bo', 1);
    expect(await nearest(other, 1)).toBe('bo');
  });
});

test('four processes that make and fill a gallery at once lose nothing and see the same', async () => {
  const place = `${path}-by-four`;
  const module = JSON.stringify(new URL('./gallery.ts', import.meta.url).href);
  const code = (n: number) => `
    import { Gallery } from ${module};
    const model = ${JSON.stringify(model)};
    const made = await Gallery.create(${JSON.stringify(place)}, model).catch((error) => {
      if (error.code !== 'GALLERY_EXISTS') throw error;
      return Gallery.open(${JSON.stringify(place)});
    });
    for (let i = 0; i < 10; i++)
      await made.enrol([{ subject: 'of ${n}', embedding: Float32Array.of(1, 0, 0, 0) }], model.modelId);
    await made.close();`;
  const children = [0, 1, 2, 3].map((n) =>
    spawn(process.execPath, ['--input-type=module-typescript', '-e', code(n)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as number));
  expect(codes).toEqual([0, 0, 0, 0]);
  await using all = await Gallery.open(place);
  expect(await all.subjects()).toEqual([0, 1, 2, 3].map((n) => ({ name: `of ${n}`, numFaces: 10 })));
}, 60_000);
