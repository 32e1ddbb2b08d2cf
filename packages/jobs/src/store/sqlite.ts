import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { makeFolderSync } from '@semblance/core/files';
import { isBusy, isSqliteError, storageError, transaction } from '@semblance/core/sqlite';
import { asSemblanceError, SemblanceError } from '../error.ts';
import { mayFollow } from '../states.ts';
import { migrations } from './migrations.ts';
import { changesToColumns, eventOf, type Row, sweepOf, versionOf } from './rows.ts';
import type { NewVersion, VersionFilter, VersionStore } from './version-store.ts';

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
  const write = <T>(action: () => T): T => guard(() => transaction(db, action));
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
    async add(version) {
      return get(write(() => insert(version)))!;
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
      const order = filter.newestFirst ? 'DESC' : 'ASC';
      return read(
        `SELECT * FROM versions ${where} ORDER BY id ${order} LIMIT ? OFFSET ?`,
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
    async saveTemplate(name, template) {
      write(() =>
        sql('INSERT INTO templates VALUES (?, ?) ON CONFLICT DO UPDATE SET template = excluded.template').run(
          name,
          JSON.stringify(template),
        ),
      );
    },
    async template(name) {
      const [row] = read('SELECT template FROM templates WHERE name = ?', name);
      return row ? JSON.parse(String(row.template)) : null;
    },
    async templates() {
      return read('SELECT name FROM templates ORDER BY name').map(({ name }) => String(name));
    },
    async removeTemplate(name) {
      return write(() => sql('DELETE FROM templates WHERE name = ?').run(name).changes > 0);
    },
    async addSweep(job, plan) {
      const [row] = write(() =>
        sql('INSERT INTO sweeps (job, created_ms, plan) VALUES (?, ?, ?) RETURNING *').all(
          job,
          Date.now(),
          JSON.stringify(plan),
        ),
      );
      return sweepOf(row!);
    },
    async sweep(id) {
      const [row] = read('SELECT * FROM sweeps WHERE id = ?', id);
      return row ? sweepOf(row) : null;
    },
    async activeSweeps() {
      return read('SELECT * FROM sweeps WHERE is_active ORDER BY id').map(sweepOf);
    },
    async endSweep(id) {
      write(() => sql('UPDATE sweeps SET is_active = 0 WHERE id = ?').run(id));
    },
    async close() {
      if (db.isOpen) db.close();
    },
  };
}

function conditions({ job, states, sweepId, hasRetriesLeft }: VersionFilter): {
  where: string;
  values: (string | number)[];
} {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  if (job !== undefined) {
    parts.push('job = ?');
    values.push(job);
  }
  if (sweepId !== undefined) {
    parts.push('sweep_id = ?');
    values.push(sweepId);
  }
  if (hasRetriesLeft) parts.push('retries_left > 0');
  if (states !== undefined) {
    parts.push(`state IN (${states.map(() => '?').join(', ')})`);
    values.push(...states);
  }
  return { where: parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '', values };
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
