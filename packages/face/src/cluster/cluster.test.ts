import { Random } from '@semblance/core/random';
import { dot, normalize } from '@semblance/core/vector';
import { describe, expect, test } from 'vitest';
import { clusterFaces } from './cluster-faces.ts';
import { clusterThreshold } from './cluster-threshold.ts';
import { MergeQueue } from './merge-queue.ts';

const random = new Random(5);
const unit = (size: number): Float32Array =>
  normalize(Float32Array.from({ length: size }, () => random.normal()));

/** Faces around so many directions, more or less far from them. */
function faces(numPeople: number, each: number, noise: number, size = 24): Float32Array[] {
  return Array.from({ length: numPeople }, () => unit(size)).flatMap((centre) =>
    Array.from({ length: each }, () => normalize(centre.map((value) => value + noise * random.normal()))),
  );
}

/** Average linkage by its definition: the mean over all pairs of two groups, all groups against all. */
function byDefinition(embeddings: readonly Float32Array[], threshold: number): number[][] {
  const groups = embeddings.map((_, i) => [i]);
  const between = (a: number[], b: number[]): number =>
    a.reduce((sum, i) => sum + b.reduce((part, j) => part + dot(embeddings[i]!, embeddings[j]!), 0), 0) /
    (a.length * b.length);
  for (;;) {
    let best = { similarity: threshold, i: -1, j: -1 };
    for (let i = 0; i < groups.length; i++) {
      for (let j = 0; j < i; j++) {
        const similarity = between(groups[i]!, groups[j]!);
        if (similarity > best.similarity) best = { similarity, i, j };
      }
    }
    if (best.i < 0) break;
    const [joined] = groups.splice(best.i, 1);
    groups[best.j]!.push(...joined!);
  }
  return groups
    .map((group) => group.sort((a, b) => a - b))
    .sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}

describe('clusterFaces', () => {
  test.each([0.1, 0.3, 0.5, 0.7])('is average linkage, of all pairs, at %f', (threshold) => {
    const embeddings = faces(9, 7, 0.25);
    expect(clusterFaces(embeddings, { threshold })).toEqual(byDefinition(embeddings, threshold));
  });

  test('finds people again, and leaves those alone who are like nobody', () => {
    const people = faces(40, 25, 0.08, 64);
    const embeddings = [...people, unit(64), unit(64)];
    const groups = clusterFaces(embeddings, { threshold: 0.6 });
    expect(groups.map((group) => group.length)).toEqual([...Array<number>(40).fill(25), 1, 1]);
    for (const group of groups.slice(0, 40))
      expect(new Set(group.map((i) => Math.floor(i / 25))).size).toBe(1);
    // the same for any order of the faces
    const reversed = clusterFaces(embeddings.toReversed(), { threshold: 0.6 });
    const named = reversed.map((group) => group.map((i) => embeddings.length - 1 - i).sort((a, b) => a - b));
    expect(new Set(named.map(String))).toEqual(new Set(groups.map(String)));
  });

  test('someone with more faces than neighbours are looked at stays one', () => {
    const groups = clusterFaces(faces(1, 600, 0.1), { threshold: 0.5, neighbours: 16 });
    expect(groups.map((group) => group.length)).toEqual([600]);
  });

  test('of no face and of one', () => {
    expect(clusterFaces([], { threshold: 0.5 })).toEqual([]);
    expect(clusterFaces([unit(4)], { threshold: 0.5 })).toEqual([[0]]);
  });
});

test('the queue gives the most similar first, of equal ones the earlier', () => {
  const queue = new MergeQueue();
  const all = Array.from({ length: 500 }, (_, i) => ({
    a: i,
    b: i + 1,
    similarity: Math.round(20 * random.next()) / 20,
  }));
  for (const merge of all) queue.push(merge);
  const sorted = all.toSorted((x, y) => y.similarity - x.similarity || x.a - y.a);
  expect(Array.from({ length: 500 }, () => queue.pop())).toEqual(sorted);
  expect(queue.pop()).toBeUndefined();
});

test('the threshold follows what is known of the recognizer', () => {
  const impostors = { fmr: [0.01, 1e-4], threshold: [0.2, 0.4], pairs: 1e6, people: 1500, data: 'a set' };
  expect(clusterThreshold({ impostors })).toEqual({
    value: 0.4,
    basis: '1 pair of strangers in 10,000 reaches it: a set',
  });
  expect(clusterThreshold({ impostors }, 0.7).value).toBe(0.7);
  expect(clusterThreshold({ threshold: { value: 0.3, basis: 'x' } }).value).toBe(0.3);
  expect(clusterThreshold({}).value).toBe(0.45);
});
