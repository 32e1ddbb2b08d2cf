import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Env } from '@semblance/core';
import type { ErrorCode } from '../error.ts';
import type { NumberedFace } from './verify.ts';

/** What a photo gave: its faces, or why it cannot be used. */
export type CachedFaces =
  | { faces: NumberedFace[]; error: null }
  | { faces: null; error: { code: ErrorCode; message: string } };

/** Faces that were embedded before, by content, models and options: a folder is searched again in no time. */
export interface FaceCache {
  get(key: string): CachedFaces | null;
  set(key: string, value: CachedFaces): void;
  close(): void;
}

/** `$XDG_CACHE_HOME/semblance`, or `~/.cache/semblance`. */
export function faceCacheFolder(env: Env): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'semblance');
}

/** Opens the cache in a folder, which is made where it is missing, for its owner alone: embeddings are personal data. */
export function openFaceCache(dir: string): FaceCache {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const db = new DatabaseSync(join(dir, 'faces.db'));
  // losing the last seconds of a cache costs nothing but computing them again
  db.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  db.exec(
    'CREATE TABLE IF NOT EXISTS photo_faces (key TEXT PRIMARY KEY, found TEXT NOT NULL, vectors BLOB NOT NULL) WITHOUT ROWID',
  );
  const select = db.prepare('SELECT found, vectors FROM photo_faces WHERE key = ?');
  const insert = db.prepare('INSERT OR REPLACE INTO photo_faces VALUES (?, ?, ?)');
  return {
    get(key) {
      const row = select.get(key);
      return row ? decode(String(row.found), row.vectors as Uint8Array) : null;
    },
    set(key, value) {
      insert.run(key, ...encode(value));
    },
    close() {
      db.close();
    },
  };
}

function encode({ faces, error }: CachedFaces): [found: string, vectors: Uint8Array] {
  if (error) return [JSON.stringify({ error }), new Uint8Array()];
  const vectors = Buffer.concat(
    faces.map(({ embedding: { buffer, byteOffset, byteLength } }) =>
      Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength),
    ),
  );
  return [JSON.stringify({ faces: faces.map(({ embedding: _, ...face }) => face) }), vectors];
}

function decode(found: string, vectors: Uint8Array): CachedFaces {
  const { faces, error } = JSON.parse(found) as
    | { faces: Omit<NumberedFace, 'embedding'>[]; error?: undefined }
    | { faces?: undefined; error: NonNullable<CachedFaces['error']> };
  if (error) return { faces: null, error };
  const values = new Float32Array(vectors.slice().buffer);
  const size = values.length / Math.max(1, faces.length);
  return {
    faces: faces.map((face, i) => ({ ...face, embedding: values.slice(i * size, (i + 1) * size) })),
    error: null,
  };
}
