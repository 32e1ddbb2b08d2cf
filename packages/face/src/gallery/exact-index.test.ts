import { lcg32 } from '@semblance/core/random';
import { dot } from '@semblance/core/vector';
import { exactSearch, MetricKind } from 'usearch';
import { describe, expect, test } from 'vitest';
import { createExactIndex } from './exact-index.ts';

/** Deterministic unit vectors. */
function unitVectors(count: number, dimensions: number, seed = 1): Float32Array[] {
  const random = lcg32(seed);
  return Array.from({ length: count }, () => {
    const vector = Float32Array.from({ length: dimensions }, () => random() - 0.5);
    const norm = Math.sqrt(dot(vector, vector));
    return vector.map((value) => value / norm);
  });
}

describe('exact index', () => {
  test('finds what sorting all similarities finds', () => {
    const vectors = unitVectors(500, 16);
    const index = createExactIndex(16);
    for (const [i, vector] of vectors.entries()) index.add(1000 + i, vector);
    for (const query of unitVectors(20, 16, 99)) {
      const expected = vectors
        .map((vector, i) => ({ id: 1000 + i, similarity: dot(query, vector) }))
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, 7);
      expect(index.search(query, 7)).toEqual(expected);
    }
  });

  test('a query may be a view into a larger array', () => {
    // the search kernel reads a buffer from its start: without a copy this would look for row 0
    const vectors = unitVectors(10, 8);
    const index = createExactIndex(8);
    for (const [i, vector] of vectors.entries()) index.add(i, vector);
    const all = new Float32Array(80);
    for (const [i, vector] of vectors.entries()) all.set(vector, 8 * i);
    for (let i = 0; i < 10; i++) expect(index.search(all.subarray(8 * i, 8 * i + 8), 1)[0]!.id).toBe(i);
    const raw = exactSearch(all, all.subarray(24, 32), 8, 1, MetricKind.IP);
    expect(raw.keys[0]).not.toBe(3n); // the day this fails the copy can go
  });

  test('removal keeps the others findable', () => {
    const vectors = unitVectors(100, 8);
    const index = createExactIndex(8);
    for (const [i, vector] of vectors.entries()) index.add(i, vector);
    for (let i = 0; i < 100; i += 3) expect(index.remove(i)).toBe(true);
    expect(index.remove(0)).toBe(false);
    expect(index.size).toBe(66);
    expect(index.get(0)).toBeNull();
    expect(index.get(99)).toBeNull();
    expect(index.get(98)).toEqual(vectors[98]);
    vectors.forEach((vector, i) => {
      const [best] = index.search(vector, 1);
      if (i % 3 === 0) expect(best!.id).not.toBe(i);
      else expect(best).toEqual({ id: i, similarity: dot(vector, vector) });
    });
    index.add(0, vectors[0]!);
    expect(index.search(vectors[0]!, 1)[0]!.id).toBe(0);
  });

  test('empty, small and mismatched', () => {
    const index = createExactIndex(4);
    expect(index.search(Float32Array.from([1, 0, 0, 0]), 5)).toEqual([]);
    index.add(7, Float32Array.from([1, 0, 0, 0]));
    expect(index.search(Float32Array.from([1, 0, 0, 0]), 5)).toEqual([{ id: 7, similarity: 1 }]);
    expect(() => index.add(8, new Float32Array(3))).toThrow('4 numbers but received 3');
    expect(() => index.search(new Float32Array(5), 1)).toThrow('4 numbers but received 5');
  });
});
