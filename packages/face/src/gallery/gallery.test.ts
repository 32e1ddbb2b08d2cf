import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSemblanceError } from '../error.ts';
import { createMemoryStore } from './drivers/memory.ts';
import { Gallery } from './gallery.ts';
import type { GalleryStore } from './store.ts';

const model = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: 4 };
const unit = (...values: number[]): Float32Array => {
  const norm = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / norm);
};
const inMemory = (): Promise<Gallery> => Gallery.inStore(createMemoryStore(), model);

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'semblance-gallery-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return isSemblanceError(error) ? error.code : `not a SemblanceError: ${error}`;
};

describe('search', () => {
  test('groups by subject: the best face of each', async () => {
    const gallery = await inMemory();
    const ids = await gallery.enrol(
      [
        { subject: 'a', embedding: unit(1, 0.2, 0, 0) },
        { subject: 'a', embedding: unit(1, 0, 0, 0) },
        { subject: 'b', embedding: unit(1, 1, 0, 0) },
        { subject: 'c', embedding: unit(0, 0, 0, 1) },
      ],
      model.modelId,
    );
    const hits = await gallery.search(unit(1, 0, 0, 0), 5);
    expect(hits.map(({ subject, faceId }) => [subject, faceId])).toEqual([
      ['a', ids[1]],
      ['b', ids[2]],
      ['c', ids[3]],
    ]);
    expect(hits.map(({ similarity }) => similarity)).toEqual([1, expect.closeTo(Math.SQRT1_2, 6), 0]);
  });

  test('names its faces and gives their embeddings', async () => {
    const gallery = await inMemory();
    const faces = ['b', 'a'].map((subject, i) => ({ subject, embedding: unit(1, i, 0, 0), id: 9 - i }));
    await gallery.enrol(faces, model.modelId);
    expect(gallery.faces()).toEqual([
      { id: 8, subject: 'a' },
      { id: 9, subject: 'b' },
    ]);
    expect(gallery.embedding(8)).toEqual(unit(1, 1, 0, 0));
    expect(gallery.embedding(7)).toBeNull();
    expect([gallery.subjectOf(8), gallery.subjectOf(7)]).toEqual(['a', null]);
    expect([gallery.has('b'), gallery.has('c')]).toEqual([true, false]);
  });

  test('finds k people even where one has hundreds of faces nearer than the next', async () => {
    const gallery = await inMemory();
    const crowd = Array.from({ length: 700 }, (_, i) => ({
      subject: 'crowd',
      embedding: unit(1, i / 1e4, 0, 0),
    }));
    await gallery.enrol(crowd, model.modelId);
    await gallery.enrol(
      [
        { subject: 'second', embedding: unit(1, 0, 1, 0) },
        { subject: 'third', embedding: unit(0, 0, 0, 1) },
      ],
      model.modelId,
    );
    const hits = await gallery.search(unit(1, 0, 0, 0), 3);
    expect(hits.map(({ subject }) => subject)).toEqual(['crowd', 'second', 'third']);
  });

  test('an empty gallery finds nobody', async () => {
    expect(await (await inMemory()).search(unit(1, 0, 0, 0), 3)).toEqual([]);
  });
});

describe('changes', () => {
  test('removed people are not found, renamed ones under their new name', async () => {
    const gallery = await inMemory();
    const [a] = await gallery.enrol(
      [
        { subject: 'a', embedding: unit(1, 0, 0, 0) },
        { subject: 'b', embedding: unit(0, 1, 0, 0) },
        { subject: 'b', embedding: unit(0, 1, 1, 0) },
      ],
      model.modelId,
    );
    expect(await gallery.rename('b', 'c')).toBe(2);
    expect((await gallery.search(unit(0, 1, 0, 0)))[0]!.subject).toBe('c');
    expect(await gallery.removeFaces([a!, 999])).toBe(1);
    expect(await gallery.subjects()).toEqual([{ name: 'c', numFaces: 2 }]);
    expect(await gallery.remove('c')).toBe(2);
    expect(await gallery.stats()).toMatchObject({ subjects: 0, faces: 0 });
    expect(await codeOf(gallery.remove('c'))).toBe('GALLERY_SUBJECT_NOT_FOUND');
    expect(await codeOf(gallery.rename('c', 'd'))).toBe('GALLERY_SUBJECT_NOT_FOUND');
  });

  test('refuses what does not belong', async () => {
    const gallery = await inMemory();
    const face = { subject: 'a', embedding: unit(1, 0, 0, 0) };
    expect(await codeOf(gallery.enrol([face], 'other-bbbbbbbbbbbb'))).toBe('GALLERY_MODEL_MISMATCH');
    const enrol = (change: object) => codeOf(gallery.enrol([{ ...face, ...change }], model.modelId));
    expect(await enrol({ embedding: unit(1, 0, 0) })).toBe('GALLERY_MODEL_MISMATCH');
    expect(await enrol({ embedding: Float32Array.from([3, 0, 0, 0]) })).toBe('DATA_INVALID');
    expect(await enrol({ embedding: Float32Array.from([Number.NaN, 0, 0, 0]) })).toBe('DATA_INVALID');
    expect(await enrol({ subject: '  ' })).toBe('DATA_INVALID');
    expect((await gallery.stats()).faces).toBe(0);
  });
});

describe('on disk', () => {
  test('is found again, by its folder or its file, by the same model only', async () => {
    const folder = join(root, 'kept');
    const gallery = await Gallery.create(folder, { ...model, threshold: 0.33 });
    await gallery.enrol(
      [{ subject: 'a', embedding: unit(1, 0, 0, 0), crop: Uint8Array.of(5) }],
      model.modelId,
    );
    await gallery.setThreshold(0.4);
    await gallery.close();

    for (const path of [folder, join(folder, 'gallery.db')]) {
      await using opened = await Gallery.open(path, { modelId: model.modelId, readOnly: true });
      expect(opened.threshold).toBe(0.4);
      const [hit] = await opened.search(unit(1, 0, 0, 0));
      expect(hit).toEqual({ subject: 'a', similarity: 1, faceId: 1 });
      expect(await opened.crop(1)).toEqual(Uint8Array.of(5));
    }
    expect(await codeOf(Gallery.open(folder, { modelId: 'other-bbbbbbbbbbbb' }))).toBe(
      'GALLERY_MODEL_MISMATCH',
    );
    expect(await codeOf(Gallery.create(folder, model))).toBe('GALLERY_EXISTS');
    expect(await codeOf(Gallery.open(join(root, 'none')))).toBe('GALLERY_NOT_FOUND');
    expect(await codeOf(Gallery.open(root))).toBe('GALLERY_NOT_FOUND');
  });
});

test('a store of one’s own keeps the faces, and is what a gallery opens from', async () => {
  const inner = createMemoryStore();
  const written: string[] = [];
  const own: GalleryStore = {
    ...inner,
    addFaces: (faces) => {
      written.push(...faces.map(({ subject }) => subject));
      return inner.addFaces(faces);
    },
    close: async () => {},
  };
  const gallery = await Gallery.inStore(own, model);
  await gallery.enrol([{ subject: 'a', embedding: unit(1, 0, 0, 0) }], model.modelId);
  expect(written).toEqual(['a']);
  const again = await Gallery.fromStore(own, { modelId: model.modelId });
  expect((await again.search(unit(1, 0, 0, 0)))[0]).toMatchObject({ subject: 'a', similarity: 1 });
});
