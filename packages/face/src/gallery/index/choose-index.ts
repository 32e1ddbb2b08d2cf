import type { VectorIndex, VectorSource } from '../vector-index.ts';
import { createExactIndex } from './exact-index.ts';

/** Makes an empty index; `vectorOf` reads a vector that was added, where the gallery's store can. */
export type MakeIndex = (dimensions: number, vectorOf?: VectorSource) => VectorIndex | Promise<VectorIndex>;

/** Kinds of indexes by name: `exact` finds the most similar, `hnsw` most of them in less than a thousandth of the comparisons. */
const kinds = {
  exact: (dimensions, vectorOf) => createExactIndex(dimensions, { vectorOf }),
  // USearch's addon is loaded where it is asked for
  hnsw: async (dimensions, vectorOf) =>
    (await import('./hnsw-index.ts')).createHnswIndex(dimensions, { vectorOf }),
} satisfies Record<string, MakeIndex>;

/** What a gallery searches with: a kind by its name, or an index of your own. */
export type IndexChoice = keyof typeof kinds | MakeIndex;

export const makerOf = (choice: IndexChoice = 'exact'): MakeIndex =>
  typeof choice === 'string' ? kinds[choice] : choice;
