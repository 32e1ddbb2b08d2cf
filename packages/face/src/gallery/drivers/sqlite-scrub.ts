import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { transaction } from '@semblance/core/sqlite';
import { clearGaps, pagesWithGaps } from './sqlite-gaps.ts';

// SQLite overwrites what is deleted where it lies (`secure_delete`), but not the copies that it leaves in the gaps of
// pages when it moves rows between them, nor what is in its log. Every page that changes goes through the log: whoever
// folds it into the database knows which gaps to clear, and the rest of the file need not be read.

/** The log is folded in once it is so long: as often as SQLite would by itself. */
export const LONG_LOG_BYTES = 4 << 20;
const LOG_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** Times that another process may come between before it is tried again later. */
const ATTEMPTS = 5;

/** Whether every gap of the file was cleared once, since when all who write to it have kept it so. */
const IS_CLEARED = `SELECT 1 FROM meta WHERE key = 'gaps-cleared'`;
export const SET_CLEARED = `INSERT OR IGNORE INTO meta VALUES ('gaps-cleared', '1')`;
export const UNSET_CLEARED = `DELETE FROM meta WHERE key = 'gaps-cleared'`;

export function logBytes(path: string): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * Folds the log into a database and leaves nothing of deleted rows in either. Others go on using it meanwhile; the gaps
 * are cleared under the write lock while the log is empty, so that nobody else writes to the file.
 *
 * @param file the database's, open for reading and writing
 * @param action what else is done while nobody writes
 * @returns false where somebody is reading what the log still has to keep: to be tried again
 */
export function scrub(db: DatabaseSync, path: string, file: number, action?: () => void): boolean {
  const pageBytes = Number(db.prepare('PRAGMA page_size').get()!.page_size);
  const isCleared = db.prepare(IS_CLEARED);
  const version = db.prepare('PRAGMA data_version');
  const versionNow = (): number => Number(version.get()!.data_version);
  let isKnown = isCleared.get() !== undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = versionNow();
    const pages = pagesOfLog(path, pageBytes);
    const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()!;
    if (busy !== 0) return false;
    // pages in memory would be written back as they were
    db.exec('PRAGMA shrink_memory');
    if (!isKnown) for (const page of pagesWithGaps(file, pageBytes)) pages.add(page);
    const isDone = transaction(db, () => {
      // what others wrote meanwhile is in pages that were not seen in the log
      if (logBytes(path) > 0 || versionNow() !== before) return false;
      clearGaps(file, pageBytes, pages);
      action?.();
      if (!isKnown) db.exec(SET_CLEARED);
      return true;
    });
    if (isDone) return true;
    isKnown = false;
  }
  return false;
}

/** The pages that a log has. */
function pagesOfLog(path: string, pageBytes: number): Set<number> {
  const pages = new Set<number>();
  if (logBytes(path) === 0) return pages;
  const log = openSync(`${path}-wal`, 'r');
  try {
    const { size } = fstatSync(log);
    const number = Buffer.alloc(4);
    for (let at = LOG_HEADER_BYTES; at < size; at += FRAME_HEADER_BYTES + pageBytes)
      if (readSync(log, number, 0, 4, at) === 4) pages.add(number.readUInt32BE());
  } finally {
    closeSync(log);
  }
  return pages;
}
