/**
 * Transactions and lock errors of SQLite.
 *
 * @module
 */

import type { DatabaseSync } from 'node:sqlite';

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

/** Whether another connection is in the way: SQLITE_BUSY or SQLITE_LOCKED, in any of their extended forms. */
export function isBusy(error: unknown): boolean {
  const primary = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
  return primary === 5 || primary === 6;
}
