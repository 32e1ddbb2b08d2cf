import type { DatabaseSync } from 'node:sqlite';
import { indexFileOf } from '../gallery-file.ts';
import { eraseRows } from '../index-file/erase-rows.ts';
import type { GallerySeal } from '../sealing/gallery-seal.ts';
import { dropBefore } from './sqlite-before.ts';
import { type BesideSqlite, besideSqlite } from './sqlite-beside.ts';
import { BUSY_MS } from './sqlite-file.ts';
import { LONG_LOG_BYTES, logBytes, scrub } from './sqlite-scrub.ts';

/** How long what could not be cleared waits for the next try. */
const RETRY_MS = 500;

/** Keeps a database's log short, and both free of what was removed. */
export class SqliteTidy {
  readonly #path: string;
  readonly #current: () => { db: DatabaseSync; identity: string; seal: GallerySeal | null };
  #beside: BesideSqlite | null = null;
  #retry: NodeJS.Timeout | undefined;
  #foldAt = LONG_LOG_BYTES;
  /** Faces that may still be in the index's file. */
  #gone: number[] = [];

  /** @param current the database that is open at that path */
  constructor(path: string, current: () => { db: DatabaseSync; identity: string; seal: GallerySeal | null }) {
    this.#path = path;
    this.#current = current;
  }

  /**
   * Leaves nothing of what was removed in the file, its log and the index, nor what the file was before its tables were brought
   * up; where somebody is reading it, as soon as that is over.
   *
   * @param gone the faces that were removed
   * @throws SQLite's errors and those of the disk: it is tried again all the same
   */
  clear(gone: readonly number[] = []): void {
    this.#gone.push(...gone);
    clearTimeout(this.#retry);
    this.#retry = undefined;
    let isDone = false;
    try {
      dropBefore(this.#path);
      isDone = this.#scrub();
    } finally {
      if (!isDone) this.#clearLater();
    }
  }

  /** Folds in a log that has grown long: SQLite's own way would leave what it moves where nobody finds it again. */
  fold(): void {
    const numBytes = logBytes(this.#path);
    if (numBytes < this.#foldAt) return;
    this.#foldAt = LONG_LOG_BYTES;
    const { db } = this.#current();
    let isDone = false;
    try {
      db.exec('PRAGMA busy_timeout = 0'); // whoever reads is not waited for: the next write may find them gone
      isDone = this.#scrub();
    } catch {
      // what was written is in the log, on the disk
    }
    if (db.isOpen) db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    if (!isDone) this.#foldAt = numBytes + LONG_LOG_BYTES;
  }

  /** To be called before the database is closed, which folds in the log where nobody else has it open. */
  end(): void {
    const isDue = this.#retry !== undefined;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    if (isDue) this.#scrub();
    else if (logBytes(this.#path) > 0) {
      this.#foldAt = 0;
      this.fold();
    }
  }

  /** To be called once the database is closed. */
  release(): void {
    this.#beside?.close();
    this.#beside = null;
  }

  #scrub(): boolean {
    const { db, identity, seal } = this.#current();
    if (!db.isOpen) return true;
    if (this.#beside?.identity !== identity) {
      this.release();
      this.#beside = besideSqlite(this.#path, identity);
    }
    // a file that another one has taken the place of has no name, and nobody's data
    if (this.#beside === null) return true;
    return scrub(db, this.#path, this.#beside.file, () => {
      eraseRows(indexFileOf(this.#path), this.#gone, seal?.keys.chunks);
      this.#gone = [];
    });
  }

  #clearLater(): void {
    const again = (): void => {
      try {
        this.clear();
      } catch {
        // it has set the next try
      }
    };
    this.#retry = setTimeout(again, RETRY_MS).unref();
  }
}
