import { connectionSettings, loadPg } from '@semblance/core/postgres';
import type { ClientBase } from 'pg';
import { SemblanceError } from '../../../error.ts';
import { type PostgresPlace, parsePlace } from './address.ts';
import { explain } from './explain.ts';
import { BUILDS, lockOf } from './schema.ts';
import { SESSION } from './session-settings.ts';

const HOLDER = `SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
  WHERE l.locktype = 'advisory' AND l.granted AND l.mode = 'ExclusiveLock' AND l.objsubid = 2
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND l.classid::bigint = $1 AND l.objid::bigint = $2`;

/**
 * Refuses where somebody builds the gallery; who writes is waited for by the next who builds.
 *
 * @throws SemblanceError GALLERY_BUSY
 */
export async function requireNotBuilding(
  client: ClientBase,
  { schema, where }: PostgresPlace,
): Promise<void> {
  const key = lockOf(schema);
  const { rows } = await client.query('SELECT pg_try_advisory_xact_lock_shared($1, $2) AS is_free', [
    BUILDS,
    key,
  ]);
  if (!rows[0].is_free) throw await refusal(client, where, key);
}

async function refusal(client: ClientBase, where: string, key: number): Promise<SemblanceError> {
  const { rows } = await client.query(HOLDER, [BUILDS, key >>> 0]);
  const holder = String(rows[0]?.name || 'another process');
  const message = `the gallery ${where} is in use by ${holder}: wait until it has ended, or end it`;
  return new SemblanceError('GALLERY_BUSY', message, { details: { holder } });
}

/**
 * Keeps a gallery for one who changes all of it: everybody else's changes are refused, readers are free. The server takes
 * it back when the connection ends, however it ends.
 *
 * @param holder who that is, for the sentence of whoever is refused
 * @throws SemblanceError GALLERY_BUSY; those of the way to the database
 */
export async function lockPostgresGallery(address: string, holder: string): Promise<AsyncDisposable> {
  const place = parsePlace(address);
  const { Client } = await loadPg();
  const application = `${holder} (${SESSION.application.slice('semblance ('.length)}`.slice(0, 63);
  const client = new Client(await connectionSettings(place.url, { application }));
  client.on('error', () => {}); // whoever writes next finds out
  try {
    await client.connect();
    const key = lockOf(place.schema);
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1, $2) AS is_mine', [BUILDS, key]);
    if (!rows[0].is_mine) throw await refusal(client, place.where, key);
  } catch (cause) {
    void client.end().catch(() => {}); // it is broken anyway
    throw explain(place.where, cause);
  }
  return { [Symbol.asyncDispose]: () => client.end() };
}
