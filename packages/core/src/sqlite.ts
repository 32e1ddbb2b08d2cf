/**
 * Transactions of SQLite, and what its errors say of locks and disks.
 *
 * @module
 */

import { accessSync, closeSync, constants, openSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { SemblanceError } from './error.ts';
import { refusalByNumber, type SystemRefusal, systemRefusal } from './system-error.ts';

/**
 * Runs what an action writes as one transaction: all of it is in the database afterwards or, where the action throws,
 * none of it. The write lock is taken first, so that what the action reads is still true when it writes.
 *
 * @throws what the action throws; SQLITE_BUSY where another connection keeps the lock longer than `busy_timeout`
 */
export function transaction<T>(db: DatabaseSync, action: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = action();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // Some errors of SQLite have ended the transaction already.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** The primary result code of an error of SQLite's, in any of its extended forms; 0 for any other error. */
const resultOf = (error: unknown): number => ((error as { errcode?: number } | null)?.errcode ?? 0) & 0xff;

/** Whether an error is SQLite's own. */
export const isSqliteError = (error: unknown): boolean => resultOf(error) !== 0;

/** Whether another connection is in the way: SQLITE_BUSY or SQLITE_LOCKED. */
export const isBusy = (error: unknown): boolean => [5, 6].includes(resultOf(error));

const [PERM, READONLY, IOERR, FULL, CANTOPEN] = [3, 8, 10, 13, 14];

/**
 * What SQLite says of the disk that a database is on, as an error people can act upon: STORAGE_FULL, STORAGE_READ_ONLY,
 * STORAGE_FAILED, PATH_DENIED, TOO_MANY_OPEN_FILES. Null where the error is about something else.
 */
export function storageError(error: unknown, path: string): SemblanceError | null {
  const refusal = refusalOf(resultOf(error), path);
  return refusal && new SemblanceError(refusal.code, refusal.message, { cause: error, details: { path } });
}

function refusalOf(result: number, path: string): SystemRefusal | null {
  if (result === FULL) return refusalByNumber('ENOSPC', path);
  if (![PERM, READONLY, IOERR, CANTOPEN].includes(result)) return null;
  const said = refusalByUse(path);
  if (said) return said;
  // memory that is shared through a file cannot grow either
  if (result !== READONLY && isFull(path)) return refusalByNumber('ENOSPC', path);
  if (result === IOERR) return refusalByNumber('EIO', path);
  return result === READONLY ? refusalByNumber('EROFS', path) : null;
}

/** SQLite keeps the system's error number to itself: the same is asked of the system again. */
function refusalByUse(path: string): SystemRefusal | null {
  const { R_OK, W_OK, X_OK } = constants;
  const uses = [
    () => accessSync(dirname(path), R_OK | W_OK | X_OK),
    () => accessSync(path, R_OK | W_OK),
    () => closeSync(openSync(path, 'r')),
  ];
  for (const use of uses) {
    try {
      use();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      return systemRefusal(error);
    }
  }
  return null;
}

function isFull(path: string): boolean {
  try {
    const { bavail, ffree, files } = statfsSync(dirname(path));
    return bavail === 0 || (files > 0 && ffree === 0);
  } catch {
    return false; // its folder is gone: that is no full disk
  }
}
