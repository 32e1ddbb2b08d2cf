import { connectionSettings, loadPg } from '@semblance/core/postgres';
import type { Client } from 'pg';
import { SemblanceError } from '../../error.ts';
import { bootId } from '../../executor/process-table.ts';
import type { Seat, Seated } from '../version-store.ts';
import { LOCKS, rowsOf, SESSION } from './connections.ts';
import { explain } from './explain.ts';

/** Lets the server find out within half a minute that a machine is gone without a word. */
const LIVENESS =
  'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 25000';

const HELD = `EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND classid = ${LOCKS} AND objid = machines.id AND objsubid = 2)`;

/**
 * The seat of a machine's supervisor: an advisory lock of a connection of its own, which the server takes back when that
 * ends.
 */
export class PostgresSeat implements Seat {
  private client: Client | null = null;
  private numTaken = 0;
  /** With credentials: shown by nothing that prints this. */
  readonly #url: string;
  private readonly where: string;
  private readonly machine: string;

  constructor(url: string, where: string, machine: string) {
    this.#url = url;
    this.where = where;
    this.machine = machine;
  }

  /** @returns whether the seat was free @throws what the driver says */
  async take(): Promise<boolean> {
    const { Client } = await loadPg();
    const client = new Client(await connectionSettings(this.#url, SESSION));
    const drop = (): void => void (this.client === client && (this.client = null));
    client.on('error', drop).on('end', drop);
    try {
      await client.connect();
      const isMine = await this.lock(client);
      if (isMine) {
        this.client = client;
        this.numTaken++;
      } else await client.end();
      return isMine;
    } catch (cause) {
      void client.end().catch(() => {}); // it is broken anyway
      throw cause;
    }
  }

  private async lock(client: Client): Promise<boolean> {
    await client.query(LIVENESS);
    const [row] = await rowsOf(client, [
      `INSERT INTO machines (name, boot_id) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET boot_id = excluded.boot_id RETURNING id`,
      ...[this.machine, bootId()],
    ]);
    const [lock] = await rowsOf(client, [
      `SELECT pg_try_advisory_lock(${LOCKS}, ?) AS is_mine`,
      Number(row!.id),
    ]);
    return lock!.is_mine === true;
  }

  private async retake(): Promise<boolean> {
    try {
      return await this.take();
    } catch (cause) {
      throw explain(this.where, cause);
    }
  }

  async machines(): Promise<Seated> {
    if (!this.client && !(await this.retake()))
      throw new SemblanceError(
        'JOB_STORE_BUSY',
        `another process supervises machine ${this.machine} in the job store ${this.where}`,
      );
    const client = this.client!;
    try {
      const rows = await rowsOf(client, [`SELECT name, boot_id, ${HELD} AS is_living FROM machines`]);
      return {
        bootIds: new Map(rows.map(({ name, boot_id }) => [String(name), String(boot_id)])),
        living: new Set(rows.filter((row) => row.is_living).map(({ name }) => String(name))),
        numTaken: this.numTaken,
      };
    } catch (cause) {
      // one that does not answer is given up, and with it the lock: the next look takes it again
      this.client = null;
      void client.end().catch(() => {});
      throw explain(this.where, cause);
    }
  }

  async release(): Promise<void> {
    const { client } = this;
    this.client = null;
    await client?.end();
  }
}
