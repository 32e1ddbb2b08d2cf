/**
 * What was computed before, kept by key in a database of one's own.
 *
 * @module
 */

import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { SemblanceError } from './error.ts';
import { makeFolderSync } from './files/make-folder.ts';
import { isBusy, isSqliteError, storageError } from './sqlite.ts';

/** How values of a kind are kept. */
export interface CacheKind<V> {
  /** The file in the cache's folder. */
  file: string;
  table: string;
  /** Names of the columns after the key, with their types, as SQL has them. */
  columns: Readonly<Record<string, string>>;
  /** A value's columns, in their order. */
  encode(value: V): SQLInputValue[];
  decode(row: Record<string, SQLOutputValue>): V;
}

/** What was computed before, by a key that says all it depends on. */
export interface Cache<V> {
  get(key: string): V | null;
  set(key: string, value: V): void;
  close(): void;
}

/**
 * Opens a cache in a folder, which is made where it is missing. What is in it is for its owner alone (modes 700 and 600):
 * faces and embeddings are personal data. Several processes may use it at a time.
 *
 * @param dir `cacheFolder` says where the user's own is
 * @throws SemblanceError STORAGE_FULL, PATH_DENIED and others of the disk; PATH_BUSY; DATA_CORRUPT for what is no such cache
 * @example
 * ```ts
 * import { openCache } from '@semblance/core/cache';
 *
 * const cache = openCache<number>('cache', {
 *   file: 'squares.db',
 *   table: 'squares',
 *   columns: { square: 'REAL NOT NULL' },
 *   encode: (value) => [value],
 *   decode: ({ square }) => Number(square),
 * });
 * cache.set('3', 9);
 * console.log(cache.get('3'), cache.get('4')); // 9 null
 * cache.close();
 * ```
 */
export function openCache<V>(dir: string, kind: CacheKind<V>): Cache<V> {
  const { file, table, columns, encode, decode } = kind;
  // loaded here: who only asks where caches are opens none
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  makeFolderSync(dir, { mode: 0o700 });
  const path = join(dir, file);
  const guard = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw explain(path, error);
    }
  };
  keepPrivate(path);
  const db = guard(() => new DatabaseSync(path));
  try {
    const [names, places] = [Object.keys(columns), Object.keys(columns).map(() => ', ?')];
    const declared = Object.entries(columns).map(([name, type]) => `, ${name} ${type}`);
    const [select, insert] = guard(() => {
      // losing the last seconds of a cache costs nothing but computing them again
      db.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
      db.exec(`CREATE TABLE IF NOT EXISTS ${table} (key TEXT PRIMARY KEY${declared.join('')}) WITHOUT ROWID`);
      return [
        db.prepare(`SELECT ${names.join(', ')} FROM ${table} WHERE key = ?`),
        db.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?${places.join('')})`),
      ];
    });
    return {
      get(key) {
        const row = guard(() => select.get(key));
        return row ? decode(row) : null;
      },
      set(key, value) {
        guard(() => insert.run(key, ...encode(value)));
      },
      close() {
        if (db.isOpen) db.close();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** From its first byte; what earlier versions left open to others is closed to them. */
function keepPrivate(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

function explain(path: string, error: unknown): unknown {
  if (!isSqliteError(error)) return error;
  if (isBusy(error))
    return new SemblanceError('PATH_BUSY', `another process is writing to the cache ${path}`, {
      cause: error,
    });
  const message = `the cache ${path} is damaged, or is none: remove it, what it held is computed again`;
  return storageError(error, path) ?? new SemblanceError('DATA_CORRUPT', message, { cause: error });
}
