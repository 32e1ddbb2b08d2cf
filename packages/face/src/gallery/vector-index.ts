/** A vector found by a search. */
export interface VectorHit {
  id: number;
  /** Cosine, −1 to 1. */
  similarity: number;
}

/** Finds the vectors most like a query. Implementations: `exact-index.ts`; an approximate one can stand beside it. */
export interface VectorIndex {
  readonly size: number;
  /** Adds a unit vector; the index keeps its own copy. */
  add(id: number, vector: Float32Array): void;
  /** Removes a vector; false where there is none of that id. */
  remove(id: number): boolean;
  /** A copy of a vector; null where there is none of that id. */
  get(id: number): Float32Array | null;
  /** The `k` most similar vectors by falling similarity; all of them where there are fewer. */
  search(query: Float32Array, k: number): VectorHit[];
}
