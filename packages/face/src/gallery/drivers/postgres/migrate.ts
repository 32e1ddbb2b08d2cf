import type { ClientBase } from 'pg';
import { SemblanceError } from '../../../error.ts';
import type { GalleryMeta } from '../../store.ts';
import type { PostgresPlace } from './address.ts';
import { requireNotBuilding } from './build-lock.ts';
import { migrationFrom, SCHEMA_VERSION } from './schema.ts';

/**
 * Whether a gallery's tables are there and of this version; where they are, nothing need be written to open it.
 *
 * @throws SemblanceError GALLERY_NOT_FOUND where there are none; GALLERY_CORRUPT where they are of a newer version
 */
export async function versionOf(client: ClientBase, { schema, where }: PostgresPlace): Promise<number> {
  const { rows } = await client.query('SELECT to_regclass($1) AS name', [`"${schema}".gallery`]);
  if (rows[0].name === null) throw new SemblanceError('GALLERY_NOT_FOUND', `there is no gallery in ${where}`);
  const found = await client.query(`SELECT value FROM "${schema}".gallery WHERE key = 'schema_version'`);
  const version = Number(found.rows[0]?.value ?? 0);
  if (version > SCHEMA_VERSION)
    throw new SemblanceError('GALLERY_CORRUPT', `${where} was made by a newer version of Semblance`);
  return version;
}

/**
 * Makes a gallery's tables, in a transaction that nobody else writes in.
 *
 * @param meta what it says of itself from the first moment
 * @param holdsLock whether the caller has the gallery's lock
 * @throws SemblanceError GALLERY_EXISTS, GALLERY_BUSY
 */
export async function create(
  client: ClientBase,
  place: PostgresPlace,
  meta: GalleryMeta | null,
  holdsLock: boolean,
): Promise<void> {
  const { schema, where } = place;
  const { rows } = await client.query('SELECT to_regclass($1) AS gallery, to_regnamespace($2) AS schema', [
    `"${schema}".gallery`,
    `"${schema}"`,
  ]);
  let isThere = rows[0].schema !== null;
  if (rows[0].gallery !== null) {
    const { rowCount } = await client.query(`SELECT 1 FROM "${schema}".gallery WHERE key = 'meta'`);
    if (rowCount !== 0) throw new SemblanceError('GALLERY_EXISTS', `there is already a gallery in ${where}`);
    // left by a copy that was killed, unless one is being made
    if (!holdsLock) await requireNotBuilding(client, place);
    await client.query(`DROP SCHEMA "${schema}" CASCADE`);
    isThere = false;
  }
  // one that is there already may be used without the right to make one
  if (!isThere) await client.query(`CREATE SCHEMA "${schema}"`);
  await client.query(migrationFrom(0, schema));
  if (meta !== null)
    await client.query(`INSERT INTO "${schema}".gallery VALUES ('meta', $1)`, [JSON.stringify(meta)]);
}
