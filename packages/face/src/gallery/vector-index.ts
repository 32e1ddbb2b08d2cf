import type { Int8Index } from './index/int8-index.ts';

/** A vector found by a search. */
export interface VectorHit {
  id: number;
  /** Cosine, −1 to 1. */
  similarity: number;
}

/**
 * Finds the vectors most like a query. Implementations are in `index/`; one conformance suite (`index/index-suite.ts`)
 * runs for each.
 */
export interface VectorIndex {
  readonly size: number;
  /** Adds a unit vector; the index keeps its own copy. */
  add(id: number, vector: Float32Array): void;
  /** Removes a vector; false where there is none of that id. */
  remove(id: number): boolean;
  /** A copy of a vector; null where there is none of that id. */
  get(id: number): Float32Array | null;
  /** The `k` most similar vectors by falling similarity, of equal ones the lower id first; all of them where there are fewer. */
  search(query: Float32Array, k: number): VectorHit[];
  /** The same for several queries, in as few passes over the memory as there can be. */
  searchMany(queries: readonly Float32Array[], k: number): VectorHit[][];
  /** Ends threads that the index started; it is not used afterwards. */
  close(): void;
}

/** Where an index that keeps codes reads a vector itself: one that was added under that id; null where it is gone. */
export type VectorSource = (id: number) => Float32Array | null;

/** An index that can be kept in a file, see `index-file/`. */
export interface KeepableIndex extends VectorIndex {
  /** What there is to be kept; null while it is not worth a file. */
  readonly codes: Int8Index | null;
  /** The same, to be filled; null where the index has vectors, or has nowhere to read them. */
  restore(): Int8Index | null;
}

export const isKeepable = (index: VectorIndex): index is KeepableIndex =>
  'codes' in index && 'restore' in index;
