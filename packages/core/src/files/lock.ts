import { existsSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type ErrorCode, isSemblanceError, SemblanceError } from '../error.ts';
import { isBusy, storageError, transaction } from '../sqlite.ts';
import { makeFolder } from './make-folder.ts';

export interface LockOptions {
  /** What is locked, for the sentence of who is refused: `the gallery people`. */
  what: string;
  /** Who takes it, for the same: `gallery build`. */
  holder: string;
  /** What a refusal is called (PATH_BUSY). */
  code?: ErrorCode;
}

/** How long a file that is just being written by the other is waited for. */
const WAIT_MS = 250;
const ATTEMPTS = 5;

/**
 * Takes a lock file for this caller alone, among threads and processes of this machine. The second who asks is refused
 * at once and told who holds it. The lock is SQLite's, so that the system takes it back from a process that is killed.
 *
 * @param path the lock file, in a folder that is there; it is removed with the lock
 * @throws SemblanceError PATH_BUSY, or the code that is given; STORAGE_FULL, PATH_DENIED and others of the disk
 * @example
 * ```ts
 * import { takeLock } from '@semblance/core/files';
 *
 * using _lock = takeLock('people/.lock', { what: 'the folder people', holder: 'data align' });
 * try {
 *   takeLock('people/.lock', { what: 'the folder people', holder: 'data clean' });
 * } catch (error) {
 *   console.log((error as Error).message); // …data align…
 * }
 * ```
 */
export function takeLock(path: string, options: LockOptions): Disposable {
  const since = new Date().toISOString();
  const token = `${options.holder} (process ${process.pid} on ${hostname()}, since ${since})`;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const db = open(path);
    try {
      transaction(db, () => {
        db.exec('CREATE TABLE IF NOT EXISTS holder (id INTEGER PRIMARY KEY, name TEXT)');
        db.prepare('INSERT OR REPLACE INTO holder VALUES (1, ?)').run(token);
      });
      // held from here on; others can still read who holds it
      db.exec('BEGIN IMMEDIATE');
    } catch (error) {
      db.close();
      if (isBusy(error)) throw refusal(path, options);
      if (isMoved(error)) continue;
      throw storageError(error, path) ?? error;
    }
    // the one before may have removed the file between our opening it and our lock: then ours keeps nobody out
    if (holderOf(path) === token) return { [Symbol.dispose]: () => release(path, db) };
    db.close();
  }
  throw refusal(path, options);
}

/**
 * Refuses where somebody holds a lock file, and says who. It takes nothing: whoever asks may be overtaken, unless the
 * one who takes the lock then waits for those who had asked.
 *
 * @throws SemblanceError PATH_BUSY, or the code that is given
 */
export function requireUnlocked(path: string, options: Omit<LockOptions, 'holder'>): void {
  if (!existsSync(path)) return;
  const db = open(path);
  try {
    db.exec('BEGIN IMMEDIATE');
    rmSync(path, { force: true }); // left by one that was killed
  } catch (error) {
    // moved: it has just been given back; any other error is no sign that somebody holds it
    if (isBusy(error)) throw refusal(path, options);
  } finally {
    db.close();
  }
}

function open(path: string, isAgain = false): DatabaseSync {
  // loaded here: most commands lock nothing
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path);
    db.exec(`PRAGMA busy_timeout = ${WAIT_MS}; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF`);
    return db;
  } catch (error) {
    db?.close();
    if (!isDamaged(error) || isAgain) throw storageError(error, path) ?? error;
    rmSync(path, { force: true }); // left so by a power cut: nobody can hold it
    return open(path, true);
  }
}

function release(path: string, db: DatabaseSync): void {
  if (!db.isOpen) return;
  rmSync(path, { force: true });
  db.close();
}

function holderOf(path: string): string | null {
  let db: DatabaseSync | undefined;
  try {
    db = open(path);
    const name = db.prepare('SELECT name FROM holder').get()?.name;
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  } finally {
    db?.close();
  }
}

function refusal(path: string, { what, code = 'PATH_BUSY' }: Omit<LockOptions, 'holder'>): SemblanceError {
  const holder = holderOf(path) ?? 'another process';
  const message = `${what} is in use by ${holder}: wait until it has ended, or end it`;
  return new SemblanceError(code, message, { details: { holder } });
}

/** Whether it is no database: SQLITE_CORRUPT, SQLITE_NOTADB. */
const isDamaged = (error: unknown): boolean =>
  [11, 26].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff);

/** Whether the file was removed, or is another than the one that was opened: SQLITE_READONLY_DBMOVED. */
const isMoved = (error: unknown): boolean => (error as { errcode?: number }).errcode === 1032;

/**
 * Keeps a file or folder that is being made for this caller alone, by a lock beside it; in it where the folder around it
 * may not be written to.
 *
 * @param holder who makes it, for the sentence of whoever is refused
 * @throws SemblanceError PATH_BUSY
 */
export async function lockPlace(path: string, holder: string): Promise<Disposable> {
  const place = resolve(path);
  const options = { what: path, holder };
  await makeFolder(dirname(place));
  try {
    return takeLock(join(dirname(place), `.${basename(place).slice(0, 60)}.lock`), options);
  } catch (error) {
    if (!isClosed(error)) throw error;
  }
  try {
    return takeLock(join(place, '.lock'), options);
  } catch (error) {
    if (!isClosed(error) && existsSync(place)) throw error;
    return { [Symbol.dispose]() {} }; // whoever writes there is told so, by its name
  }
}

/** Whether no file can be made there. */
const isClosed = (error: unknown): boolean =>
  isSemblanceError(error, 'PATH_DENIED') || isSemblanceError(error, 'STORAGE_READ_ONLY');
