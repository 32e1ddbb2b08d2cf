import { stat } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { hashFile } from '@semblance/core/files';
import { transaction } from '@semblance/core/sqlite';

/** A file that was written so shortly ago may be written again without its date telling. */
const SETTLED_MS = 2000;
/** What nobody asked for so long is forgotten. */
const KEPT_MS = 90 * 24 * 3600 * 1000;
const BUSY_TIMEOUT_MS = 10_000;
/** Rows that are written at once. */
const BATCH = 1000;

interface Known {
  sha256: string;
  size: number;
  mtime_ms: number;
  inode: number;
}

/**
 * SHA-256 of files that were read before, by their path: a file of the same size, date and inode is not read again.
 *
 * It is a cache and no more: lost or removed, files are read once more.
 */
export class FingerprintCache implements Disposable {
  private readonly db: DatabaseSync;
  private readonly fresh: (readonly [
    path: string,
    sha256: string,
    size: number,
    mtime: number,
    inode: number,
  ])[] = [];
  /** Files that were not read. */
  numKnown = 0;

  constructor(path: string) {
    this.db = new DatabaseSync(path);
    this.db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
      CREATE TABLE IF NOT EXISTS files (
        path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL, mtime_ms REAL NOT NULL,
        inode INTEGER NOT NULL, used_ms INTEGER NOT NULL
      ) WITHOUT ROWID`);
    this.db.prepare('DELETE FROM files WHERE used_ms < ?').run(Date.now() - KEPT_MS);
  }

  /** The SHA-256 of a file, in hex. */
  async hash(path: string): Promise<string> {
    const { size, mtimeMs, ino } = await stat(path);
    const known = this.db
      .prepare('SELECT sha256, size, mtime_ms, inode FROM files WHERE path = ?')
      .get(path) as Known | undefined;
    if (known && known.size === size && known.mtime_ms === mtimeMs && known.inode === ino) {
      this.numKnown++;
      return known.sha256;
    }
    const sha256 = await hashFile(path);
    if (Date.now() - mtimeMs > SETTLED_MS) this.fresh.push([path, sha256, size, mtimeMs, ino]);
    if (this.fresh.length >= BATCH) this.write();
    return sha256;
  }

  private write(): void {
    const statement = this.db.prepare('INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)');
    const usedMs = Date.now();
    transaction(this.db, () => {
      for (const row of this.fresh) statement.run(...row, usedMs);
    });
    this.fresh.length = 0;
  }

  [Symbol.dispose](): void {
    try {
      if (this.fresh.length > 0) this.write();
    } finally {
      this.db.close();
    }
  }
}
