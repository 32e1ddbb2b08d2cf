import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testProfiles } from './profile-suite.ts';
import type { GalleryMeta, GalleryStore, NewFace, StoredFace } from './store.ts';

const meta: GalleryMeta = {
  format: 'semblance-gallery/1',
  modelId: 'test-0123456789ab',
  embeddingSize: 3,
  threshold: 0.4,
  thresholdBasis: 'given',
  detectorId: null,
  createdAt: '2026-01-01T00:00:00.000Z',
};

const face = (subject: string, ...embedding: number[]): NewFace => ({
  subject,
  embedding: Float32Array.from(embedding),
});

const all = (store: GalleryStore): Promise<StoredFace[]> => Array.fromAsync(store.faces());

/** What every gallery driver must do: one suite, run for each. */
export function describeGalleryStore(
  name: string,
  open: () => Promise<GalleryStore>,
  { hasProfiles = true } = {},
): void {
  describe(`gallery store ${name}`, () => {
    let store: GalleryStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    test('keeps its description', async () => {
      expect(await store.readMeta()).toBeNull();
      await store.writeMeta(meta);
      await store.writeMeta({ ...meta, threshold: 0.5 });
      expect(await store.readMeta()).toEqual({ ...meta, threshold: 0.5 });
    });

    test('gives faces back as they were added', async () => {
      const shared = Float32Array.from([9, 9, 1, 0, 0, 9]);
      const ids = await store.addFaces([
        {
          subject: 'Zoë "x"',
          embedding: shared.subarray(2, 5), // a view into a larger buffer
          source: 'a/b.jpg',
          contentHash: 'cafe',
          quality: 0.75,
          crop: Uint8Array.from([1, 2, 3]),
          origin: 'build',
        },
        face('anna', 0, 1, 0),
      ]);
      shared.fill(7); // the store has its own copy
      expect(await all(store)).toEqual([
        {
          id: ids[0],
          subject: 'Zoë "x"',
          embedding: Float32Array.from([1, 0, 0]),
          source: 'a/b.jpg',
          contentHash: 'cafe',
          quality: 0.75,
          origin: 'build',
        },
        {
          id: ids[1],
          subject: 'anna',
          embedding: Float32Array.from([0, 1, 0]),
          source: null,
          contentHash: null,
          quality: null,
          origin: 'enrol',
        },
      ]);
      expect(await store.crop(ids[0]!)).toEqual(Uint8Array.from([1, 2, 3]));
      expect(await store.crop(ids[1]!)).toBeNull();
      expect(await store.crop(999)).toBeNull();
    });

    test('counts faces by subject, sorted by name', async () => {
      await store.addFaces([face('b', 1, 0, 0), face('a', 0, 1, 0), face('b', 0, 0, 1)]);
      expect(await store.subjects()).toEqual([
        { name: 'a', numFaces: 1 },
        { name: 'b', numFaces: 2 },
      ]);
    });

    test('ids are not used again', async () => {
      const [first, second] = await store.addFaces([face('a', 1, 0, 0), face('a', 0, 1, 0)]);
      expect(await store.removeFaces([second!, 12345])).toEqual([second]);
      const [third] = await store.addFaces([face('a', 0, 0, 1)]);
      expect(third).toBeGreaterThan(second!);
      expect((await all(store)).map(({ id }) => id)).toEqual([first, third]);
    });

    test('keeps ids that are given, and takes none twice', async () => {
      const [free] = await store.addFaces([face('a', 1, 0, 0)]);
      expect(await store.addFaces([{ ...face('b', 0, 1, 0), id: 700 }])).toEqual([700]);
      expect(await store.addFaces([{ ...face('b', 0, 1, 0), id: 600 }])).toEqual([600]);
      const [next] = await store.addFaces([face('c', 0, 0, 1)]);
      expect(next).toBeGreaterThan(700);
      const twice = [face('d', 1, 0, 0), { ...face('d', 1, 0, 0), id: 700 }];
      await expect(store.addFaces(twice)).rejects.toMatchObject({ code: 'DATA_INVALID' });
      expect((await all(store)).map(({ id }) => id)).toEqual([free, 600, 700, next]);
    });

    test('a subject without faces is gone', async () => {
      const ids = await store.addFaces([face('a', 1, 0, 0), face('b', 1, 0, 0)]);
      await store.removeFaces([ids[0]!]);
      expect(await store.subjects()).toEqual([{ name: 'b', numFaces: 1 }]);
    });

    test('removes a subject whole', async () => {
      const ids = await store.addFaces([face('a', 1, 0, 0), face('b', 1, 0, 0), face('a', 0, 1, 0)]);
      expect(await store.removeSubject('a')).toEqual([ids[0], ids[2]]);
      expect(await store.removeSubject('a')).toEqual([]);
      expect(await store.subjects()).toEqual([{ name: 'b', numFaces: 1 }]);
    });

    test('renames, and joins where the name is taken', async () => {
      await store.addFaces([face('a', 1, 0, 0), face('b', 1, 0, 0)]);
      expect(await store.renameSubject('a', 'c')).toBe(1);
      expect(await store.renameSubject('c', 'b')).toBe(1);
      expect(await store.renameSubject('b', 'b')).toBe(2);
      expect(await store.renameSubject('nobody', 'x')).toBe(0);
      expect(await store.subjects()).toEqual([{ name: 'b', numFaces: 2 }]);
    });

    test('keeps what is not a subject’s with the subject, through renaming and joining, and loses it with them', async () => {
      const ids = await store.addFaces([face('a', 1, 0, 0), face('b', 0, 1, 0)]);
      const crop = Uint8Array.from([1, 2, 3]);
      const [id, other] = [
        await store.addNegative({ ...face('a', 0, 0, 1), source: 'x.jpg', contentHash: 'cafe', crop }),
        await store.addNegative(face('b', 1, 0, 0)),
      ];
      expect(await store.addNegative(face('nobody', 1, 0, 0))).toBeNull();
      const [kept] = await store.negatives();
      const embedding = Float32Array.from([0, 0, 1]);
      expect(kept).toEqual({
        id,
        subject: 'a',
        embedding,
        source: 'x.jpg',
        contentHash: 'cafe',
        crop,
        createdAt: expect.any(String),
      });
      expect(Math.abs(Date.parse(kept!.createdAt) - Date.now())).toBeLessThan(3_600_000);
      await store.renameSubject('a', 'c');
      const bySubject = async () => (await store.negatives()).map(({ id, subject }) => [id, subject]);
      expect(await bySubject()).toEqual([
        [id, 'c'],
        [other, 'b'],
      ]);
      await store.renameSubject('c', 'b');
      expect(await bySubject()).toEqual([
        [id, 'b'],
        [other, 'b'],
      ]);
      expect(await store.removeNegative(other!)).toBe(true);
      expect(await store.removeNegative(other!)).toBe(false);
      expect(await store.addNegative({ ...face('b', 1, 0, 0), id: 70 })).toBe(70);
      await expect(store.addNegative({ ...face('b', 1, 0, 0), id: 70 })).rejects.toMatchObject({
        code: 'DATA_INVALID',
      });
      await store.removeNegative(70);
      await store.removeFaces([ids[0]!]);
      expect(await bySubject()).toEqual([[id, 'b']]);
      await store.removeFaces([ids[1]!]);
      expect(await store.negatives()).toEqual([]);
      await store.addFaces([face('b', 0, 1, 0)]);
      expect(await store.addNegative(face('b', 1, 0, 0))).toBeGreaterThan(70);
    });

    test('moves faces with what is noted of them, in one step', async () => {
      const [a, a2, b] = (await store.addFaces([
        face('a', 1, 0, 0),
        face('a', 0, 1, 0),
        face('b', 0, 0, 1),
      ])) as [number, number, number];
      const refused = (await store.addNegative(face('a', 0, 0, 1)))!;
      const split = await store.moveFaces([{ from: 'a', to: 'c', faces: [a2, b, 999], negatives: [999] }], {
        kind: 'split',
      });
      // another's stay theirs
      expect(split).toEqual([{ from: 'a', to: 'c', faces: [a2], negatives: [] }]);
      const merged = await store.moveFaces(
        ['a', 'c', 'nobody'].map((from) => ({ from, to: 'b', faces: 'all' as const })),
        { kind: 'merge' },
      );
      expect(merged).toEqual([
        { from: 'a', to: 'b', faces: [a], negatives: [refused] },
        { from: 'c', to: 'b', faces: [a2], negatives: [] },
      ]);
      expect(await store.subjects()).toEqual([{ name: 'b', numFaces: 3 }]);
      expect((await store.negatives()).map(({ subject }) => subject)).toEqual(['b']);
      const [first, last] = await store.nameChanges();
      expect(first).toMatchObject({ kind: 'split', to: 'c', moved: [{ from: 'a', faces: [a2] }] });
      expect(last).toMatchObject({ kind: 'merge', to: 'b' });
      expect(Math.abs(Date.parse(last!.at) - Date.now())).toBeLessThan(3_600_000);

      const back = last!.moved.map(({ from, faces, negatives }) => ({
        from: 'b',
        to: from,
        faces,
        negatives,
      }));
      expect(await store.moveFaces(back, { undoes: last!.id })).toHaveLength(2);
      expect(await store.moveFaces(back, { undoes: last!.id })).toEqual([]);
      expect((await all(store)).map(({ subject }) => subject)).toEqual(['a', 'c', 'b']);
      expect((await store.negatives()).map(({ subject }) => subject)).toEqual(['a']);
      expect((await store.nameChanges()).map(({ id }) => id)).toEqual([first!.id]);
    });

    test('notes renamings, and keeps nothing of those who were removed', async () => {
      const [a, , c] = await store.addFaces([face('a', 1, 0, 0), face('b', 0, 1, 0), face('c', 0, 0, 1)]);
      await store.renameSubject('a', 'x');
      const [renamed] = await store.nameChanges();
      expect(renamed).toMatchObject({ kind: 'rename', to: 'x', moved: [{ from: 'a', faces: [a] }] });
      expect(await store.renameSubject('x', 'a', renamed!.id)).toBe(1);
      expect(await store.renameSubject('a', 'y', renamed!.id)).toBe(0);
      expect(await store.nameChanges()).toEqual([]);

      await store.renameSubject('a', 'x');
      await store.renameSubject('x', 'b');
      await store.renameSubject('c', 'd');
      expect((await store.nameChanges()).map(({ kind }) => kind)).toEqual(['rename', 'merge', 'rename']);
      await store.removeSubject('b'); // who was called x and a before
      expect((await store.nameChanges()).map(({ to }) => to)).toEqual(['d']);
      await store.removeFaces([c!]);
      expect(await store.nameChanges()).toEqual([]);
    });

    if (hasProfiles) testProfiles(() => store);
  });
}
