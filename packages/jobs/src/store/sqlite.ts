import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { makeFolderSync } from '@semblance/core/files';
import { isBusy, isSqliteError, storageError, transaction } from '@semblance/core/sqlite';
import { asSemblanceError, isSemblanceError, SemblanceError } from '../error.ts';
import { mayFollow } from '../states.ts';

import { conditions, orderOf } from './conditions.ts';
import { keptBeside } from './kept-beside.ts';
import { migrations } from './migrations.ts';
import { releaseReserve } from './reserve.ts';
import { changesToColumns, eventOf, type Row, sweepOf, versionOf } from './rows.ts';
import type { NewVersion, VersionStore } from './version-store.ts';

/** 'smbj' in the file's header: tells a job store from any other SQLite file. */
const APPLICATION_ID = 0x736d626a;
const BUSY_TIMEOUT_MS = 10_000;

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
  const sql = (text: string): StatementSync => {
    let statement = prepared.get(text);
    if (!statement) prepared.set(text, (statement = db.prepare(text)));
    return statement;
  };
  const write = <T>(action: () => T): T => {
    try {
      return guard(() => transaction(db, action));
    } catch (error) {
      // what a full disk has done has to be written down, and what fills it stopped
      const isRoomMade = isSemblanceError(error, 'STORAGE_FULL') && releaseReserve(dirname(path));
      if (!isRoomMade) throw error;
      return guard(() => transaction(db, action));
    }
  };
  const read = (text: string, ...values: (string | number)[]): Row[] => guard(() => sql(text).all(...values));

  function addEvent(versionId: number, from: string | null, to: string, reason: string): void {
    sql('INSERT INTO events (version_id, at_ms, from_state, to_state, reason) VALUES (?, ?, ?, ?, ?)').run(
      versionId,
      Date.now(),
      from,
      to,
      reason,
    );
  }

  function insert(version: NewVersion): number {
    const { job, sweep, spec } = version;
    const now = Date.now();
    if (sweep) {
      if (!sql('SELECT id FROM sweeps WHERE id = ? AND is_active').get(sweep.id))
        throw new SemblanceError('VERSION_WRONG_STATE', `the sweep ${sweep.id} has ended`);
      const taken = sql(
        'SELECT id FROM versions WHERE sweep_id = ? AND sweep_rung = ? AND sweep_index = ?',
      ).get(sweep.id, sweep.rung, sweep.index);
      if (taken)
        throw new SemblanceError('VERSION_EXISTS', 'that place of the sweep has its version already');
    }
    sql('INSERT INTO jobs (name, created_ms) VALUES (?, ?) ON CONFLICT DO NOTHING').run(job, now);
    const row = sql(
      'UPDATE jobs SET next_number = next_number + 1 WHERE name = ? RETURNING next_number - 1 AS number',
    ).get(job)!;
    const reason = 'being made';
    const { lastInsertRowid } = sql(
      `INSERT INTO versions (job, number, description, parent_id, sweep_id, sweep_rung, sweep_index, state, reason,
        retries_left, creator, created_ms, spec, parameters, seeds)
        VALUES (?, ?, ?, ?, ?, ?, ?, 'creating', ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      job,
      Number(row.number),
      version.description,
      version.parentId,
      sweep?.id ?? null,
      sweep?.rung ?? null,
      sweep?.index ?? null,
      reason,
      spec.retries,
      JSON.stringify(version.creator),
      now,
      JSON.stringify(spec),
      JSON.stringify(version.parameters),
      JSON.stringify(version.seeds),
    );
    addEvent(Number(lastInsertRowid), null, 'creating', reason);
    return Number(lastInsertRowid);
  }

  const get = (id: number) => {
    const [row] = read('SELECT * FROM versions WHERE id = ?', id);
    return row ? versionOf(row) : null;
  };
  const storeId = String(read(`SELECT value FROM store WHERE key = 'id'`)[0]!.value);

  return {
    id: storeId,
    ...keptBeside({ sql, read, write }),
    async add(version) {
      return get(write(() => insert(version)))!;
    },
    async addAll(versions) {
      return write(() => versions.map(insert)).map((id) => get(id)!);
    },
    async get(id) {
      return get(id);
    },
    async find(job, number) {
      const [row] = read('SELECT * FROM versions WHERE job = ? AND number = ?', job, number);
      return row ? versionOf(row) : null;
    },
    async list(filter = {}) {
      const { where, values } = conditions(filter);
      return read(
        `SELECT * FROM versions ${where} ORDER BY ${orderOf(filter)} LIMIT ? OFFSET ?`,
        ...values,
        filter.limit ?? -1,
        filter.offset ?? 0,
      ).map(versionOf);
    },
    async jobs() {
      const rows = read(
        `SELECT name, jobs.created_ms, count(versions.id) AS num_versions
          FROM jobs LEFT JOIN versions ON job = name GROUP BY name ORDER BY name`,
      );
      return rows.map((row) => ({
        name: String(row.name),
        createdMs: Number(row.created_ms),
        numVersions: Number(row.num_versions),
      }));
    },
    async transition(id, { from, to, reason, changes = {} }) {
      if (!mayFollow(from, to)) throw new SemblanceError('INTERNAL', `no version goes from ${from} to ${to}`);
      return write(() => {
        const { assignments, values } = changesToColumns(changes);
        const { changes: numChanged } = sql(
          `UPDATE versions SET ${['state = ?', 'reason = ?', ...assignments].join(', ')} WHERE id = ? AND state = ?`,
        ).run(to, reason, ...values, id, from);
        if (numChanged === 0) return false;
        addEvent(id, from, to, reason);
        return true;
      });
    },
    async update(id, changes, whileIn) {
      const { assignments, values } = changesToColumns(changes);
      if (assignments.length === 0) return false;
      const condition = whileIn === undefined ? '' : ' AND state = ?';
      return write(() => {
        const statement = sql(`UPDATE versions SET ${assignments.join(', ')} WHERE id = ?${condition}`);
        return statement.run(...values, id, ...(whileIn === undefined ? [] : [whileIn])).changes > 0;
      });
    },
    async remove(id) {
      return write(() => {
        const statement = sql(
          `DELETE FROM versions WHERE id = ? AND state IN ('completed', 'failed', 'stopped', 'lost')`,
        );
        return statement.run(id).changes > 0;
      });
    },
    async events({ after = 0, versionId, limit = -1 } = {}) {
      const condition = versionId === undefined ? '' : ' AND version_id = ?';
      const values = versionId === undefined ? [after, limit] : [after, versionId, limit];
      return read(`SELECT * FROM events WHERE id > ?${condition} ORDER BY id LIMIT ?`, ...values).map(
        eventOf,
      );
    },
    async addSweep(job, plan, versions) {
      return write(() => {
        const row = sql('INSERT INTO sweeps (job, created_ms, plan) VALUES (?, ?, ?) RETURNING *').get(
          job,
          Date.now(),
          JSON.stringify(plan),
        )!;
        const sweep = sweepOf(row);
        const ids = versions.map((version, index) =>
          insert({ ...version, sweep: { id: sweep.id, rung: 0, index } }),
        );
        return { sweep, versions: ids.map((id) => get(id)!) };
      });
    },
    async sweep(id) {
      const [row] = read('SELECT * FROM sweeps WHERE id = ?', id);
      return row ? sweepOf(row) : null;
    },
    async sweeps({ job } = {}) {
      const [condition, values] = job === undefined ? ['', []] : ['WHERE job = ?', [job]];
      return read(`SELECT * FROM sweeps ${condition} ORDER BY id DESC`, ...values).map(sweepOf);
    },
    async activeSweeps() {
      return read('SELECT * FROM sweeps WHERE is_active ORDER BY id').map(sweepOf);
    },
    async endSweep(id, outcome, reason) {
      const text = 'UPDATE sweeps SET is_active = 0, outcome = ?, reason = ? WHERE id = ? AND is_active';
      return write(() => sql(text).run(outcome, reason, id).changes > 0);
    },
    async close() {
      if (db.isOpen) db.close();
    },
  };
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
