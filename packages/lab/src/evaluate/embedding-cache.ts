import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ErrorCode } from '../error.ts';

/** What a photo gave: a unit vector and what it counts in a template, or the reason why there is none. */
export type CachedEmbedding =
  | { embedding: Float32Array; weight: number; error: null }
  | { embedding: null; weight: null; error: { code: ErrorCode; message: string } };

/** Embeddings that were computed before, by content: an evaluation that was interrupted goes on where it stopped. */
export interface EmbeddingCache {
  get(key: string): CachedEmbedding | null;
  set(key: string, value: CachedEmbedding): void;
  close(): void;
}

/** `$XDG_CACHE_HOME/semblance`, or what stands for it. */
export function defaultCacheDir(env: Readonly<Record<string, string | undefined>>): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'semblance');
}

/** Opens the cache in a folder, which is made where it is missing. */
export function openEmbeddingCache(dir: string): EmbeddingCache {
  mkdirSync(dir, { recursive: true });
  const db = new DatabaseSync(join(dir, 'embeddings.db'));
  // losing the last seconds of a cache costs nothing but computing them again
  db.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  db.exec(
    'CREATE TABLE IF NOT EXISTS photo_embeddings (key TEXT PRIMARY KEY, vector BLOB, weight REAL, error TEXT) WITHOUT ROWID',
  );
  const select = db.prepare('SELECT vector, weight, error FROM photo_embeddings WHERE key = ?');
  const insert = db.prepare('INSERT OR REPLACE INTO photo_embeddings VALUES (?, ?, ?, ?)');
  return {
    get(key) {
      const row = select.get(key);
      if (!row) return null;
      if (row.vector instanceof Uint8Array) {
        const embedding = new Float32Array(row.vector.slice().buffer);
        return { embedding, weight: Number(row.weight), error: null };
      }
      return { embedding: null, weight: null, error: JSON.parse(String(row.error)) };
    },
    set(key, { embedding, weight, error }) {
      const vector =
        embedding && new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength);
      insert.run(key, vector, weight, error && JSON.stringify(error));
    },
    close() {
      db.close();
    },
  };
}
