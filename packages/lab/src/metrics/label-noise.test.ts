import { Random } from '@semblance/core/random';
import { describe, expect, test } from 'vitest';
import { findLabelNoise } from './label-noise.ts';
import { findAlike, groupsOfPairs } from './near-duplicates.ts';

/** Numbers of a normal distribution, the same in every run. */
function normals(seed: number): () => number {
  const random = new Random(seed);
  return () => random.normal(1, Number.POSITIVE_INFINITY);
}

const unit = (vector: Float32Array): Float32Array => {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};

/** Photos about a random centre a person, a cosine of some 0.8 from it. */
function people(numPeople: number, numPhotos: number, size = 64) {
  const normal = normals(7);
  const centres = Array.from({ length: numPeople }, () => unit(Float32Array.from({ length: size }, normal)));
  const near = (person: number): Float32Array =>
    unit(centres[person]!.map((value) => value + (0.7 / Math.sqrt(size)) * normal()));
  const embeddings: Float32Array[] = [];
  const labels: number[] = [];
  for (let person = 0; person < numPeople; person++) {
    for (let photo = 0; photo < numPhotos; photo++) {
      embeddings.push(near(person));
      labels.push(person);
    }
  }
  return { embeddings, labels, near, normal, size };
}

describe('findLabelNoise', () => {
  test('finds nothing among right labels', () => {
    const { embeddings, labels } = people(20, 12);
    const { suspects, samePeople, threshold } = findLabelNoise(embeddings, labels, 20);
    expect(suspects).toEqual([]);
    expect(samePeople).toEqual([]);
    expect(threshold).toBeLessThan(0.6);
  });

  test('finds planted errors, all of them and nothing else', () => {
    const { embeddings, labels, near, normal, size } = people(20, 12);
    embeddings[5] = near(7); // under the name of person 0
    embeddings[6] = near(7);
    embeddings[100] = near(3); // under the name of person 8
    embeddings[200] = unit(Float32Array.from({ length: size }, normal)); // nobody
    const { suspects } = findLabelNoise(embeddings, labels, 20);
    const found = suspects.map(({ index, kind, other }) => [index, kind, kind === 'mislabel' ? other : null]);
    expect(found.slice(0, 3).sort()).toEqual([
      [100, 'mislabel', 3],
      [5, 'mislabel', 7],
      [6, 'mislabel', 7],
    ]);
    expect(found.slice(3)).toEqual([[200, 'outlier', null]]);
  });

  test('one person under two names; a person with one photo', () => {
    const { embeddings, labels, near } = people(6, 8);
    for (let photo = 8; photo < 16; photo++) embeddings[photo] = near(0); // person 1 is person 0
    embeddings.push(near(4));
    labels.push(6);
    const { samePeople, suspects } = findLabelNoise(embeddings, labels, 7);
    expect(samePeople[0]).toMatchObject({ first: 0, second: 1 });
    expect(suspects.find(({ index }) => index === 48)).toMatchObject({ kind: 'mislabel', other: 4 });
  });

  test('one person alone, and nobody, are no error', () => {
    const { embeddings } = people(1, 4);
    expect(findLabelNoise(embeddings, [0, 0, 0, 0], 1)).toMatchObject({
      suspects: [],
      samePeople: [],
      threshold: -1,
    });
    expect(findLabelNoise([], [], 0).suspects).toEqual([]);
  });
});

test('photos that are nearly the same are found across people and put into groups', () => {
  const { embeddings, labels, size } = people(10, 5);
  const nudged = (of: number): Float32Array => {
    const copy = embeddings[of]!.slice();
    copy[of % size]! += 0.05;
    return unit(copy);
  };
  for (const [of, label] of [
    [3, 0],
    [3, 9],
    [20, 4],
  ] as const) {
    embeddings.push(nudged(of));
    labels.push(label);
  }
  const pairs = findAlike(embeddings, labels, 0.99);
  expect(groupsOfPairs(pairs)).toEqual([
    [3, 50, 51],
    [20, 52],
  ]);
});
