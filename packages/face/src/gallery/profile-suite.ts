import { expect, test } from 'vitest';
import type { GalleryStore, NewFace } from './store.ts';
import type { ProfileStore } from './subject-profile.ts';

const face = (subject: string, ...embedding: number[]): NewFace => ({
  subject,
  embedding: Float32Array.from(embedding),
});

/** What every gallery driver must keep of subjects and faces beside embeddings and pictures: a part of `store-suite.ts`. */
export function testProfiles(store: () => GalleryStore): void {
  const said = (): ProfileStore => store().profiles!;
  const profile = {
    externalId: 'E-17',
    metadata: { floor: 3, tags: ['a', 'ü'] },
    consent: { basis: 'contract', givenAt: '2026-11-29T00:00:00.000Z', by: 'HR' },
    expiresAt: '2027-01-01T00:00:00.000Z',
  };
  const blank = { externalId: null, metadata: null, consent: null, expiresAt: null };

  test('keeps what is said of a subject, by name and by external id, and changes what is given', async () => {
    await store().addFaces([face('a', 1, 0, 0), face('b', 0, 1, 0)]);
    const made = (await said().find({ name: 'a' }))!;
    expect(made).toEqual({ name: 'a', numFaces: 1, ...blank, createdAt: expect.any(String) });
    expect(Math.abs(Date.parse(made.createdAt) - Date.now())).toBeLessThan(3_600_000);
    expect(await said().list()).toEqual([]);
    await said().write('a', profile);
    expect(await said().find({ externalId: 'E-17' })).toEqual({ ...made, ...profile });
    await said().write('a', { metadata: { floor: 4 }, consent: null });
    const changed = { ...made, ...profile, metadata: { floor: 4 }, consent: null };
    expect(await said().find({ name: 'a' })).toEqual(changed);
    expect(await said().list()).toEqual([changed]);
    expect(await said().find({ name: 'nobody' })).toBeNull();
    expect(await said().find({ externalId: 'E-18' })).toBeNull();
  });

  test('an external id is one subject’s, and free again once they are gone', async () => {
    await said().write('a', { externalId: 'E-17' });
    await said().write('a', { externalId: 'E-17', metadata: {} });
    const taken = said().write('b', { externalId: 'E-17' });
    await expect(taken).rejects.toMatchObject({ code: 'GALLERY_SUBJECT_EXISTS' });
    expect(await said().find({ name: 'b' })).toBeNull();
    await store().removeSubject('a');
    await said().write('b', { externalId: 'E-17' });
    expect((await said().find({ externalId: 'E-17' }))?.name).toBe('b');
  });

  test('a subject of whom something was said stays without a face until it is taken back or they are removed', async () => {
    const [id] = await store().addFaces([face('a', 1, 0, 0)]);
    await said().write('a', {});
    await said().write('old', {}, '2020-01-01T00:00:00.000Z');
    await store().removeFaces([id!]);
    expect(await store().subjects()).toEqual([]);
    expect(await said().numSubjects()).toBe(2);
    await store().addFaces([face('with one', 1, 0, 0)]);
    await said().write('with one', {});
    expect(await said().list()).toHaveLength(3);
    await store().removeSubject('with one');
    const faceless = (await said().list(true)).map(({ name, numFaces }) => ({ name, numFaces }));
    expect(faceless).toEqual([
      { name: 'a', numFaces: 0 },
      { name: 'old', numFaces: 0 },
    ]);
    expect((await said().find({ name: 'old' }))?.createdAt).toBe('2020-01-01T00:00:00.000Z');
    await said().write('a', null);
    expect(await said().find({ name: 'a' })).toBeNull();
    await said().write('nobody', null);
    expect(await store().removeSubject('old')).toEqual([]);
    expect(await said().numSubjects()).toBe(0);
    const [again] = await store().addFaces([face('a', 1, 0, 0)]);
    await said().write('a', profile);
    await said().write('a', null);
    expect(await said().find({ name: 'a' })).toMatchObject({ numFaces: 1, ...blank });
    await store().removeFaces([again!]);
    expect(await said().numSubjects()).toBe(0);
  });

  test('what was said moves with a name, and that of a name that is joined stays', async () => {
    await store().addFaces([face('a', 1, 0, 0), face('b', 0, 1, 0)]);
    await said().write('a', profile);
    const { createdAt } = (await said().find({ name: 'a' }))!;
    await store().renameSubject('a', 'c');
    expect(await said().find({ name: 'c' })).toEqual({ name: 'c', numFaces: 1, ...profile, createdAt });
    expect(await said().find({ name: 'a' })).toBeNull();
    await said().write('b', { metadata: { of: 'b' } });
    expect(await store().renameSubject('c', 'b')).toBe(1);
    expect(await said().find({ name: 'b' })).toMatchObject({
      ...{ ...blank, numFaces: 2, metadata: { of: 'b' } },
    });
    expect(await said().find({ externalId: 'E-17' })).toBeNull();
    await said().write('faceless', { externalId: 'E-20' });
    expect(await store().renameSubject('faceless', 'named')).toBe(0);
    expect((await said().find({ externalId: 'E-20' }))?.name).toBe('named');
    expect(await said().numSubjects()).toBe(2);
  });

  test('names those whose time is up: their own, or by when they were made', async () => {
    await store().addFaces([face('c', 1, 0, 0)]);
    await said().write('b', { expiresAt: '2026-01-01T00:00:00.000Z' });
    await said().write('a', { expiresAt: '2030-01-01T00:00:00.000Z' }, '2020-01-01T00:00:00.000Z');
    await said().write('old', {}, '2020-01-01T00:00:00.000Z');
    expect(await said().expired('2025-12-31T23:59:59.999Z', null)).toEqual([]);
    expect(await said().expired('2026-01-01T00:00:00.000Z', null)).toEqual(['b']);
    expect(await said().expired('2026-06-01T00:00:00.000Z', '2021-01-01T00:00:00.000Z')).toEqual([
      ...['b', 'old'],
    ]);
  });

  test('keeps when a face was enrolled, and what was said of it', async () => {
    const metadata = { camera: 'door 2' };
    const createdAt = '2024-02-03T04:05:06.000Z';
    const ids = await store().addFaces([
      { ...face('a', 1, 0, 0), metadata, createdAt },
      face('a', 0, 1, 0),
      face('b', 0, 0, 1),
    ]);
    expect(await said().ofFaces([ids[1]!, ids[0]!, 999])).toEqual([
      { id: ids[0], createdAt, metadata },
      { id: ids[1], createdAt: expect.any(String), metadata: null },
    ]);
    expect((await said().find({ name: 'a' }))?.createdAt).toBe(createdAt);
    await store().removeFaces([ids[0]!]);
    expect(await said().ofFaces([ids[0]!])).toEqual([]);
  });

  test('who is merged into another leaves nothing of what was said; who is split off is new', async () => {
    const [a, a2] = (await store().addFaces([
      face('a', 1, 0, 0),
      face('a', 0, 1, 0),
      face('b', 0, 0, 1),
    ])) as [number, number];
    await said().write('a', profile);
    await store().moveFaces([{ from: 'a', to: 'c', faces: [a2] }], { kind: 'split' });
    expect(await said().find({ name: 'c' })).toMatchObject({ numFaces: 1, ...blank });
    await store().moveFaces([{ from: 'a', to: 'b', faces: [a] }], { kind: 'split' });
    expect(await said().find({ name: 'a' })).toMatchObject({ numFaces: 0, ...profile });
    await store().moveFaces([{ from: 'b', to: 'a', faces: [a] }], { kind: 'split' });
    await store().moveFaces([{ from: 'a', to: 'b', faces: 'all' }], { kind: 'merge' });
    expect(await said().find({ name: 'a' })).toBeNull();
    expect(await said().find({ name: 'b' })).toMatchObject({ numFaces: 2, ...blank });
  });
}
