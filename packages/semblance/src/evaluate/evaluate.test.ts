import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '@semblance/lab/datasets';
import {
  embeddingsOf,
  measureIdentification,
  measureVerification,
  openEmbeddingCache,
  parseAttributes,
  parseTemplatePlan,
  photosOfPlan,
  planIdentification,
  readVerificationSet,
  type Template,
} from '@semblance/lab/evaluate';
import { describe, expect, test } from 'vitest';

const person = (name: string, numImages: number): Person => ({
  name,
  label: 0,
  images: Array.from({ length: numImages }, (_, i) => ({ name: `${i}.jpg`, path: `/x/${name}/${i}.jpg` })),
});

test('embeddings are found again by their key', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'semblance-cache-'));
  const cache = openEmbeddingCache(join(dir, 'deep'));
  cache.set('a', { embedding: new Float32Array([9, 1, 2]).subarray(1), weight: 3.5, error: null });
  cache.set('b', { embedding: null, weight: null, error: { code: 'NO_FACE', message: 'none' } });
  cache.close();
  const again = openEmbeddingCache(join(dir, 'deep'));
  expect(again.get('a')).toEqual({ embedding: Float32Array.of(1, 2), weight: 3.5, error: null });
  expect(again.get('b')).toEqual({
    embedding: null,
    weight: null,
    error: { code: 'NO_FACE', message: 'none' },
  });
  expect(again.get('c')).toBeNull();
  again.close();
  await rm(dir, { recursive: true });
});

const names = (templates: readonly Template[]): string[] =>
  templates.flatMap(({ photos }) => photos.map(({ photo }) => photo.name));
const at = (degrees: number): Float32Array => {
  const angle = (degrees * Math.PI) / 180;
  return Float32Array.of(Math.cos(angle), Math.sin(angle));
};
const embedded = (entries: readonly (readonly [string, Float32Array, number?])[]) => ({
  embeddings: new Map(entries.map(([name, embedding]) => [name, embedding])),
  weights: new Map(entries.map(([name, , weight]) => [name, weight ?? 1])),
});

describe('identification', () => {
  test('enrols the first photos, probes with the rest, and takes nobody known for a stranger', () => {
    const people = [person('a', 3), person('b', 2), person('c', 1)];
    const plan = planIdentification(people, people, { numEnrolled: 1, minPhotos: 2 });
    expect(names(plan.enrolled)).toEqual(['a/0.jpg', 'b/0.jpg']);
    expect(names(plan.probes)).toEqual(['a/1.jpg', 'a/2.jpg', 'b/1.jpg']);
    expect(names(plan.strangers)).toEqual(['c/0.jpg']);
    expect(() => planIdentification(people, [], { numEnrolled: 3, minPhotos: 2 })).toThrow(
      'nobody has at least 4 photos',
    );
  });

  test('measures by hand-made embeddings', async () => {
    const people = [person('a', 3), person('b', 2)];
    const strangers = ['p', 'q', 'r', 's'].map((name) => person(name, 1));
    const plan = planIdentification(people, strangers, { numEnrolled: 1, minPhotos: 2 });
    const embeddings = embedded([
      ['a/0.jpg', at(0)],
      ['b/0.jpg', at(90)],
      ['a/1.jpg', at(10)], // right
      ['a/2.jpg', at(80)], // taken for b
      // b/1.jpg gave no face: a miss
      ['p/0.jpg', at(-60)], // calibration: nearest a at 60°
      ['q/0.jpg', at(-50)], // test: cos 50° > cos 60°: an alarm
      ['r/0.jpg', at(-80)], // calibration
      ['s/0.jpg', at(-85)], // test: no alarm
    ]);
    const attributes = parseAttributes('name,side\na/1.jpg,left\na/2.jpg,left\nq,right\ns,right\n');
    const { result } = await measureIdentification(plan, embeddings, [0.1], attributes);
    const { openSet, groups, ...rest } = result;
    expect(rest).toMatchObject({ probes: 3, rank1: 1 / 3, tpirAtFpir: { '0.1': 1 / 3 } });
    expect(rest.cmc[1]).toBeCloseTo(2 / 3, 12);
    expect(openSet?.atFpir['0.1']).toMatchObject({ tpir: 1 / 3, fpir: 1 / 2, mated: 3, nonMated: 2 });
    expect(openSet?.atFpir['0.1']?.threshold).toBeCloseTo(0.5, 6);
    expect(rest).toMatchObject({ subjects: 2, enrolledFaces: 2, strangers: 4, strangerProbes: 4 });
    expect(groups?.side).toMatchObject([
      { group: 'left', mated: 2, nonMated: 0, rank1: 1 / 2, tpir: 1 / 2, fpir: null },
      { group: 'right', mated: 0, nonMated: 2, rank1: null, tpir: null, fpir: 1 / 2 },
    ]);
  });

  test('without strangers there is no open set', async () => {
    const plan = planIdentification([person('a', 2)], [], { numEnrolled: 1, minPhotos: 2 });
    const embeddings = embedded(['a/0.jpg', 'a/1.jpg'].map((name) => [name, Float32Array.of(1, 0)]));
    expect((await measureIdentification(plan, embeddings, [0.1])).result.openSet).toBeNull();
    await expect(measureIdentification(plan, embedded([]), [0.1])).rejects.toThrow(
      'no photo could be enrolled',
    );
  });

  test('enrolled photos are pooled by their weights', async () => {
    const people = [person('a', 3), person('b', 3)];
    const entries = (weight: number) =>
      embedded([
        ['a/0.jpg', at(0), weight],
        ['a/1.jpg', at(80), 1],
        ['b/0.jpg', at(120)],
        ['b/1.jpg', at(120)],
        ['a/2.jpg', at(75)],
        ['b/2.jpg', at(120)],
      ]);
    const rank1 = async (isPooled: boolean, weight: number) => {
      const plan = planIdentification(people, [], { numEnrolled: 2, minPhotos: 2, isPooled });
      expect(photosOfPlan(plan).length).toBe(6);
      const { result } = await measureIdentification(plan, entries(weight), [0.1]);
      return [result.enrolledFaces, result.rank1];
    };
    expect(await rank1(false, 1)).toEqual([4, 1]); // a by its photo at 80°
    expect(await rank1(true, 1)).toEqual([2, 1]); // the template of a at 40°, 35° away; b is 45° away
    expect(await rank1(true, 4)).toEqual([2, 0.5]); // at 14°, 61° away
  });
});

describe('template files', () => {
  const head = 'template,subject,photo,medium,role';

  test('templates are put together, and who is not in the gallery is a stranger', () => {
    const plan = parseTemplatePlan(
      `${head}\n1,anna,v/1.jpg,v,gallery\n1,anna,v/2.jpg,v,gallery\n2,anna,3.jpg,,probe\n3,carl,4.jpg,,probe\n`,
      '/ijb',
    );
    expect(plan.enrolled).toEqual([
      {
        subject: 'anna',
        photos: [
          { photo: { name: 'v/1.jpg', path: '/ijb/v/1.jpg' }, medium: 'v' },
          { photo: { name: 'v/2.jpg', path: '/ijb/v/2.jpg' }, medium: 'v' },
        ],
      },
    ]);
    expect(plan.probes.map(({ subject, photos }) => [subject, photos[0]!.medium])).toEqual([
      ['anna', '3.jpg'],
    ]);
    expect(plan.strangers.map(({ subject }) => subject)).toEqual(['carl']);
  });

  test.each([
    ['template,subject,photo\n1,a,1.jpg', 'no column role'],
    [`${head}\n1,anna,1.jpg,,enrolled`, ':2: expected the role gallery or probe but received enrolled'],
    [`${head}\n1,anna,1.jpg,,probe\n1,bert,2.jpg,,probe`, ':3: template 1 has another subject'],
    [`${head}\n1,anna,,,probe`, ':2: expected a template'],
    [`${head}\n1,anna,1.jpg,,probe`, 'no gallery template'],
    [`${head}\n1,anna,1.jpg,,gallery`, 'no probe template'],
  ])('%j is refused', (text, words) => {
    expect(() => parseTemplatePlan(text, '/ijb')).toThrow(words);
  });
});

describe('pairs of templates', () => {
  test('are compared by the template, a missing photo leaving the others', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'semblance-templates-'));
    const rows = ['t1,anna,1.jpg,v', 't1,anna,2.jpg,v', 't2,anna,3.jpg,', 't3,bert,4.jpg,', 't4,bert,5.jpg,'];
    await writeFile(join(dir, 'templates.csv'), ['template,subject,photo,medium', ...rows].join('\n'));
    await writeFile(join(dir, 'pairs.txt'), 't1 t2 1\nt1,t3,0\nt3\tt4\t1\n');
    const read = (pairs: string) => readVerificationSet(join(dir, pairs), '/ijb', join(dir, 'templates.csv'));
    const { pairs, photos, templates } = await read('pairs.txt');
    expect(photos.map(({ path }) => path)).toEqual([1, 2, 3, 4, 5].map((k) => `/ijb/${k}.jpg`));
    const found = embedded([
      ['1.jpg', at(0), 3],
      ['2.jpg', at(90), 1],
      ['3.jpg', at(0)],
      ['4.jpg', at(90)],
    ]);
    const { scored, result } = measureVerification(pairs, embeddingsOf(templates!, found));
    // t1: 3·(1, 0) + 1·(0, 1), over √10
    expect(scored.similarities[0]).toBeCloseTo(3 / Math.sqrt(10), 6);
    expect(scored.similarities[1]).toBeCloseTo(1 / Math.sqrt(10), 6);
    expect([scored.similarities[2], result.missedPairs, result.numFolds]).toEqual([-1, 1, 1]);

    await writeFile(join(dir, 'wrong.txt'), 't1 t2 1\nt1 t9 0\n');
    await expect(read('wrong.txt')).rejects.toThrow('wrong.txt:2: expected "templateA templateB 0|1"');
    await rm(dir, { recursive: true });
  });
});
