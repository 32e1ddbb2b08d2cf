import { type Cache, openCache } from '@semblance/core/cache';
import type { ErrorCode } from '../error.ts';
import type { NumberedFace } from './verify.ts';

/** What a photo gave: its faces, or why it cannot be used. */
export type CachedFaces =
  | { faces: NumberedFace[]; error: null }
  | { faces: null; error: { code: ErrorCode; message: string } };

/** Faces that were embedded before, by content, models and options: a folder is searched again in no time. */
export type FaceCache = Cache<CachedFaces>;

/** Opens the cache in a folder. */
export const openFaceCache = (dir: string): FaceCache =>
  openCache<CachedFaces>(dir, {
    file: 'faces.db',
    table: 'photo_faces',
    columns: { found: 'TEXT NOT NULL', vectors: 'BLOB NOT NULL' },
    encode,
    decode: ({ found, vectors }) => decode(String(found), vectors as Uint8Array),
  });

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
