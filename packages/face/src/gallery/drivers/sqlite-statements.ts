import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { GallerySeal } from '../sealing/gallery-seal.ts';
import type { StoreMark } from '../store.ts';
import { CHANGES_SQL, markOf } from './sqlite-changes.ts';
import { plainCodec, type RowCodec, sealedCodec } from './sqlite-codec.ts';
import { identityOf, openGalleryFile, type SqliteStoreOptions } from './sqlite-file.ts';
import { MOVES_SQL } from './sqlite-moves.ts';
import { PROFILES_SQL } from './sqlite-profiles.ts';
import { openSeal, SEAL_SQL } from './sqlite-seal.ts';

/** The name of a row's key, null in a gallery that is not encrypted. */
const KEY_OF = '(SELECT k.key_id FROM subject_keys k WHERE k.subject_id = e.subject_id) AS key_id';

const SQL = {
  readMeta: `SELECT value FROM meta WHERE key = 'gallery'`,
  writeMeta: `INSERT INTO meta VALUES ('gallery', ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
  addSubject: 'INSERT INTO subjects (name) VALUES (?) ON CONFLICT DO NOTHING',
  addFace: `INSERT INTO embeddings (id, subject_id, vector, source, content_hash, crop, quality, origin, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, coalesce(?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')))`,
  faces: `SELECT e.id, s.name AS subject, vector, source, content_hash, quality, origin, ${KEY_OF}
    FROM embeddings e JOIN subjects s ON s.id = e.subject_id ORDER BY e.id`,
  face: `SELECT e.id, s.name AS subject, vector, source, content_hash, quality, origin, ${KEY_OF}
    FROM embeddings e JOIN subjects s ON s.id = e.subject_id WHERE e.id = ?`,
  subjectOfFaces: 'SELECT e.id, s.name FROM embeddings e JOIN subjects s ON s.id = e.subject_id',
  facesOfContent: 'SELECT id FROM embeddings WHERE content_hash IN (SELECT value FROM json_each(?))',
  hasFace: 'SELECT 1 FROM embeddings WHERE id = ?',
  vector: `SELECT e.id, vector, ${KEY_OF} FROM embeddings e WHERE e.id = ?`,
  crop: `SELECT e.id, crop, ${KEY_OF} FROM embeddings e WHERE e.id = ?`,
  removeFace: 'DELETE FROM embeddings WHERE id = ?',
  subjectOfFace: 'SELECT subject_id FROM embeddings WHERE id = ?',
  subject: 'SELECT id FROM subjects WHERE name = ?',
  prune: `DELETE FROM subjects WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM embeddings WHERE subject_id = ?1)
    AND NOT EXISTS (SELECT 1 FROM profiles WHERE subject_id = ?1 AND is_kept)`,
  subjects: `SELECT name, count(*) AS num_faces FROM subjects s JOIN embeddings e ON e.subject_id = s.id
    GROUP BY s.id`,
  facesOf: `SELECT e.id FROM embeddings e JOIN subjects s ON s.id = e.subject_id WHERE s.name = ? ORDER BY e.id`,
  moveFaces: `UPDATE embeddings SET subject_id = (SELECT id FROM subjects WHERE name = ?)
    WHERE subject_id = (SELECT id FROM subjects WHERE name = ?)`,
  addNegative:
    'INSERT INTO negatives (id, subject_id, vector, source, content_hash, crop) VALUES (?, ?, ?, ?, ?, ?)',
  hasNegative: 'SELECT 1 FROM negatives WHERE id = ?',
  negativesOfContent: 'SELECT id FROM negatives WHERE content_hash IN (SELECT value FROM json_each(?))',
  negativesOfFaces: `SELECT id FROM negatives WHERE content_hash IN
    (SELECT content_hash FROM embeddings WHERE id IN (SELECT value FROM json_each(?)))`,
  removeNegative: 'DELETE FROM negatives WHERE id = ?',
  negatives: `SELECT e.id, s.name AS subject, vector, source, content_hash, crop, created_at, ${KEY_OF}
    FROM negatives e JOIN subjects s ON s.id = e.subject_id ORDER BY e.id`,
  lastId: 'SELECT seq FROM sqlite_sequence WHERE name = ?',
  moveNegatives: `UPDATE negatives SET subject_id = (SELECT id FROM subjects WHERE name = ?)
    WHERE subject_id = (SELECT id FROM subjects WHERE name = ?)`,
  version: 'PRAGMA data_version',
  ...CHANGES_SQL,
  ...SEAL_SQL,
  ...MOVES_SQL,
  ...PROFILES_SQL,
};

/** A database that is open, and which file it is. */
export interface Opened {
  db: DatabaseSync;
  identity: string;
  statement: Record<keyof typeof SQL, StatementSync>;
  /** SQLite's count of what other connections changed. */
  version: number;
  /** What the store has told of. */
  told: StoreMark;
  /** The keys that rows are sealed by; null in a gallery that is not encrypted. */
  seal: GallerySeal | null;
  codec: RowCodec;
  /** Who was erased by the last removal, and of whom no receipt has been made yet. */
  erased: ErasedSubject[];
  /** Bytes of the log once that was done. */
  logBytes: number;
}

/** Somebody whose last face is gone from an encrypted gallery. */
export interface ErasedSubject {
  name: string;
  keyId: Uint8Array;
  faceIds: number[];
}

export function openAt(path: string, options: SqliteStoreOptions): Opened {
  const db = openGalleryFile(path, options);
  let seal: GallerySeal | null = null;
  try {
    seal = openSeal(db, options);
    const statement = statementsOf(db);
    const told = markOf(statement);
    if (!options.readOnly) statement.forgetChanges.run(told.seq);
    const codec = seal ? sealedCodec(path, seal) : plainCodec(path);
    const version = versionOf(statement);
    return { db, identity: identityOf(path), statement, version, told, seal, codec, erased: [], logBytes: 0 };
  } catch (error) {
    seal?.close();
    db.close();
    throw error;
  }
}

export const statementsOf = (db: DatabaseSync): Opened['statement'] =>
  Object.fromEntries(
    Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]),
  ) as Opened['statement'];

export function closeOpened({ db, seal }: Opened): void {
  db.close();
  seal?.close();
}

export const versionOf = ({ version }: Opened['statement']): number => Number(version.get()!.data_version);
