import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '@semblance/face';
import { describe, expect, test } from 'vitest';
import { openEmbeddingCache } from './embedding-cache.ts';
import { measureIdentification, planIdentification } from './identification.ts';

const person = (name: string, numImages: number): Person => ({
  name,
  label: 0,
  images: Array.from({ length: numImages }, (_, i) => ({ name: `${i}.jpg`, path: `/x/${name}/${i}.jpg` })),
});

test('embeddings are found again by their key', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'semblance-cache-'));
  const cache = openEmbeddingCache(join(dir, 'deep'));
  cache.set('a', { embedding: new Float32Array([9, 1, 2]).subarray(1), error: null });
  cache.set('b', { embedding: null, error: { code: 'NO_FACE', message: 'none' } });
  cache.close();
  const again = openEmbeddingCache(join(dir, 'deep'));
  expect(again.get('a')).toEqual({ embedding: Float32Array.of(1, 2), error: null });
  expect(again.get('b')).toEqual({ embedding: null, error: { code: 'NO_FACE', message: 'none' } });
  expect(again.get('c')).toBeNull();
  again.close();
  await rm(dir, { recursive: true });
});

describe('identification', () => {
  test('enrols the first photos, probes with the rest, and takes nobody known for a stranger', () => {
    const people = [person('a', 3), person('b', 2), person('c', 1)];
    const plan = planIdentification(people, people, { numEnrolled: 1, minPhotos: 2 });
    expect(plan.enrolled.map(({ photo }) => photo.name)).toEqual(['a/0.jpg', 'b/0.jpg']);
    expect(plan.probes.map(({ photo }) => photo.name)).toEqual(['a/1.jpg', 'a/2.jpg', 'b/1.jpg']);
    expect(plan.strangers.map(({ photo }) => photo.name)).toEqual(['c/0.jpg']);
    expect(() => planIdentification(people, [], { numEnrolled: 3, minPhotos: 2 })).toThrow(
      'nobody has 4 photos',
    );
  });

  test('measures by hand-made embeddings', async () => {
    const people = [person('a', 3), person('b', 2)];
    const strangers = ['p', 'q', 'r', 's'].map((name) => person(name, 1));
    const plan = planIdentification(people, strangers, { numEnrolled: 1, minPhotos: 2 });
    const at = (degrees: number): Float32Array => {
      const angle = (degrees * Math.PI) / 180;
      return Float32Array.of(Math.cos(angle), Math.sin(angle));
    };
    const embeddings = new Map([
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
    const { closed, openSet, ...rest } = await measureIdentification(plan, embeddings, [0.1]);
    expect(closed).toMatchObject({ probes: 3, rank1: 1 / 3 });
    expect(closed.cmc[1]).toBeCloseTo(2 / 3, 12);
    expect(openSet?.atFpir['0.1']).toMatchObject({ tpir: 1 / 3, fpir: 1 / 2, mated: 3, nonMated: 2 });
    expect(openSet?.atFpir['0.1']?.threshold).toBeCloseTo(0.5, 6);
    expect(rest).toMatchObject({ subjects: 2, enrolledFaces: 2, strangers: 4, strangerProbes: 4 });
  });

  test('without strangers there is no open set', async () => {
    const plan = planIdentification([person('a', 2)], [], { numEnrolled: 1, minPhotos: 2 });
    const embeddings = new Map(['a/0.jpg', 'a/1.jpg'].map((name) => [name, Float32Array.of(1, 0)]));
    expect((await measureIdentification(plan, embeddings, [0.1])).openSet).toBeNull();
    await expect(measureIdentification(plan, new Map(), [0.1])).rejects.toThrow('no photo could be enrolled');
  });
});
