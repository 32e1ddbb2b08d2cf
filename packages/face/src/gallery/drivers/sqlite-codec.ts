import type { SQLOutputValue } from 'node:sqlite';
import { SemblanceError } from '../../error.ts';
import { open, seal } from '../sealing/cipher.ts';
import type { GallerySeal } from '../sealing/gallery-seal.ts';
import { type FaceSecrets, packedEmbedding, packFace, unpackFace } from '../sealing/packed-face.ts';

/** The tables whose rows are of somebody. */
export type FaceTable = 'embeddings' | 'negatives';
/** The tables that have JSON beside them, in `note`: of subjects, and of faces. */
export type NoteTable = 'profiles' | 'face_metadata';
export type Row = Record<string, SQLOutputValue>;

/** The columns that what is secret of a row is kept in. */
export type SecretColumns = [
  vector: Uint8Array,
  source: string | null,
  contentHash: string | null,
  crop: Uint8Array | null,
];

/**
 * How what is secret of a row is written and read. Rows have `id`, `key_id` and the columns that are asked for; what is null
 * belongs to somebody whose key was destroyed.
 */
export interface RowCodec {
  columns(
    table: FaceTable,
    id: number,
    keyId: Uint8Array | null,
    secrets: FaceSecrets & { crop: Uint8Array | null },
  ): SecretColumns;
  /** What stands for a photo's content in its column. */
  lookup(contentHash: string): string;
  /** JSON that is kept beside a subject or a face. */
  note(table: NoteTable, id: number, keyId: Uint8Array | null, json: string): string | Uint8Array;
  /** The same, read; null where there is none, or it cannot be read any more. */
  noted(table: NoteTable, row: Row): string | null;
  secrets(table: FaceTable, row: Row): FaceSecrets | null;
  embedding(row: Row): Float32Array | null;
  crop(table: FaceTable, row: Row): Uint8Array | null;
}

/** Rows in the clear. */
export function plainCodec(path: string): RowCodec {
  const embedding = ({ id, vector }: Row): Float32Array => {
    // a blob may start anywhere in its buffer; floats must not
    if (vector instanceof Uint8Array && vector.byteLength % 4 === 0)
      return new Float32Array(vector.slice().buffer);
    throw damaged(path, id);
  };
  return {
    columns: (
      _table,
      _id,
      _keyId,
      { embedding: { buffer, byteOffset, byteLength }, source, contentHash, crop },
    ) => [new Uint8Array(buffer, byteOffset, byteLength), source, contentHash, crop],
    lookup: (contentHash) => contentHash,
    note: (_table, _id, _keyId, json) => json,
    noted: (_table, { note }) => text(note),
    secrets: (_table, row) => ({
      embedding: embedding(row),
      source: text(row.source),
      contentHash: text(row.content_hash),
    }),
    embedding,
    crop: (_table, { crop }) => (crop instanceof Uint8Array ? crop : null),
  };
}

/**
 * Rows sealed under their subject's key: the embedding with the names of its photo in one piece, in `vector`, and the
 * crop; the photo's content is known by a keyed hash.
 */
export function sealedCodec(path: string, gallery: GallerySeal): RowCodec {
  function opened(table: FaceTable, column: 'vector' | 'crop', row: Row): Buffer | null {
    const [keyId, sealed] = [row.key_id, row[column]];
    if (!(keyId instanceof Uint8Array && sealed instanceof Uint8Array)) throw damaged(path, row.id);
    const key = gallery.keys.get(keyId);
    return key && open(key, sealed, gallery.context(table, column, Number(row.id)));
  }
  return {
    columns(table, id, keyId, { crop, ...secrets }) {
      const key = gallery.keys.get(keyId!)!;
      return [
        seal(key, packFace(secrets), gallery.context(table, 'vector', id)),
        null,
        secrets.contentHash === null ? null : gallery.lookup(secrets.contentHash),
        crop && seal(key, crop, gallery.context(table, 'crop', id)),
      ];
    },
    lookup: (contentHash) => gallery.lookup(contentHash),
    note: (table, id, keyId, json) =>
      seal(gallery.keys.get(keyId!)!, Buffer.from(json), gallery.context(table, 'note', id)),
    noted(table, { id, key_id: keyId, note }) {
      if (note == null) return null;
      if (!(keyId instanceof Uint8Array && note instanceof Uint8Array)) throw damaged(path, id);
      const key = gallery.keys.get(keyId);
      return key && open(key, note, gallery.context(table, 'note', Number(id))).toString();
    },
    secrets(table, row) {
      const bytes = opened(table, 'vector', row);
      return bytes && unpackFace(bytes);
    },
    embedding(row) {
      const bytes = opened('embeddings', 'vector', row);
      return bytes && packedEmbedding(bytes);
    },
    crop(table, row) {
      const bytes = row.crop == null ? null : opened(table, 'crop', row);
      return bytes && new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    },
  };
}

export const text = (value: SQLOutputValue | undefined): string | null =>
  value == null ? null : String(value);

const damaged = (path: string, id: SQLOutputValue | undefined): SemblanceError =>
  new SemblanceError('GALLERY_CORRUPT', `embedding ${id} of ${path} is damaged`);
