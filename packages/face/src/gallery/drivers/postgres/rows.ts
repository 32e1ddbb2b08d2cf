import { SemblanceError } from '../../../error.ts';
import type { FaceOrigin, StoredFace, StoredNegative } from '../../store.ts';

/** A row as node-postgres gives it: BIGINT as text, BYTEA as bytes. */
export type Row = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | null => (value == null ? null : String(value));

/** Text as PostgreSQL can hold it. @throws SemblanceError DATA_INVALID */
export function storable(value: string): string {
  if (!value.includes('\0')) return value;
  throw new SemblanceError('DATA_INVALID', 'PostgreSQL holds no text with a zero byte in it');
}

/** The bytes of an embedding, as they are stored. */
export const vectorBytes = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);

/** @throws SemblanceError GALLERY_CORRUPT */
export function embeddingOf(where: string, { id, vector }: Row): Float32Array {
  if (!(vector instanceof Uint8Array) || vector.byteLength % 4 !== 0)
    throw new SemblanceError('GALLERY_CORRUPT', `embedding ${id} of ${where} is damaged`);
  // bytes may start anywhere in their buffer; floats must not
  return new Float32Array(new Uint8Array(vector).buffer);
}

export const storedFace = (where: string, row: Row): StoredFace => ({
  id: Number(row.id),
  subject: String(row.subject),
  embedding: embeddingOf(where, row),
  source: text(row.source),
  contentHash: text(row.content_hash),
  quality: row.quality == null ? null : Number(row.quality),
  origin: String(row.origin) as FaceOrigin,
});

export const storedNegative = (where: string, row: Row): StoredNegative => ({
  id: Number(row.id),
  subject: String(row.subject),
  embedding: embeddingOf(where, row),
  source: text(row.source),
  contentHash: text(row.content_hash),
  crop: row.crop instanceof Uint8Array ? new Uint8Array(row.crop) : null,
  createdAt: (row.created_at as Date).toISOString(),
});
