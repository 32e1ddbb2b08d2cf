import { createRequire } from 'node:module';
import type { VectorHit, VectorIndex, VectorSource } from '../vector-index.ts';
import { checkLength, checkNew } from './checks.ts';
import { FloatRows } from './float-rows.ts';
import { rerank, unbounded } from './rerank.ts';

// its ES module looks for its binary without end where `node -e` has made __dirname a global
const { Index, MetricKind, ScalarKind } = createRequire(import.meta.url)(
  'usearch',
) as typeof import('usearch');

export interface HnswIndexOptions {
  /** Where vectors can be read that were added; without it all of them are kept in memory. */
  vectorOf?: VectorSource;
  /** Neighbors of a vector in the graph. */
  connectivity?: number;
  /** Vectors that are looked at to add one: more make a better graph, and take longer. */
  expansionAdd?: number;
  /** Vectors that are looked at for a query: more find more of the nearest, and take longer. */
  expansionSearch?: number;
}

/**
 * Approximate search by a graph of neighbors (HNSW), over int8: a thousand times fewer comparisons than an exact index
 * makes of a million vectors, and now and then one of the nearest is missed.
 *
 * Source: Malkov and Yashunin, Efficient and robust approximate nearest neighbor search using hierarchical navigable small
 * world graphs (2018), by USearch. Similarities are exact: those of the vectors that the graph finds.
 */
export function createHnswIndex(
  dimensions: number,
  { vectorOf: given, connectivity = 16, expansionAdd = 128, expansionSearch = 128 }: HnswIndexOptions = {},
): VectorIndex {
  const vectors = given ? null : new FloatRows(dimensions);
  const vectorOf = given ?? vectors!.get;
  const graph = new Index({
    dimensions,
    metric: MetricKind.Cos,
    quantization: ScalarKind.I8,
    connectivity,
    expansion_add: expansionAdd,
    expansion_search: expansionSearch,
    multi: false,
  });
  const ids = new Set<number>();

  function search(query: Float32Array, k: number): VectorHit[] {
    checkLength(query, dimensions);
    const count = Math.min(k, ids.size);
    if (!(count > 0)) return [];
    // its own order is by codes of a byte for each number
    const { keys } = graph.search(query.slice(), Math.min(2 * count, ids.size), 1);
    const found = Array.from(keys, Number).filter((id) => ids.has(id));
    return rerank(query, unbounded(found), count, (id) => id, vectorOf);
  }

  return {
    get size() {
      return ids.size;
    },
    add(id, vector) {
      checkLength(vector, dimensions);
      checkNew(ids.has(id), id);
      vectors?.add(id, vector);
      graph.add(BigInt(id), vector.slice());
      ids.add(id);
    },
    remove(id) {
      if (!ids.delete(id)) return false;
      graph.remove(BigInt(id));
      vectors?.remove(id);
      return true;
    },
    get: (id) => (ids.has(id) ? (vectorOf(id)?.slice() ?? null) : null),
    search,
    searchMany: (queries, k) => queries.map((query) => search(query, k)),
    close() {},
  };
}
