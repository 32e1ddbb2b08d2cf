import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { makeFolderSync } from '@semblance/core/files';
import { isBusy, isSqliteError, storageError, transaction } from '@semblance/core/sqlite';
import { asSemblanceError, isSemblanceError, SemblanceError } from '../error.ts';
import type { Dialect, Row, Statement, Work } from './database.ts';
import { migrations } from './migrations.ts';
import { releaseReserve } from './reserve.ts';
import { storedVersions } from './stored-versions.ts';
import type { VersionStore } from './version-store.ts';

/** 'smbj' in the file's header: tells a job store from any other SQLite file. */
const APPLICATION_ID = 0x736d626a;
const BUSY_TIMEOUT_MS = 10_000;

/** SQLite's side of the {@link Dialect}. */
const dialect: Dialect = {
  isInList: (column) => `EXISTS (SELECT 1 FROM json_each(${column}) WHERE json_each.value = ?)`,
  isInObject: (column, key) =>
    `EXISTS (SELECT 1 FROM json_each(${column}, '$.${key}') WHERE json_each.value = ?)`,
};

/**
 * Versions in one SQLite file (write-ahead log, synchronous FULL: a call that returned is on the disk), which is made
 * where it is missing.
 *
 * @throws SemblanceError JOB_STORE_BUSY, JOB_STORE_INVALID; STORAGE_FULL, PATH_DENIED and others of the disk
 */
export function openSqliteVersionStore(path: string): VersionStore {
  const guard = <T>(action: () => T): T => {
    try {
      return action();
    } catch (cause) {
      throw explain(path, cause);
    }
  };
  const db = guard(() => openDatabase(path));
  const prepared = new Map<string, StatementSync>();
  const rowsOf = ([text, ...values]: Statement): Row[] => {
    let statement = prepared.get(text);
    if (!statement) prepared.set(text, (statement = db.prepare(text)));
    return statement.all(...values);
  };
  const done = <T>(work: Work<T>): T => {
    let next = work.next();
    while (!next.done) next = work.next(rowsOf(next.value));
    return next.value;
  };
  const read = (...statement: Statement): Row[] => guard(() => rowsOf(statement));
  const write = <T>(work: () => Work<T>): T => {
    const once = (): T => guard(() => transaction(db, () => done(work())));
    try {
      return once();
    } catch (error) {
      // what a full disk has done has to be written down, and what fills it stopped
      const isRoomMade = isSemblanceError(error, 'STORAGE_FULL') && releaseReserve(dirname(path));
      if (!isRoomMade) throw error;
      return once();
    }
  };
  const [row] = read(`SELECT value FROM store WHERE key = 'id'`);
  return storedVersions(String(row!.value), {
    dialect,
    read: async (...statement) => read(...statement),
    write: async (work) => write(work),
    close: async () => {
      if (db.isOpen) db.close();
    },
  });
}

function openDatabase(path: string): DatabaseSync {
  makeFolderSync(dirname(path));
  const db = new DatabaseSync(path);
  try {
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA foreign_keys = ON`);
    const pragma = (name: string) => Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
    // two processes may make the file at once: what is looked at inside the lock counts
    transaction(db, () => {
      const from = pragma('user_version');
      if ((from > 0 || pragma('page_count') > 1) && pragma('application_id') !== APPLICATION_ID)
        throw new SemblanceError('JOB_STORE_INVALID', `${path} is not a job store`);
      if (from > migrations.length)
        throw new SemblanceError('JOB_STORE_INVALID', `${path} was made by a newer version of semblance`);
      if (from < migrations.length) {
        for (const step of migrations.slice(from)) db.exec(step);
        if (from === 0) db.prepare(`INSERT INTO store VALUES ('id', ?)`).run(randomUUID());
        db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${migrations.length}`);
      }
    });
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function explain(path: string, cause: unknown): unknown {
  if (cause instanceof SemblanceError) return cause;
  if (!isSqliteError(cause)) return asSemblanceError(cause);
  const disk = storageError(cause, path);
  if (disk) return disk;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (isBusy(cause))
    return new SemblanceError('JOB_STORE_BUSY', `another process is using the job store ${path}`, { cause });
  return new SemblanceError('JOB_STORE_INVALID', `the job store ${path} cannot be opened: ${message}`, {
    cause,
  });
}
