import { PostgresPool } from '@semblance/core/postgres';
import type { ClientBase } from 'pg';
import { isSemblanceError, SemblanceError } from '../../../error.ts';
import type { StoreChanges, StoreMark } from '../../store.ts';
import type { PostgresPlace } from './address.ts';
import { requireNotBuilding } from './build-lock.ts';
import { changesSince, forgetChanges, markOf } from './changes.ts';
import { explain, unsure } from './explain.ts';
import { Follower } from './follower.ts';
import { lockOf, WRITERS } from './schema.ts';
import { SESSION } from './session-settings.ts';

/** Who stops in the middle of a transaction is in nobody's way for long. */
const LIMITS = `SET LOCAL lock_timeout = '10s'; SET LOCAL idle_in_transaction_session_timeout = '10s'`;
const SNAPSHOT = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${LIMITS}`;
/**
 * Whoever writes waits for its turn, so that changes are numbered in the order in which they can be seen. A server that
 * acknowledges before it has written is told not to.
 */
const begin = (schema: string): string => `BEGIN; ${LIMITS};
  SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';
  SELECT pg_advisory_xact_lock(${WRITERS}, ${lockOf(schema)})`;

/** Connections to one gallery, and what is known of its changes. */
export class GallerySession {
  readonly place: PostgresPlace;
  readonly #pool: PostgresPool;
  readonly #follower: Follower;
  readonly #isReadOnly: boolean;
  readonly #holdsLock: boolean;
  /** What the store has told of. */
  #told: StoreMark = { seq: 0, token: '' };

  private constructor(
    place: PostgresPlace,
    pool: PostgresPool,
    { readOnly = false, holdsLock = false }: { readOnly?: boolean; holdsLock?: boolean },
  ) {
    this.place = place;
    this.#pool = pool;
    this.#follower = new Follower(place);
    this.#isReadOnly = readOnly;
    this.#holdsLock = holdsLock;
  }

  /** @param prepare is done first, in a transaction of its own where it writes */
  static async open(
    place: PostgresPlace,
    options: { readOnly?: boolean; holdsLock?: boolean },
    prepare: (session: GallerySession) => Promise<void>,
  ): Promise<GallerySession> {
    const words = {
      explain: (_: string, cause: unknown) => explain(place.where, cause),
      unsure: (_: string, cause: unknown) => unsure(place.where, cause),
    };
    const pool = await PostgresPool.open(place.url, { ...SESSION, ...words });
    const session = new GallerySession(place, pool, options);
    try {
      await prepare(session);
      session.#tell(await session.read((client) => markOf(client, place.schema)));
      pool.isOpen();
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  read<T>(action: (client: ClientBase) => Promise<T>): Promise<T> {
    return this.#pool.read(action);
  }

  /** A transaction in which nobody else writes. */
  alone<T>(action: (client: ClientBase) => Promise<T>): Promise<T> {
    return this.#pool.transaction(begin(this.place.schema), action);
  }

  /**
   * Changes the gallery, all or nothing. Once it returns, the change survives a crash of the server.
   *
   * @throws SemblanceError STORAGE_READ_ONLY, GALLERY_BUSY while somebody builds it; GALLERY_UNREACHABLE also where the
   *   change may have been made
   */
  async write<T>(action: (client: ClientBase) => Promise<T>): Promise<T> {
    const { schema, where } = this.place;
    if (this.#isReadOnly)
      throw new SemblanceError('STORAGE_READ_ONLY', `the gallery ${where} was opened for reading only`);
    const { result, before, after } = await this.alone(async (client) => {
      if (!this.#holdsLock) await requireNotBuilding(client, this.place);
      const before = await markOf(client, schema);
      const result = await action(client);
      const after = await markOf(client, schema);
      await forgetChanges(client, schema, before, after);
      return { result, before, after };
    });
    // what this store does itself need not be told
    if (before.seq === this.#told.seq && before.token === this.#told.token) this.#tell(after);
    return result;
  }

  /** What others changed; null for nothing, or while nobody can tell. */
  async changes(): Promise<StoreChanges | null> {
    if (!this.#follower.isDue) return null;
    this.#follower.settle();
    try {
      const { schema } = this.place;
      const found = await this.#pool.readNow(async (client) => {
        const { seq, token } = await markOf(client, schema);
        if (seq === this.#told.seq && token === this.#told.token) return null;
        await client.query(SNAPSHOT);
        const found = await changesSince(client, schema, this.#told);
        await client.query('COMMIT');
        return found;
      });
      if (found === null) return null;
      this.#tell(found.mark);
      return found.changes;
    } catch (error) {
      this.#follower.stir();
      // who searches goes on with what is known
      if (isSemblanceError(error, 'GALLERY_UNREACHABLE')) return null;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#follower.close();
    await this.#pool.close();
  }

  #tell(mark: StoreMark): void {
    this.#told = mark;
    this.#follower.seen = mark.seq;
  }
}
