import { closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isBusy, isSqliteError, storageError, transaction } from '@semblance/core/sqlite';
import { asSemblanceError, SemblanceError } from '../../error.ts';
import { keepBefore } from './sqlite-before.ts';
import { bringUp, createSchema, tablesOf } from './sqlite-schema.ts';
import { logBytes, SET_CLEARED, UNSET_CLEARED } from './sqlite-scrub.ts';
import type { SealOptions } from './sqlite-seal.ts';

export interface SqliteStoreOptions extends SealOptions {
  /** Makes the file; the default expects it. */
  create?: boolean;
  /** Writes nothing, so that a gallery on a read-only disk can be searched. */
  readOnly?: boolean;
  /** The caller holds the gallery's lock, see `lockGallery`: changes are not refused. */
  holdsLock?: boolean;
}

/** How long another process' transaction is waited for. */
export const BUSY_MS = 5000;

/** Opens or makes the database of a gallery, at the names of its folder. */
export function openGalleryFile(path: string, options: SqliteStoreOptions): DatabaseSync {
  const { create = false, readOnly = false, holdsLock = false } = options;
  if (create) makeEmpty(path);
  else if (!existsSync(path)) throw new SemblanceError('GALLERY_NOT_FOUND', `no gallery at ${path}`);
  const db = new DatabaseSync(path, { readOnly });
  try {
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA foreign_keys = ON`);
    const tables = create ? createSchema(db) : tablesOf(db);
    if (tables === null)
      throw new SemblanceError(
        'GALLERY_CORRUPT',
        `${path} was made by another version of Semblance, or is not a gallery`,
      );
    if (!tables.isCurrent) {
      if (!readOnly) keepBefore(db, path, tables.version);
      bringUp(db, tables.version, readOnly);
    }
    // what is deleted is overwritten: a face that was removed is in no file any more
    if (!readOnly) {
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
      db.exec('PRAGMA wal_autocheckpoint = 0'); // see SqliteTidy
      if (create) db.exec(SET_CLEARED);
    }
    // those who asked for the lock before it was taken are waited for: what they write is read
    if (holdsLock) transaction(db, () => {});
    // the first read joins the log: from here on no other process can take the file for settled
    db.prepare('SELECT key FROM meta').get();
    return db;
  } catch (error) {
    db.close();
    if (create) for (const part of ['', '-wal', '-shm', '-journal']) rmSync(path + part, { force: true });
    throw error;
  }
}

/** Faces are personal data: the file is for its owner alone from the first byte, and so is what SQLite lays beside it. */
export function makeEmpty(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new SemblanceError('GALLERY_EXISTS', `there is already a gallery at ${path}`, { cause });
  }
}

/** Which file stands at a path, so that one in its place is told from it. */
export function identityOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
  if (stats) return `${stats.dev} ${stats.ino}`;
  throw new SemblanceError('GALLERY_NOT_FOUND', `the gallery ${path} is no longer there`);
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
      if (logBytes(path) > 0) db.exec(UNSET_CLEARED); // what a killed process left is folded in unseen
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

/**
 * Copies a gallery's database as it is at this moment, whoever writes to it, without what was removed from it.
 *
 * @param to a file that is not there yet
 * @throws SemblanceError GALLERY_NOT_FOUND, GALLERY_EXISTS, GALLERY_CORRUPT; STORAGE_FULL and others of the disk
 */
export function copyGalleryFile(from: string, to: string): void {
  const place = { path: from };
  try {
    const db = openGalleryFile(from, { readOnly: true });
    try {
      place.path = to;
      makeEmpty(to);
      db.prepare('VACUUM INTO ?').run(to);
    } finally {
      db.close();
    }
    const copy = new DatabaseSync(to);
    try {
      copy.exec(UNSET_CLEARED); // what SQLite left between the rows that it copied is not known
    } finally {
      copy.close();
    }
  } catch (cause) {
    throw explain(place.path, cause);
  }
}

/**
 * Reads a little of a gallery's file, or all of it, as whoever opens it would.
 *
 * @param path the file of a gallery; others may write to it
 * @throws SemblanceError GALLERY_CORRUPT, GALLERY_NOT_FOUND; those of the disk
 * @example
 * ```ts
 * import { requireWholeGallery } from '@semblance/face/gallery';
 *
 * requireWholeGallery('gallery/gallery.db', true);
 * ```
 */
export function requireWholeGallery(path: string, isAllRead: boolean): void {
  try {
    const db = openGalleryFile(path, { readOnly: true });
    try {
      if (!isAllRead) return;
      const found = db.prepare('PRAGMA quick_check(1)').get()?.quick_check;
      if (found !== 'ok')
        throw new SemblanceError('GALLERY_CORRUPT', `the gallery ${path} is damaged: ${found}`);
    } finally {
      db.close();
    }
  } catch (cause) {
    throw explain(path, cause);
  }
}

/** SQLite's result codes in words people can act upon. */
export function explain(path: string, cause: unknown): unknown {
  if (!isSqliteError(cause)) return asSemblanceError(cause);
  if (isBusy(cause)) {
    return new SemblanceError('GALLERY_BUSY', `another process is using the gallery ${path}`, { cause });
  }
  const message = (cause as Error).message;
  return (
    storageError(cause, path) ??
    new SemblanceError('GALLERY_CORRUPT', `the gallery ${path} cannot be opened: ${message}`, { cause })
  );
}
