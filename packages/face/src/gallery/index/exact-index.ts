import type { KeepableIndex, VectorHit, VectorIndex, VectorSource } from '../vector-index.ts';
import { checkLength } from './checks.ts';
import { FloatRows } from './float-rows.ts';
import { Int8Index, type Int8IndexOptions } from './int8-index.ts';
import { rerank, unbounded } from './rerank.ts';

/** Up to so many vectors each is compared: starting a kernel would take longer. */
const EACH_COMPARED = 500;
/** Beyond so many vectors only codes are in memory, where the vectors can be read elsewhere: 40 MB of 512 numbers each. */
const KEPT = 20_000;

export interface ExactIndexOptions extends Partial<Pick<Int8IndexOptions, 'kernel' | 'numThreads'>> {
  /** Where vectors can be read that were added; without it all of them are kept in memory. */
  vectorOf?: VectorSource;
  /** Vectors up to which they are kept in memory all the same. */
  kept?: number;
}

/**
 * Exact search over unit vectors: what comparing all of them in float64 would find.
 *
 * A few vectors are compared one by one. More are searched by codes of a byte for each number, in one pass over the memory
 * with all processors, and those that may be among the best are then compared exactly.
 *
 * @example
 * ```ts
 * import { createExactIndex } from '@semblance/face/gallery';
 *
 * const index = createExactIndex(2);
 * index.add(7, Float32Array.of(0.6, 0.8));
 * console.log(index.search(Float32Array.of(1, 0), 1)); // …id: 7, similarity: 0.6…
 * index.close();
 * ```
 */
export function createExactIndex(dimensions: number, options: ExactIndexOptions = {}): VectorIndex {
  return new ExactIndex(dimensions, options);
}

class ExactIndex implements KeepableIndex {
  readonly #dimensions: number;
  readonly #options: ExactIndexOptions;
  /** Null once only codes are kept. */
  #vectors: FloatRows | null;
  #codes: Int8Index | null = null;

  constructor(dimensions: number, options: ExactIndexOptions) {
    this.#dimensions = dimensions;
    this.#options = options;
    this.#vectors = new FloatRows(dimensions);
  }

  get size(): number {
    return (this.#codes ?? this.#vectors!).size;
  }

  get codes(): Int8Index | null {
    return this.#vectors ? null : this.#codes;
  }

  restore(): Int8Index | null {
    if (!this.#options.vectorOf || this.size > 0) return null;
    this.#encode(this.#vectors!);
    this.#vectors = null;
    return this.#codes;
  }

  add(id: number, vector: Float32Array): void {
    checkLength(vector, this.#dimensions);
    this.#vectors?.add(id, vector);
    this.#codes?.add(id, vector);
    if (!this.#codes && this.size > EACH_COMPARED) this.#encode(this.#vectors!);
    // a few vectors have no codes and are kept, however few were asked for
    if (this.#codes && this.#options.vectorOf && this.size > (this.#options.kept ?? KEPT))
      this.#vectors = null;
  }

  remove(id: number): boolean {
    if (!this.#has(id)) return false;
    this.#vectors?.remove(id);
    this.#codes?.remove(id);
    return true;
  }

  get(id: number): Float32Array | null {
    if (!this.#has(id)) return null;
    return this.#vectorOf(id)?.slice() ?? null;
  }

  search(query: Float32Array, k: number): VectorHit[] {
    return this.searchMany([query], k)[0]!;
  }

  searchMany(queries: readonly Float32Array[], k: number): VectorHit[][] {
    for (const query of queries) checkLength(query, this.#dimensions);
    if (this.#codes) return this.#codes.searchMany(queries, k);
    const count = Math.min(k, this.size);
    if (!(count > 0)) return queries.map(() => []);
    const all = unbounded(this.#vectors!.ids());
    return queries.map((query) => rerank(query, all, count, (id) => id, this.#vectorOf));
  }

  close(): void {
    this.#codes?.close();
  }

  readonly #vectorOf: VectorSource = (id) =>
    this.#vectors ? this.#vectors.get(id) : this.#options.vectorOf!(id);

  #has(id: number): boolean {
    return this.#codes ? this.#codes.rows.rowOf(id) !== undefined : this.#vectors!.get(id) !== null;
  }

  #encode(vectors: FloatRows): void {
    const { kernel, numThreads } = this.#options;
    this.#codes = new Int8Index({
      dimensions: this.#dimensions,
      vectorOf: this.#vectorOf,
      kernel,
      numThreads,
    });
    for (const id of vectors.ids()) this.#codes.add(id, vectors.get(id)!);
  }
}
