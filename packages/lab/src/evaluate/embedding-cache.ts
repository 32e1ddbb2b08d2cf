import { type Cache, openCache } from '@semblance/core/cache';
import type { ErrorCode } from '../error.ts';

/** What a photo gave: a unit vector and what it counts in a template, or the reason why there is none. */
export type CachedEmbedding =
  | { embedding: Float32Array; weight: number; error: null }
  | { embedding: null; weight: null; error: { code: ErrorCode; message: string } };

/** Embeddings that were computed before, by content: an evaluation that was interrupted goes on where it stopped. */
export type EmbeddingCache = Cache<CachedEmbedding>;

/** Opens the cache in a folder. */
export const openEmbeddingCache = (dir: string): EmbeddingCache =>
  openCache<CachedEmbedding>(dir, {
    file: 'embeddings.db',
    table: 'photo_embeddings',
    columns: { vector: 'BLOB', weight: 'REAL', error: 'TEXT' },
    encode({ embedding, weight, error }) {
      const vector =
        embedding && new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength);
      return [vector, weight, error && JSON.stringify(error)];
    },
    decode({ vector, weight, error }) {
      if (vector instanceof Uint8Array)
        return { embedding: new Float32Array(vector.slice().buffer), weight: Number(weight), error: null };
      return { embedding: null, weight: null, error: JSON.parse(String(error)) };
    },
  });
