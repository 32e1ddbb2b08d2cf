import { connectionSettings, loadPg } from '@semblance/core/postgres';
import type { Client } from 'pg';
import type { PostgresPlace } from './address.ts';
import { SESSION } from './session-settings.ts';

/** How often it is asked what was changed last: a notification that was lost is made up for. */
const POLL_MS = 2000;
const RETRY_MS = 500;

/** Knows whether a gallery has changed, without asking each time: the server tells it. */
export class Follower {
  readonly #place: PostgresPlace;
  #client: Client | null = null;
  #timer: NodeJS.Timeout | undefined;
  /** `starting` until the first try has ended. */
  #state: 'idle' | 'starting' | 'listening' | 'away' | 'closed' = 'idle';
  #isStirred = false;
  /** The last change that the store knows of. */
  seen = 0;

  constructor(place: PostgresPlace) {
    this.#place = place;
  }

  /**
   * Whether it has to be asked what changed. Until the server is listened to, always; while it is away, not: who asks goes on
   * with what is known.
   */
  get isDue(): boolean {
    if (this.#state === 'idle') this.#start();
    return this.#state === 'starting' || (this.#state === 'listening' && this.#isStirred);
  }

  /** What has changed is about to be read. */
  settle(): void {
    this.#isStirred = false;
  }

  /** It could not be read. */
  stir(): void {
    this.#isStirred = true;
  }

  async close(): Promise<void> {
    this.#state = 'closed';
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => {}); // it is broken anyway
  }

  #start(): void {
    this.#state = 'starting';
    void this.#listen();
  }

  async #listen(): Promise<void> {
    let client: Client | null = null;
    try {
      const { Client } = await loadPg();
      client = new Client(await connectionSettings(this.#place.url, SESSION));
      const mine = client;
      client.on('error', () => this.#drop(mine)).on('end', () => this.#drop(mine));
      client.on('notification', ({ payload }) => this.#note(Number(payload)));
      await client.connect();
      // it keeps no process alive that has nothing else to do
      (client as Client & { unref(): void }).unref();
      await client.query(`LISTEN "${this.#place.schema}"`);
      if (this.#state === 'closed') throw new Error('closed');
      this.#client = client;
      this.#state = 'listening';
      this.#isStirred = true; // what came before is not told of
      this.#later(POLL_MS, () => void this.#poll());
    } catch {
      void client?.end().catch(() => {}); // it is broken anyway
      this.#goAway();
    }
  }

  async #poll(): Promise<void> {
    const client = this.#client;
    if (!client) return;
    try {
      const { rows } = await client.query(`SELECT max(seq) AS seq FROM "${this.#place.schema}".changes`);
      this.#note(Number(rows[0].seq));
      this.#later(POLL_MS, () => void this.#poll());
    } catch (error) {
      // a gallery that is gone is for whoever asks to find
      this.#isStirred = true;
      if ((error as { code?: string }).code === '42P01') this.#later(POLL_MS, () => void this.#poll());
      else this.#drop(client);
    }
  }

  #note(seq: number): void {
    if (seq !== this.seen) this.#isStirred = true;
  }

  #drop(client: Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    void client.end().catch(() => {}); // it is broken anyway
    this.#goAway();
  }

  #goAway(): void {
    if (this.#state === 'closed') return;
    this.#state = 'away';
    this.#later(RETRY_MS, () => void this.#listen());
  }

  #later(ms: number, action: () => void): void {
    clearTimeout(this.#timer);
    if (this.#state !== 'closed') this.#timer = setTimeout(action, ms).unref();
  }
}
