import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { StoreMark } from '../store.ts';
import { CHANGES_SQL, markOf } from './sqlite-changes.ts';
import { identityOf, openGalleryFile, type SqliteStoreOptions } from './sqlite-file.ts';

const SQL = {
  readMeta: `SELECT value FROM meta WHERE key = 'gallery'`,
  writeMeta: `INSERT INTO meta VALUES ('gallery', ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
  addSubject: 'INSERT INTO subjects (name) VALUES (?) ON CONFLICT DO NOTHING',
  addFace: `INSERT INTO embeddings (id, subject_id, vector, source, content_hash, quality, origin, crop)
    VALUES (?, (SELECT id FROM subjects WHERE name = ?), ?, ?, ?, ?, ?, ?)`,
  faces: `SELECT e.id, s.name AS subject, vector, source, content_hash, quality, origin
    FROM embeddings e JOIN subjects s ON s.id = e.subject_id ORDER BY e.id`,
  face: `SELECT e.id, s.name AS subject, vector, source, content_hash, quality, origin
    FROM embeddings e JOIN subjects s ON s.id = e.subject_id WHERE e.id = ?`,
  subjectOfFaces: 'SELECT e.id, s.name FROM embeddings e JOIN subjects s ON s.id = e.subject_id',
  facesOfContent: 'SELECT id FROM embeddings WHERE content_hash IN (SELECT value FROM json_each(?))',
  hasFace: 'SELECT 1 FROM embeddings WHERE id = ?',
  vector: 'SELECT vector FROM embeddings WHERE id = ?',
  crop: 'SELECT crop FROM embeddings WHERE id = ?',
  removeFace: 'DELETE FROM embeddings WHERE id = ?',
  subjectOfFace: 'SELECT subject_id FROM embeddings WHERE id = ?',
  subject: 'SELECT id FROM subjects WHERE name = ?',
  prune: 'DELETE FROM subjects WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM embeddings WHERE subject_id = ?1)',
  subjects: `SELECT name, count(*) AS num_faces FROM subjects s JOIN embeddings e ON e.subject_id = s.id
    GROUP BY s.id`,
  facesOf: `SELECT e.id FROM embeddings e JOIN subjects s ON s.id = e.subject_id WHERE s.name = ? ORDER BY e.id`,
  moveFaces: `UPDATE embeddings SET subject_id = (SELECT id FROM subjects WHERE name = ?)
    WHERE subject_id = (SELECT id FROM subjects WHERE name = ?)`,
  addNegative:
    'INSERT INTO negatives (id, subject_id, vector, source, content_hash, crop) VALUES (?, ?, ?, ?, ?, ?)',
  hasNegative: 'SELECT 1 FROM negatives WHERE id = ?',
  negativesOfContent: 'SELECT id FROM negatives WHERE content_hash IN (SELECT value FROM json_each(?))',
  removeNegative: 'DELETE FROM negatives WHERE id = ?',
  negatives: `SELECT n.id, s.name AS subject, vector, source, content_hash, crop, created_at
    FROM negatives n JOIN subjects s ON s.id = n.subject_id ORDER BY n.id`,
  moveNegatives: `UPDATE negatives SET subject_id = (SELECT id FROM subjects WHERE name = ?)
    WHERE subject_id = (SELECT id FROM subjects WHERE name = ?)`,
  version: 'PRAGMA data_version',
  ...CHANGES_SQL,
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
}

export function openAt(path: string, options: SqliteStoreOptions): Opened {
  const db = openGalleryFile(path, options);
  const statement = Object.fromEntries(
    Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]),
  ) as Opened['statement'];
  const told = markOf(statement);
  if (!options.readOnly) statement.forgetChanges.run(told.seq);
  return { db, identity: identityOf(path), statement, version: versionOf(statement), told };
}

export const versionOf = ({ version }: Opened['statement']): number => Number(version.get()!.data_version);
