import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase, ClientConfig, Pool } from 'pg';
import { SemblanceError } from '../../error.ts';
import type { Database, Dialect, Row, Statement, Work } from '../database.ts';
import { shownAddress } from './address.ts';
import { explain, isAway } from './explain.ts';
import { passwordFromFile } from './password.ts';
import { SCHEMA } from './schema.ts';

/** For how long a database that went away is waited for, before who asked is told. */
const PATIENCE_MS = 10_000;
const CONNECT_MS = 10_000;
const QUERY_MS = 30_000;
const MOST_CONNECTIONS = 4;
/** Of advisory locks: 'smbj', and what it is for. */
export const LOCKS = 0x736d626a;
const WRITE_LOCK = 0;
/**
 * Whoever writes waits for its turn, as with SQLite: what a transaction reads is still true when it writes, and events are
 * seen in the order of their numbers. A server that acknowledges before it has written is told not to.
 */
const BEGIN = `BEGIN; SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';
  SELECT pg_advisory_xact_lock(${LOCKS}, ${WRITE_LOCK})`;

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
  /** The address, without its password. */
  readonly where: string;
  private readonly pool: Pool;
  private patienceMs: number;

  private constructor(where: string, pool: Pool, patienceMs: number) {
    this.where = where;
    this.pool = pool;
    this.patienceMs = patienceMs;
  }

  /** Nothing is asked yet. @param patienceMs for how long a database is waited for until {@link isOpen} */
  static async open(url: string, patienceMs: number): Promise<Connections> {
    const { Pool } = await import('pg');
    const pool = new Pool({ ...(await settings(url)), max: MOST_CONNECTIONS });
    // each statement finds out by itself that its connection is gone
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    return new Connections(shownAddress(url), pool, patienceMs);
  }

  isOpen(): void {
    this.patienceMs = PATIENCE_MS;
  }

  read = (...statement: Statement): Promise<Row[]> =>
    this.insist(() => this.with((client) => rowsOf(client, statement)));

  write = <T>(work: () => Work<T>): Promise<T> =>
    this.insist(() =>
      this.with(async (client) => {
        await client.query(BEGIN);
        const result = await done(client, work());
        try {
          await client.query('COMMIT');
        } catch (cause) {
          if (!isAway(cause)) throw cause;
          // not tried again: it may be there already
          throw new SemblanceError(
            'JOB_STORE_UNREACHABLE',
            `the job store ${this.where} went away while it wrote this down: look whether it is there before you try again`,
            { cause },
          );
        }
        return result;
      }),
    );

  close = async (): Promise<void> => {
    if (!this.pool.ending) await this.pool.end();
  };

  private async with<T>(action: (client: ClientBase) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      const result = await action(client);
      client.release();
      return result;
    } catch (error) {
      // its transaction ends with it
      client.release(true);
      throw error;
    }
  }

  /** Does what was undone with a broken connection again, over another one. */
  async insist<T>(action: () => Promise<T>): Promise<T> {
    const untilMs = Date.now() + this.patienceMs;
    for (let waitMs = 50; ; waitMs = Math.min(1000, waitMs * 2)) {
      try {
        return await action();
      } catch (cause) {
        if (!isAway(cause) || Date.now() + waitMs > untilMs) throw explain(this.where, cause);
        await sleep(waitMs);
      }
    }
  }
}

/** How a connection is made: as libpq does, by the address and by PGHOST, PGUSER, PGPASSWORD, PGPASSFILE and their like. */
export async function settings(url: string): Promise<ClientConfig> {
  const { Client } = await import('pg');
  const { host, port, user, database, password, ssl } = new Client({ connectionString: url });
  return {
    ...{ host, port, ssl },
    ...(user === undefined ? {} : { user }),
    ...(database === undefined ? {} : { database }),
    password: password || (() => passwordFromFile({ host, port, user, database })),
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    keepAlive: true,
    application_name: 'semblance jobs',
    // who stops in the middle of a transaction is in nobody's way for long
    options: `-c search_path=${SCHEMA} -c lock_timeout=10s -c idle_in_transaction_session_timeout=10s`,
  };
}

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
