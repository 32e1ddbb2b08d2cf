import type { SQLOutputValue } from 'node:sqlite';
import { SemblanceError } from '../../error.ts';
import type { FaceOrigin, GalleryMeta, StoredFace, StoredNegative } from '../store.ts';

/** The bytes of an embedding, as they are stored. */
export const vectorBytes = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** @throws SemblanceError GALLERY_CORRUPT */
export function embeddingOf(
  path: string,
  id: number,
  vector: SQLOutputValue | undefined,
): Float32Array | null {
  if (vector === undefined) return null;
  if (!(vector instanceof Uint8Array) || vector.byteLength % 4 !== 0) {
    throw new SemblanceError('GALLERY_CORRUPT', `embedding ${id} of ${path} is damaged`);
  }
  // a blob may start anywhere in its buffer; floats must not
  return new Float32Array(vector.slice().buffer);
}

const text = (value: SQLOutputValue | undefined): string | null => (value == null ? null : String(value));

/** @throws SemblanceError GALLERY_CORRUPT */
export function storedFace(path: string, row: Record<string, SQLOutputValue>): StoredFace {
  return {
    id: Number(row.id),
    subject: String(row.subject),
    embedding: embeddingOf(path, Number(row.id), row.vector)!,
    source: text(row.source),
    contentHash: text(row.content_hash),
    quality: row.quality == null ? null : Number(row.quality),
    origin: String(row.origin) as FaceOrigin,
  };
}

/** @throws SemblanceError GALLERY_CORRUPT */
export function storedNegative(path: string, row: Record<string, SQLOutputValue>): StoredNegative {
  return {
    id: Number(row.id),
    subject: String(row.subject),
    embedding: embeddingOf(path, Number(row.id), row.vector)!,
    source: text(row.source),
    contentHash: text(row.content_hash),
    crop: row.crop instanceof Uint8Array ? row.crop : null,
    createdAt: String(row.created_at),
  };
}

/** @throws SemblanceError GALLERY_CORRUPT */
export function parseMeta(path: string, json: string): GalleryMeta {
  try {
    return JSON.parse(json) as GalleryMeta;
  } catch (cause) {
    throw new SemblanceError('GALLERY_CORRUPT', `the settings stored in ${path} are damaged`, { cause });
  }
}
