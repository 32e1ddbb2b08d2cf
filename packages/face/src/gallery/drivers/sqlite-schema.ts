import type { DatabaseSync } from 'node:sqlite';
import { transaction } from '@semblance/core/sqlite';

/** 'smbl' in the file's header: tells a gallery from any other SQLite file. */
const APPLICATION_ID = 0x736d626c;

/** What each version brought; a file of version n has the first n. A new one is added at the end and none is changed. */
const VERSIONS = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
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
  CREATE INDEX embeddings_by_subject ON embeddings (subject_id);`,

  // faces that somebody said are not the subject's
  `CREATE TABLE negatives (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    subject_id INTEGER NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
    vector BLOB NOT NULL,
    source TEXT,
    content_hash TEXT,
    crop BLOB,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
  );
  CREATE INDEX negatives_by_subject ON negatives (subject_id);`,

  // what changed, whichever program changed it: a number that rises, the face it was, and a random number by which two
  // files with a common past are told apart
  `CREATE TABLE face_changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    face_id INTEGER NOT NULL,
    token INTEGER NOT NULL DEFAULT (random())
  );
  INSERT INTO face_changes (face_id) VALUES (0);
  CREATE TRIGGER face_added AFTER INSERT ON embeddings
    BEGIN INSERT INTO face_changes (face_id) VALUES (NEW.id); END;
  CREATE TRIGGER face_removed AFTER DELETE ON embeddings
    BEGIN INSERT INTO face_changes (face_id) VALUES (OLD.id); END;
  CREATE TRIGGER face_moved AFTER UPDATE OF subject_id ON embeddings
    BEGIN INSERT INTO face_changes (face_id) VALUES (NEW.id); END;`,

  // in an encrypted gallery, by which key each subject's rows are sealed: the keys are in a file elsewhere; and the keys of
  // subjects that are gone, to be destroyed there
  `CREATE TABLE subject_keys (
    subject_id INTEGER PRIMARY KEY REFERENCES subjects (id) ON DELETE CASCADE,
    key_id BLOB NOT NULL
  );
  CREATE TABLE doomed_keys (key_id BLOB NOT NULL);
  CREATE TRIGGER key_doomed AFTER DELETE ON subject_keys
    BEGIN INSERT INTO doomed_keys (key_id) VALUES (OLD.key_id); END;`,

  // what is known of subjects and faces beside embeddings and pictures, as JSON, sealed like them; a subject who is kept
  // stays without a face
  `CREATE TABLE profiles (
    subject_id INTEGER PRIMARY KEY REFERENCES subjects (id) ON DELETE CASCADE,
    external_id TEXT UNIQUE,
    is_kept INTEGER NOT NULL DEFAULT 0,
    expires_at TEXT,
    note,                            -- metadata and consent
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
  );
  CREATE INDEX profiles_kept ON profiles (subject_id) WHERE is_kept;
  CREATE INDEX profiles_by_expiry ON profiles (expires_at) WHERE expires_at IS NOT NULL;
  INSERT INTO profiles (subject_id, created_at)
    SELECT subject_id, min(created_at) FROM embeddings GROUP BY subject_id;
  CREATE TRIGGER subject_added AFTER INSERT ON subjects
    BEGIN INSERT INTO profiles (subject_id) VALUES (NEW.id); END;
  CREATE TABLE face_metadata (
    face_id INTEGER PRIMARY KEY REFERENCES embeddings (id) ON DELETE CASCADE,
    note NOT NULL
  );`,
];

export interface Tables {
  version: number;
  isCurrent: boolean;
}

/** The version of a database's tables; null where they are another program's, or a later version's. */
export function tablesOf(db: DatabaseSync): Tables | null {
  if (pragmaOf(db, 'application_id') !== APPLICATION_ID) return null;
  const version = pragmaOf(db, 'user_version');
  if (version < 1 || version > VERSIONS.length) return null;
  return { version, isCurrent: version === VERSIONS.length };
}

/** Makes the tables of an empty database. */
export function createSchema(db: DatabaseSync): Tables {
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${VERSIONS.length}`);
  for (const tables of VERSIONS) db.exec(tables);
  return { version: VERSIONS.length, isCurrent: true };
}

/**
 * Brings the tables of an older version up to this one, all or nothing. A file that is only read stays as it is: what is
 * not there yet is empty in `temp`.
 */
export function bringUp(db: DatabaseSync, from: number, isReadOnly: boolean): void {
  if (isReadOnly) {
    for (const tables of VERSIONS.slice(from)) db.exec(inTemp(tables));
    return;
  }
  transaction(db, () => {
    const now = pragmaOf(db, 'user_version'); // another process may have been first
    if (now >= VERSIONS.length) return;
    for (const tables of VERSIONS.slice(now)) db.exec(tables);
    db.exec(`PRAGMA user_version = ${VERSIONS.length}`);
  });
}

const inTemp = (tables: string): string =>
  tables
    .replaceAll(/CREATE TRIGGER .*?END;/gs, '')
    .replaceAll(/INSERT INTO profiles .*?;/gs, '')
    .replaceAll(/CREATE (TABLE|INDEX) /g, 'CREATE $1 temp.')
    .replaceAll(/ REFERENCES [^,\n]*/g, '');

const pragmaOf = (db: DatabaseSync, pragma: string): number =>
  Number(db.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
