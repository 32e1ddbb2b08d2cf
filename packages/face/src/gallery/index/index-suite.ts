import { Random } from '@semblance/core/random';
import { afterEach, describe, expect, test } from 'vitest';
import type { VectorHit, VectorIndex } from '../vector-index.ts';

/** Makes an index of what is added to `vectors` before it is added to the index. */
export type OpenIndex = (dimensions: number, vectors: ReadonlyMap<number, Float32Array>) => VectorIndex;

/** Deterministic unit vectors. */
export function unitVectors(count: number, dimensions: number, seed = 1): Float32Array[] {
  const random = Random.of(seed);
  return Array.from({ length: count }, () => {
    const values = Float64Array.from({ length: dimensions }, () => random.normal());
    const norm = Math.hypot(...values);
    return Float32Array.from(values, (value) => value / norm);
  });
}

/** What sorting all similarities in float64 finds. */
function bruteForce(vectors: ReadonlyMap<number, Float32Array>, query: Float32Array, k: number): VectorHit[] {
  const all = [...vectors].map(([id, vector]) => {
    let similarity = 0;
    for (let i = 0; i < query.length; i++) similarity += query[i]! * vector[i]!;
    return { id, similarity };
  });
  return all.sort((a, b) => b.similarity - a.similarity || a.id - b.id).slice(0, k);
}

/** What every exact index must do: one suite, run for each. */
export function describeIndex(name: string, open: OpenIndex): void {
  describe(`index ${name}`, () => {
    let index: VectorIndex | undefined;
    afterEach(() => index?.close());
    let vectors: Map<number, Float32Array>;
    const make = (dimensions: number): VectorIndex => {
      vectors = new Map();
      index = open(dimensions, vectors);
      return index;
    };
    const add = (id: number, vector: Float32Array): void => {
      vectors.set(id, vector);
      index!.add(id, vector);
    };
    const remove = (id: number): boolean => {
      vectors.delete(id);
      return index!.remove(id);
    };
    const holds = (queries: readonly Float32Array[], k: number): void => {
      const expected = queries.map((query) => bruteForce(vectors, query, k));
      expect(index!.searchMany(queries, k)).toEqual(expected);
      expect(index!.search(queries[0]!, k)).toEqual(expected[0]);
    };

    test.each([
      [1, 9],
      [3, 50],
      [15, 101],
      [16, 64],
      [17, 333],
      [128, 1000],
      [130, 70],
      [513, 203],
    ])('finds what sorting all similarities finds: %i numbers, %i rows', (dimensions, count) => {
      make(dimensions);
      for (const [i, vector] of unitVectors(count, dimensions).entries()) add(1000 + i, vector);
      const queries = unitVectors(9, dimensions, 99);
      for (const k of [1, 2, 7, count, count + 5]) holds(queries, k);
      holds([...vectors.values()].slice(0, 5), 3);
    });

    test('of equal vectors the lower ids come first', () => {
      make(20);
      const [one, other] = unitVectors(2, 20);
      for (let i = 0; i < 60; i++) add((i * 37) % 60, i % 2 ? one! : other!);
      for (const k of [1, 5, 30, 31, 60]) holds([one!, other!], k);
    });

    test('vectors that differ by less than a code are told apart', () => {
      make(64);
      const [center] = unitVectors(1, 64);
      for (const [i, noise] of unitVectors(500, 64, 5).entries())
        add(
          i,
          center!.map((value, at) => value + 1e-5 * noise[at]!),
        );
      holds([center!, ...unitVectors(3, 64, 6)], 10);
    });

    test('zeros, denormals and lone numbers', () => {
      make(20);
      const axis = (at: number, value: number) =>
        Float32Array.from({ length: 20 }, (_, i) => (i === at ? value : 0));
      add(1, new Float32Array(20));
      add(2, axis(0, 1));
      add(3, axis(0, -1));
      add(4, axis(3, 1e-42));
      add(5, new Float32Array(20).fill(1e-44));
      add(6, axis(19, 1));
      add(7, axis(19, 0.999999));
      add(8, axis(19, 1e-20));
      const queries = [
        axis(0, 1),
        axis(19, 1),
        axis(3, 1),
        new Float32Array(20),
        axis(3, 1e-42),
        axis(5, -1),
      ];
      for (const query of queries) for (const k of [1, 3, 8]) holds([query], k);
    });

    test('more queries than one pass takes', () => {
      make(24);
      for (const [i, vector] of unitVectors(300, 24).entries()) add(i, vector);
      holds(unitVectors(131, 24, 3), 4);
      expect(index!.searchMany([], 3)).toEqual([]);
    });

    test('adding and removing in any order', () => {
      make(19);
      const random = Random.of(11);
      const all = unitVectors(1500, 19);
      const queries = unitVectors(4, 19, 12);
      for (const [i, vector] of all.entries()) {
        add(i, vector);
        if (random.chance(0.4)) {
          const id = random.pick([...vectors.keys()]);
          expect(remove(id)).toBe(true);
          expect(index!.remove(id)).toBe(false);
        }
        if (i % 250 === 0) holds(queries, 6);
      }
      expect(index!.size).toBe(vectors.size);
      const [id] = vectors.keys();
      const vector = vectors.get(id!)!;
      expect(index!.get(id!)).toEqual(vector);
      remove(id!);
      expect(index!.get(id!)).toBeNull();
      add(id!, vector);
      holds([vector, ...queries], 6);
      for (const each of [...vectors.keys()]) remove(each);
      expect(index!.size).toBe(0);
      holds(queries, 3);
    });

    test('queries may be views into a larger array', () => {
      make(8);
      const all = new Float32Array(83);
      for (const [i, vector] of unitVectors(10, 8).entries()) {
        add(i, vector);
        all.set(vector, 3 + 8 * i);
      }
      for (let i = 0; i < 10; i++)
        expect(index!.search(all.subarray(3 + 8 * i, 11 + 8 * i), 1)[0]!.id).toBe(i);
    });

    test('nothing, one id twice, other lengths', () => {
      make(4);
      const unit = Float32Array.of(1, 0, 0, 0);
      expect(index!.search(unit, 5)).toEqual([]);
      add(7, unit);
      expect(index!.search(unit, 5)).toEqual([{ id: 7, similarity: 1 }]);
      expect(index!.search(unit, 0)).toEqual([]);
      expect(() => index!.add(7, unit)).toThrow('already has a vector 7');
      expect(() => index!.add(8, new Float32Array(3))).toThrow('4 numbers but received 3');
      expect(() => index!.search(new Float32Array(5), 1)).toThrow('4 numbers but received 5');
      expect(index!.size).toBe(1);
    });
  });
}
