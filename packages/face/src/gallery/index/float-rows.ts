import type { VectorSource } from '../vector-index.ts';
import { Rows } from './rows.ts';

const CHUNK_ROWS = 128;

/** Vectors in memory as they are, by id; growing copies none of them. */
export class FloatRows {
  readonly #dimensions: number;
  readonly #rows = new Rows();
  readonly #chunks: Float32Array[] = [];

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
  }

  get size(): number {
    return this.#rows.size;
  }

  add(id: number, vector: Float32Array): void {
    this.#at(this.#rows.take(id)).set(vector);
  }

  remove(id: number): void {
    const row = this.#rows.delete(id);
    if (row !== undefined) this.#at(row).fill(0);
  }

  /** A view that lasts until the vector is removed. */
  readonly get: VectorSource = (id) => {
    const row = this.#rows.rowOf(id);
    return row === undefined ? null : this.#at(row);
  };

  ids(): IterableIterator<number> {
    return this.#rows.ids();
  }

  #at(row: number): Float32Array {
    const chunk = Math.floor(row / CHUNK_ROWS);
    while (chunk >= this.#chunks.length) this.#chunks.push(new Float32Array(CHUNK_ROWS * this.#dimensions));
    const start = (row % CHUNK_ROWS) * this.#dimensions;
    return this.#chunks[chunk]!.subarray(start, start + this.#dimensions);
  }
}
