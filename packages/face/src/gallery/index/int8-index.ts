import type { VectorHit, VectorIndex, VectorSource } from '../vector-index.ts';
import type { Candidates } from './candidates.ts';
import { checkLength } from './checks.ts';
import { encodeQuery } from './codes.ts';
import { bestKernel, type KernelKind } from './kernel/kernel.ts';
import { rerank } from './rerank.ts';
import { Rows } from './rows.ts';
import { MAX_QUERIES, Segments } from './segments.ts';
import { ScanThreads } from './threads.ts';

export interface Int8IndexOptions {
  dimensions: number;
  /** Where the vectors themselves are; the index keeps a code of a byte for each number. */
  vectorOf: VectorSource;
  /** The fastest that this engine has if not given. */
  kernel?: KernelKind;
  /** As many as there are processors if not given. */
  numThreads?: number;
}

/**
 * Exact search by int8 codes: one pass over the memory finds the rows that may be among the best, by bounds that hold
 * for every row (`codes.ts`); their vectors are then compared exactly.
 *
 * The result is that of comparing all vectors in float64, ties and all.
 */
export class Int8Index implements VectorIndex {
  readonly segments: Segments;
  readonly rows = new Rows();
  readonly #vectorOf: VectorSource;
  readonly #threads: ScanThreads;

  constructor({ dimensions, vectorOf, kernel = bestKernel(), numThreads }: Int8IndexOptions) {
    this.segments = new Segments(dimensions);
    this.#vectorOf = vectorOf;
    this.#threads = new ScanThreads(this.segments, kernel, numThreads);
  }

  get size(): number {
    return this.rows.size;
  }

  add(id: number, vector: Float32Array): void {
    checkLength(vector, this.segments.dimensions);
    const row = this.rows.take(id);
    try {
      this.segments.write(row, vector);
    } catch (error) {
      this.rows.delete(id);
      throw error;
    }
  }

  remove(id: number): boolean {
    const row = this.rows.delete(id);
    if (row === undefined) return false;
    this.segments.clear(row);
    return true;
  }

  get(id: number): Float32Array | null {
    return this.rows.rowOf(id) === undefined ? null : this.#vectorOf(id);
  }

  search(query: Float32Array, k: number): VectorHit[] {
    return this.searchMany([query], k)[0]!;
  }

  searchMany(queries: readonly Float32Array[], k: number): VectorHit[][] {
    for (const query of queries) checkLength(query, this.segments.dimensions);
    const count = Math.min(k, this.size);
    if (!(count > 0)) return queries.map(() => []);
    const hits: VectorHit[][] = [];
    for (let at = 0; at < queries.length; at += MAX_QUERIES) {
      const some = queries.slice(at, at + MAX_QUERIES);
      for (const [i, found] of this.#scan(some, count).entries()) {
        hits.push(rerank(some[i]!, found.sorted(), count, (row) => this.rows.idOf(row), this.#vectorOf));
      }
    }
    return hits;
  }

  close(): void {
    this.#threads.close();
  }

  /** One pass over the memory. */
  #scan(queries: readonly Float32Array[], k: number): Candidates[] {
    const { memories, capacity, layout } = this.segments;
    const encoded = queries.map(encodeQuery);
    for (const { buffer } of memories) {
      encoded.forEach(({ codes, params }, i) => {
        new Int8Array(buffer).set(codes, layout.queries + i * layout.length);
        new Float32Array(buffer).set([...params, Number.NEGATIVE_INFINITY], layout.params / 4 + 4 * i);
      });
    }
    const { end } = this.rows;
    const rowsOf = memories.map((_, i) => Math.max(0, Math.min(capacity, end - i * capacity)));
    return this.#threads.search({ k, numQueries: queries.length, rowsOf });
  }
}
