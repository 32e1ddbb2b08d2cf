import { describe, expect, test } from 'vitest';
import { createExactIndex } from './exact-index.ts';
import { createHnswIndex } from './hnsw-index.ts';
import { describeIndex, unitVectors } from './index-suite.ts';
import { Int8Index } from './int8-index.ts';
import { kernelKinds } from './kernel/kernel.ts';

describeIndex('exact', (dimensions) => createExactIndex(dimensions));
describeIndex('exact, of which only codes are kept', (dimensions, vectors) => {
  const vectorOf = (id: number) => vectors.get(id) ?? null;
  return createExactIndex(dimensions, { vectorOf, kept: 600 });
});
for (const kernel of ['relaxed', 'portable', 'plain'] as const) {
  describeIndex(`int8, ${kernel} kernel`, (dimensions, vectors) => {
    const vectorOf = (id: number) => vectors.get(id)?.slice() ?? null;
    return new Int8Index({ dimensions, vectorOf, kernel, numThreads: 1 });
  });
}

describe('int8 index', () => {
  test('this engine has the kernel of relaxed SIMD, so that the suite above has run it', () => {
    expect(kernelKinds()).toEqual(['relaxed', 'portable', 'plain']);
  });

  test('several threads find what one finds, as rows come and go', async () => {
    const all = unitVectors(40_000, 64);
    const vectorOf = (id: number): Float32Array => all[id]!;
    const alone = new Int8Index({ dimensions: 64, vectorOf, numThreads: 1 });
    const shared = new Int8Index({ dimensions: 64, vectorOf, numThreads: 4 });
    const queries = unitVectors(70, 64, 2);
    for (let round = 0; round < 8; round++) {
      for (let id = 5000 * round; id < 5000 * (round + 1); id++)
        for (const index of [alone, shared]) index.add(id, all[id]!);
      for (let id = round; id < 5000 * round; id += 97) for (const index of [alone, shared]) index.remove(id);
      expect(shared.searchMany(queries, 5)).toEqual(alone.searchMany(queries, 5));
      // helpers start while the first rounds are searched: some by one thread, some by all
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    shared.close();
    expect(shared.searchMany(queries, 5)).toEqual(alone.searchMany(queries, 5)); // helpers start again
    shared.close();
  });

  test('vectors are kept for as long as there are no codes of them', () => {
    const vectors = new Map<number, Float32Array>();
    const index = createExactIndex(2, { vectorOf: (id) => vectors.get(id) ?? null, kept: 3 });
    for (let id = 0; id < 600; id++) {
      const vector = Float32Array.of(Math.cos(id / 600), Math.sin(id / 600));
      vectors.set(id, vector);
      index.add(id, vector);
      expect(index.search(vector, 1)[0]?.id).toBe(id);
    }
    index.close();
  });

  test('vectors that are gone, or are others than were added, are not found', () => {
    const vectors = new Map(unitVectors(200, 32).map((vector, id) => [id, vector]));
    const index = new Int8Index({ dimensions: 32, vectorOf: (id) => vectors.get(id) ?? null });
    for (const [id, vector] of vectors) index.add(id, vector);
    const query = vectors.get(3)!;
    vectors.delete(3);
    vectors.set(4, query);
    expect(index.search(query, 200).map(({ id }) => id)).not.toContain(3);
    expect(index.search(query, 200).map(({ id }) => id)).not.toContain(4);
    index.close();
  });

  test('what is no vector of numbers is refused', () => {
    const index = new Int8Index({ dimensions: 3, vectorOf: () => null });
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e30])
      expect(() => index.add(1, Float32Array.of(0, value, 0))).toThrow(
        'expected an embedding of finite numbers',
      );
    expect(index.size).toBe(0);
    expect(() => index.search(Float32Array.of(0, Number.NaN, 0), 1)).not.toThrow(); // nobody is there
    index.close();
  });
});

describe('hnsw index', () => {
  /** People of ten photos each: what galleries hold, and what a graph of neighbors is good at. */
  function people(count: number): Float32Array[] {
    const noise = unitVectors(10 * count, 64, 4);
    return unitVectors(count, 64).flatMap((center, person) =>
      noise.slice(10 * person, 10 * person + 10).map((own) => {
        const mixed = center.map((value, i) => value + 0.8 * own[i]!);
        const norm = Math.hypot(...mixed);
        return mixed.map((value) => value / norm);
      }),
    );
  }

  test('finds nearly all of the nearest, with their exact similarities, as vectors come and go', () => {
    const all = people(300);
    const [graph, exact] = [createHnswIndex(64), createExactIndex(64)];
    for (const index of [graph, exact]) {
      for (const [id, vector] of all.entries()) index.add(id, vector);
      for (let id = 0; id < all.length; id += 7) expect(index.remove(id)).toBe(true);
    }
    const queries = all.filter((_, id) => id % 21 === 0);
    const expected = exact.searchMany(queries, 5);
    const found = graph.searchMany(queries, 5);
    const isFound = expected.flatMap((hits, i) =>
      hits.map(({ id }) => found[i]!.some((hit) => hit.id === id)),
    );
    expect(isFound.filter(Boolean).length / isFound.length).toBeGreaterThan(0.99);
    const similarityOf = new Map(expected[3]!.map(({ id, similarity }) => [id, similarity]));
    for (const { id, similarity } of found[3]!) expect(similarity).toBe(similarityOf.get(id) ?? similarity);
    expect(graph.size).toBe(exact.size);
    expect(graph.get(7)).toBeNull();
    expect(graph.get(8)).toEqual(all[8]);
    expect(graph.remove(7)).toBe(false);
    expect(() => graph.add(8, all[8]!)).toThrow('already has a vector 8');
    expect(() => graph.search(new Float32Array(3), 1)).toThrow('64 numbers but received 3');
  });
});
