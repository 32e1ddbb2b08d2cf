import { PostgresPool } from '@semblance/core/postgres';
import type { ClientBase } from 'pg';
import { SemblanceError } from '../../error.ts';
import type { Database, Dialect, Row, Statement, Work } from '../database.ts';
import { explain } from './explain.ts';
import { SCHEMA } from './schema.ts';

/** Of advisory locks: 'smbj', and what it is for. */
export const LOCKS = 0x736d626a;
const WRITE_LOCK = 0;
/**
 * Whoever writes waits for its turn, as with SQLite: what a transaction reads is still true when it writes, and events are
 * seen in the order of their numbers. A server that acknowledges before it has written is told not to.
 */
const BEGIN = `BEGIN; SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';
  SELECT pg_advisory_xact_lock(${LOCKS}, ${WRITE_LOCK})`;

/** How this store's connections are made. */
export const SESSION = {
  application: 'semblance jobs',
  // who stops in the middle of a transaction is in nobody's way for long
  options: `-c search_path=${SCHEMA} -c lock_timeout=10s -c idle_in_transaction_session_timeout=10s`,
};

/** PostgreSQL's side of the {@link Dialect}. */
const dialect: Dialect = {
  isInList: (column) =>
    `EXISTS (SELECT 1 FROM json_array_elements_text(${column}::json) AS item WHERE item = ?)`,
  isInObject: (column, key) =>
    `EXISTS (SELECT 1 FROM json_each_text(${column}::json -> '${key}') AS item WHERE item.value = ?)`,
};

/** Connections to one database, as a {@link Database}. */
export class Connections implements Database {
  readonly dialect = dialect;
  private readonly pool: PostgresPool;

  private constructor(pool: PostgresPool) {
    this.pool = pool;
  }

  /** Nothing is asked yet. @param patienceMs for how long a database is waited for until {@link isOpen} */
  static async open(url: string, patienceMs: number): Promise<Connections> {
    return new Connections(await PostgresPool.open(url, { ...SESSION, patienceMs, explain, unsure }));
  }

  /** The address, without its password. */
  get where(): string {
    return this.pool.where;
  }

  isOpen(): void {
    this.pool.isOpen();
  }

  read = (...statement: Statement): Promise<Row[]> => this.pool.read((client) => rowsOf(client, statement));

  write = <T>(work: () => Work<T>): Promise<T> =>
    this.pool.transaction(BEGIN, (client) => done(client, work()));

  insist = <T>(action: () => Promise<T>): Promise<T> => this.pool.insist(action);

  close = (): Promise<void> => this.pool.close();
}

const unsure = (where: string, cause: unknown): SemblanceError =>
  new SemblanceError(
    'JOB_STORE_UNREACHABLE',
    `the job store ${where} went away while it wrote this down: look whether it is there before you try again`,
    { cause },
  );

async function done<T>(client: ClientBase, work: Work<T>): Promise<T> {
  let next = work.next();
  while (!next.done) next = work.next(await rowsOf(client, next.value));
  return next.value;
}

/** The rows of a statement, whose question marks become `$1`, `$2` …; PostgreSQL's text holds no zero byte. */
export async function rowsOf(client: ClientBase, [text, ...values]: Statement): Promise<Row[]> {
  let count = 0;
  const numbered = text.replace(/\?/g, () => `$${++count}`);
  const kept = values.map((value) => (typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value));
  return (await client.query(numbered, kept)).rows as Row[];
}
