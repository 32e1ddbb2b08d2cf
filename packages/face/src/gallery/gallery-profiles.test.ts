import { describe, expect, test } from 'vitest';
import { createMemoryStore } from './drivers/memory.ts';
import { Gallery } from './gallery.ts';
import { expiryOf, parseScore, type SettingsChange, scoreName } from './settings.ts';

const model = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: 2 };
const embedding = Float32Array.of(1, 0);
const galleryWith = (settings: SettingsChange = {}): Promise<Gallery> =>
  Gallery.inStore(createMemoryStore(), { ...model, settings });
const enrol = (gallery: Gallery, ...names: string[]): Promise<number[]> =>
  gallery.enrol(
    names.map((subject) => ({ subject, embedding })),
    model.modelId,
  );
const refusal = (code: string, words: string) => ({ code, message: expect.stringContaining(words) });

describe('profiles', () => {
  test('a subject without a face is found, renamed and removed', async () => {
    await using gallery = await galleryWith();
    await gallery.profiles.write('ada', { externalId: 'E-1' });
    expect(gallery.has('ada')).toBe(false);
    expect(await gallery.rename('ada', 'Ada')).toBe(0);
    expect(await gallery.profiles.find({ externalId: 'E-1' })).toMatchObject({ name: 'Ada', numFaces: 0 });
    expect(await gallery.remove('Ada')).toBe(0);
    await expect(gallery.remove('Ada')).rejects.toMatchObject({ code: 'GALLERY_SUBJECT_NOT_FOUND' });
    await expect(gallery.rename('Ada', 'x')).rejects.toMatchObject({ code: 'GALLERY_SUBJECT_NOT_FOUND' });
  });

  test('times are kept in UTC; what is said is checked before anything is written', async () => {
    await using gallery = await galleryWith();
    const { profiles } = gallery;
    await profiles.write('ada', { expiresAt: '2027-01-01T02:00:00+02:00' });
    expect((await profiles.find({ name: 'ada' }))?.expiresAt).toBe('2027-01-01T00:00:00.000Z');
    const long = { note: 'ü'.repeat(8200) };
    const wrong = [
      [{ metadata: long }, '16411 bytes'],
      [{ metadata: [] as never }, 'a JSON object'],
      [{ expiresAt: 'tomorrow' }, 'ISO 8601'],
      [{ expiresAt: '2027-13-01' }, 'ISO 8601'],
      [{ externalId: ' ' }, 'external id'],
      [{ consent: { basis: '', givenAt: '2026-01-01', by: null } }, 'basis'],
    ] as const;
    for (const [change, words] of wrong)
      await expect(profiles.write('bob', change)).rejects.toMatchObject(refusal('DATA_INVALID', words));
    await expect(profiles.write(' ', {})).rejects.toMatchObject(refusal('DATA_INVALID', 'name'));
    const face = { subject: 'bob', embedding, metadata: long };
    await expect(gallery.enrol([face], model.modelId)).rejects.toMatchObject({ code: 'DATA_INVALID' });
    expect(await profiles.find({ name: 'bob' })).toBeNull();
  });

  test('those whose time is up are named: their own, else that of the retention', async () => {
    await using gallery = await galleryWith({ retentionDays: 30 });
    await enrol(gallery, 'kept', 'ada', 'bob');
    await gallery.profiles.write('kept', { expiresAt: '2999-01-01' });
    const after = (days: number) => new Date(Date.now() + days * 86_400_000);
    expect(await gallery.profiles.expired(after(29))).toEqual([]);
    expect(await gallery.profiles.expired(after(31))).toEqual(['ada', 'bob']);
    await gallery.configuration.change({ retentionDays: null });
    expect(await gallery.profiles.expired(after(31))).toEqual([]);
    const made = { createdAt: '2026-01-01T00:00:00.000Z', expiresAt: null };
    expect(expiryOf({ retentionDays: 31 }, made)).toBe('2026-02-01T00:00:00.000Z');
    expect(expiryOf({}, made)).toBeNull();
  });
});

describe('capacity', () => {
  test('subjects and samples beyond it are refused whole; it can be raised', async () => {
    await using gallery = await galleryWith({ capacity: { subjects: 2, samples: 3 } });
    await enrol(gallery, 'ada', 'ada');
    await gallery.profiles.write('faceless', {});
    const people = refusal('GALLERY_FULL', '2 of at most 2 subjects, and no room for 1 more');
    await expect(enrol(gallery, 'bob')).rejects.toMatchObject(people);
    await expect(gallery.profiles.write('bob', {})).rejects.toMatchObject({ code: 'GALLERY_FULL' });
    const faces = refusal('GALLERY_FULL', '2 of at most 3 samples, and no room for 2 more');
    await expect(enrol(gallery, 'ada', 'faceless')).rejects.toMatchObject(faces);
    expect(await enrol(gallery, 'faceless')).toHaveLength(1);
    await gallery.configuration.change({ capacity: null });
    expect(await enrol(gallery, 'bob')).toHaveLength(1);
  });

  test('settings that mean nothing are refused with the value', async () => {
    await using gallery = await galleryWith({ description: 'the door' });
    const { configuration } = gallery;
    for (const [change, words] of [
      [
        { capacity: { subjects: 1.5 } },
        'a whole number of at least 1 for capacity.subjects but received 1.5',
      ],
      [{ minQuality: 2 }, 'from 0 to 1 for minQuality but received 2'],
      [{ score: { meanOfTop: 0 } }, 'score.meanOfTop'],
      [{ retentionDays: -1 }, 'retentionDays'],
    ] as const)
      await expect(configuration.change(change)).rejects.toMatchObject(refusal('DATA_INVALID', words));
    expect(configuration.settings).toEqual({ description: 'the door' });
  });
});

describe('score', () => {
  const unit = (degrees: number) => {
    const angle = (degrees * Math.PI) / 180;
    return Float32Array.of(Math.cos(angle), Math.sin(angle));
  };
  const cos = (degrees: number) => Math.cos((degrees * Math.PI) / 180);
  const faces = [
    ...[10, 80, 85].map((degrees) => ({ subject: 'one good photo', embedding: unit(degrees) })),
    ...[20, 25, 30].map((degrees) => ({ subject: 'three fair ones', embedding: unit(degrees) })),
    { subject: 'one photo', embedding: unit(40) },
  ];

  test('the mean of the most similar faces, of those who have fewer of all', async () => {
    await using gallery = await galleryWith({ score: { meanOfTop: 2 } });
    await gallery.enrol(faces, model.modelId);
    const hits = await gallery.search(unit(0), 3);
    expect(hits.map(({ subject }) => subject)).toEqual(['three fair ones', 'one photo', 'one good photo']);
    const means = [(cos(20) + cos(25)) / 2, cos(40), (cos(10) + cos(80)) / 2];
    hits.forEach(({ similarity }, i) => {
      expect(similarity).toBeCloseTo(means[i]!, 5);
    });
    expect(hits[2]!.faceId).toBe(1);
    await gallery.configuration.change({ score: null });
    expect((await gallery.search(unit(0), 1))[0]).toMatchObject({ subject: 'one good photo', faceId: 1 });
  });

  test('nobody is missed whose mean is high behind many single faces that are nearer', async () => {
    await using gallery = await galleryWith({ score: { meanOfTop: 2 } });
    const near = Array.from({ length: 40 }, (_, i) => [
      { subject: `p${i}`, embedding: unit(1 + i / 100) },
      { subject: `p${i}`, embedding: unit(170) },
    ]).flat();
    await gallery.enrol([...near, ...faces.slice(3, 6)], model.modelId);
    const [best, ...rest] = await gallery.search(unit(0), 2);
    expect(best!.subject).toBe('three fair ones');
    expect(rest).toHaveLength(1);
  });

  test('is written and read as answers say it', () => {
    expect([scoreName(), scoreName({ meanOfTop: 3 })]).toEqual(['max', 'mean_of_top_3']);
    expect([parseScore('max'), parseScore('mean_of_top_3')]).toEqual(['max', { meanOfTop: 3 }]);
    for (const text of ['mean', 'mean_of_top_0', 'mean_of_top_101'])
      expect(() => parseScore(text)).toThrow(expect.objectContaining({ code: 'USAGE_INVALID_VALUE' }));
  });
});
