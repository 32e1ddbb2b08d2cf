import { existsSync } from 'node:fs';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { byCodeUnit } from '@semblance/core/files';
import { isBusy, transaction } from '@semblance/core/sqlite';
import { SemblanceError } from '../../error.ts';
import type { FaceOrigin, GalleryMeta, GalleryStore, NewFace, StoredFace, SubjectInfo } from '../store.ts';

export interface SqliteStoreOptions {
  /** Makes the file; the default expects it. */
  create?: boolean;
  /** Writes nothing, so that a gallery on a read-only disk can be searched. */
  readOnly?: boolean;
}

/** 'smbl' in the file's header: tells a gallery from any other SQLite file. */
const APPLICATION_ID = 0x736d626c;
const SCHEMA_VERSION = 1;

const SCHEMA = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE subjects (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE embeddings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    subject_id INTEGER NOT NULL REFERENCES subjects (id),
    vector BLOB NOT NULL,            -- float32, little-endian
    source TEXT,
    content_hash TEXT,
    quality REAL,
    origin TEXT NOT NULL,
    crop BLOB,                       -- JPEG
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
  );
  CREATE INDEX embeddings_by_subject ON embeddings (subject_id);
`;

/**
 * A gallery in one SQLite file (write-ahead log, synchronous FULL: a call that returned is on the disk).
 *
 * `Gallery.open` and `Gallery.create` use it; by itself it reads a gallery without building an index.
 *
 * @throws SemblanceError GALLERY_NOT_FOUND, GALLERY_EXISTS, GALLERY_BUSY, GALLERY_CORRUPT.
 * @example
 * ```ts
 * import { openSqliteStore } from '@semblance/face/gallery';
 *
 * const store = openSqliteStore('gallery/gallery.db', { readOnly: true });
 * console.log(await store.subjects()); // [ { name: 'ada', numFaces: 3 }, …
 * await store.close();
 * ```
 */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): GalleryStore {
  const { create = false, readOnly = false } = options;
  if (create && existsSync(path))
    throw new SemblanceError('GALLERY_EXISTS', `there is already a gallery at ${path}`);
  if (!create && !existsSync(path)) throw new SemblanceError('GALLERY_NOT_FOUND', `no gallery at ${path}`);
  const guard = <T>(action: () => T): T => {
    try {
      return action();
    } catch (cause) {
      throw explain(path, cause);
    }
  };
  const db = guard(() => openDatabase(path, create, readOnly));
  const statement = Object.fromEntries(
    Object.entries({
      readMeta: `SELECT value FROM meta WHERE key = 'gallery'`,
      writeMeta: `INSERT INTO meta VALUES ('gallery', ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
      addSubject: 'INSERT INTO subjects (name) VALUES (?) ON CONFLICT DO NOTHING',
      addFace: `INSERT INTO embeddings (id, subject_id, vector, source, content_hash, quality, origin, crop)
        VALUES (?, (SELECT id FROM subjects WHERE name = ?), ?, ?, ?, ?, ?, ?)`,
      faces: `SELECT e.id, s.name AS subject, vector, source, content_hash, quality, origin
        FROM embeddings e JOIN subjects s ON s.id = e.subject_id ORDER BY e.id`,
      hasFace: 'SELECT 1 FROM embeddings WHERE id = ?',
      crop: 'SELECT crop FROM embeddings WHERE id = ?',
      removeFace: 'DELETE FROM embeddings WHERE id = ?',
      prune: 'DELETE FROM subjects WHERE id NOT IN (SELECT subject_id FROM embeddings)',
      subjects: `SELECT name, count(*) AS num_faces FROM subjects s JOIN embeddings e ON e.subject_id = s.id
        GROUP BY s.id`,
      facesOf: `SELECT e.id FROM embeddings e JOIN subjects s ON s.id = e.subject_id WHERE s.name = ? ORDER BY e.id`,
      moveFaces: `UPDATE embeddings SET subject_id = (SELECT id FROM subjects WHERE name = ?)
        WHERE subject_id = (SELECT id FROM subjects WHERE name = ?)`,
    }).map(([name, sql]) => [name, guard(() => db.prepare(sql))]),
  );

  const write = <T>(action: () => T): T => guard(() => transaction(db, action));

  const idsOf = (name: string): number[] => statement.facesOf!.all(name).map(({ id }) => Number(id));

  return {
    async readMeta() {
      const row = guard(() => statement.readMeta!.get());
      return row ? parseMeta(path, String(row.value)) : null;
    },
    async writeMeta(meta) {
      write(() => statement.writeMeta!.run(JSON.stringify(meta)));
    },
    async addFaces(faces) {
      return write(() => faces.map((face) => addFace(face)));
    },
    async *faces() {
      const rows = guard(() => statement.faces!.iterate());
      while (true) {
        const { done, value } = guard(() => rows.next());
        if (done) return;
        yield storedFace(path, value);
      }
    },
    async crop(id) {
      const row = guard(() => statement.crop!.get(id));
      return row?.crop instanceof Uint8Array ? row.crop : null;
    },
    async removeFaces(ids) {
      return write(() => {
        const removed = ids.filter((id) => statement.removeFace!.run(id).changes > 0);
        statement.prune!.run();
        return removed;
      });
    },
    async subjects() {
      const rows = guard(() => statement.subjects!.all());
      return rows
        .map((row): SubjectInfo => ({ name: String(row.name), numFaces: Number(row.num_faces) }))
        .sort((a, b) => byCodeUnit(a.name, b.name));
    },
    async removeSubject(name) {
      return write(() => {
        const ids = idsOf(name);
        for (const id of ids) statement.removeFace!.run(id);
        statement.prune!.run();
        return ids;
      });
    },
    async renameSubject(from, to) {
      return write(() => {
        const numFaces = idsOf(from).length;
        if (numFaces === 0 || from === to) return numFaces;
        statement.addSubject!.run(to);
        statement.moveFaces!.run(to, from);
        statement.prune!.run();
        return numFaces;
      });
    },
    async close() {
      if (db.isOpen) db.close();
    },
  };

  function addFace(face: NewFace): number {
    if (face.id !== undefined && statement.hasFace!.get(face.id)) {
      throw new SemblanceError('DATA_INVALID', `there is already a face ${face.id}`);
    }
    statement.addSubject!.run(face.subject);
    const { buffer, byteOffset, byteLength } = face.embedding;
    const { lastInsertRowid } = statement.addFace!.run(
      face.id ?? null,
      face.subject,
      new Uint8Array(buffer, byteOffset, byteLength),
      face.source ?? null,
      face.contentHash ?? null,
      face.quality ?? null,
      face.origin ?? 'enrol',
      face.crop ?? null,
    );
    return Number(lastInsertRowid);
  }
}

/**
 * Folds the write-ahead log back into the file, so that the file alone is the gallery and can be renamed or read
 * from a read-only disk.
 *
 * @throws SemblanceError GALLERY_BUSY where another process has it open.
 */
export function settleSqliteFile(path: string): void {
  try {
    const db = new DatabaseSync(path);
    try {
      db.exec('PRAGMA busy_timeout = 2000');
      const mode = db.prepare('PRAGMA journal_mode = DELETE').get()?.journal_mode;
      if (mode !== 'delete')
        throw new SemblanceError('GALLERY_BUSY', `another process is using the gallery ${path}`);
    } finally {
      db.close();
    }
  } catch (cause) {
    throw explain(path, cause);
  }
}

function openDatabase(path: string, create: boolean, readOnly: boolean): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly });
  try {
    db.exec('PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON');
    if (create)
      db.exec(
        `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; ${SCHEMA}`,
      );
    const pragma = (name: string) => Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
    if (pragma('application_id') !== APPLICATION_ID || pragma('user_version') !== SCHEMA_VERSION) {
      throw new SemblanceError(
        'GALLERY_CORRUPT',
        `${path} was made by another version of Semblance, or is not a gallery`,
      );
    }
    if (!readOnly) db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    // the first read joins the log: from here on no other process can take the file for settled
    db.prepare('SELECT key FROM meta').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function storedFace(path: string, row: Record<string, SQLOutputValue>): StoredFace {
  const { vector } = row;
  if (!(vector instanceof Uint8Array) || vector.byteLength % 4 !== 0) {
    throw new SemblanceError('GALLERY_CORRUPT', `embedding ${row.id} of ${path} is damaged`);
  }
  const text = (value: SQLOutputValue | undefined): string | null => (value == null ? null : String(value));
  return {
    id: Number(row.id),
    subject: String(row.subject),
    // a blob may start anywhere in its buffer; floats must not
    embedding: new Float32Array(vector.slice().buffer),
    source: text(row.source),
    contentHash: text(row.content_hash),
    quality: row.quality == null ? null : Number(row.quality),
    origin: String(row.origin) as FaceOrigin,
  };
}

function parseMeta(path: string, json: string): GalleryMeta {
  try {
    return JSON.parse(json) as GalleryMeta;
  } catch (cause) {
    throw new SemblanceError('GALLERY_CORRUPT', `the settings stored in ${path} are damaged`, { cause });
  }
}

/** SQLite's result codes in words people can act upon. */
function explain(path: string, cause: unknown): unknown {
  if (cause instanceof SemblanceError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (isBusy(cause)) {
    return new SemblanceError('GALLERY_BUSY', `another process is using the gallery ${path}`, { cause });
  }
  return new SemblanceError('GALLERY_CORRUPT', `the gallery ${path} cannot be opened: ${message}`, { cause });
}
