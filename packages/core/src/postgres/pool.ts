import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase, Pool } from 'pg';
import { shownAddress } from './address.ts';
import { isAway } from './fault.ts';
import { connectionSettings, loadPg } from './settings.ts';

/** For how long a database that went away is waited for, before who asked is told. */
const PATIENCE_MS = 10_000;
const MOST_CONNECTIONS = 4;

export interface PostgresPoolOptions {
  /** What the server calls its connections. */
  application: string;
  /** Settings of the sessions, as `-c name=value`. */
  options?: string;
  /** For how long a database is waited for until {@link PostgresPool.isOpen}. */
  patienceMs?: number;
  /** Puts what failed in words. `where` is the address without its password. */
  explain(where: string, cause: unknown): Error;
  /** The same where the connection broke while a transaction was acknowledged: it may be there, or not. */
  unsure(where: string, cause: unknown): Error;
}

/** Connections to one database, which are made again when it comes back. */
export class PostgresPool {
  /** The address, without its password. */
  readonly where: string;
  readonly #pool: Pool;
  readonly #words: Pick<PostgresPoolOptions, 'explain' | 'unsure'>;
  #patienceMs: number;

  private constructor(where: string, pool: Pool, { patienceMs = 0, ...words }: PostgresPoolOptions) {
    this.where = where;
    this.#pool = pool;
    this.#words = words;
    this.#patienceMs = patienceMs;
  }

  /** Nothing is asked yet. */
  static async open(url: string, options: PostgresPoolOptions): Promise<PostgresPool> {
    const { Pool } = await loadPg();
    const pool = new Pool({ ...(await connectionSettings(url, options)), max: MOST_CONNECTIONS });
    // each statement finds out by itself that its connection is gone
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    return new PostgresPool(shownAddress(url), pool, options);
  }

  isOpen(): void {
    this.#patienceMs = PATIENCE_MS;
  }

  read<T>(action: (client: ClientBase) => Promise<T>): Promise<T> {
    return this.insist(() => this.#with(action));
  }

  /** The same, without waiting for a database that went away. */
  async readNow<T>(action: (client: ClientBase) => Promise<T>): Promise<T> {
    try {
      return await this.#with(action);
    } catch (cause) {
      throw this.#words.explain(this.where, cause);
    }
  }

  /**
   * Does an action as one transaction. It may be begun anew where the transaction was undone.
   *
   * @param begin statements that begin it
   */
  transaction<T>(begin: string, action: (client: ClientBase) => Promise<T>): Promise<T> {
    return this.insist(() =>
      this.#with(async (client) => {
        await client.query(begin);
        const result = await action(client);
        try {
          await client.query('COMMIT');
        } catch (cause) {
          // not tried again: it may be there already
          throw isAway(cause) ? this.#words.unsure(this.where, cause) : cause;
        }
        return result;
      }),
    );
  }

  /** Does what was undone with a broken connection again, over another one. */
  async insist<T>(action: () => Promise<T>): Promise<T> {
    const untilMs = Date.now() + this.#patienceMs;
    for (let waitMs = 50; ; waitMs = Math.min(1000, waitMs * 2)) {
      try {
        return await action();
      } catch (cause) {
        if (!isAway(cause) || Date.now() + waitMs > untilMs) throw this.#words.explain(this.where, cause);
        await sleep(waitMs);
      }
    }
  }

  async close(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end();
  }

  async #with<T>(action: (client: ClientBase) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
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
}
