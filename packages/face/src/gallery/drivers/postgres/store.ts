import { byCodeUnit } from '@semblance/core/files';
import type { GalleryMeta, KeptStore, SubjectInfo } from '../../store.ts';
import { parseMeta } from '../sqlite-rows.ts';
import { addFaces, takeIds } from './add-faces.ts';
import { parsePlace } from './address.ts';
import { create, versionOf } from './migrate.ts';
import { moveFaces, namesIn, removeWhere, rename } from './moves.ts';
import { readFaces } from './read-faces.ts';
import { replaceBuilt } from './replace-built.ts';
import { storable, storedNegative, vectorBytes } from './rows.ts';
import { GallerySession } from './session.ts';

export interface PostgresStoreOptions {
  /** Makes it, with what it says of itself; the default expects it. */
  create?: boolean | GalleryMeta;
  /** Writes nothing: for a role that may only read. */
  readOnly?: boolean;
  /** The caller holds the gallery's lock, see `lockPostgresGallery`: changes are not refused. */
  holdsLock?: boolean;
}

/**
 * A gallery in a PostgreSQL database (14 or later), in a schema of its own: for several machines at once. A call that
 * returned is on the server's disk. What others change is told by the server; one that went away is waited for, connected to
 * again, and asked what was missed.
 *
 * @param address `postgres://USER@HOST/DATABASE?collection=NAME`
 * @throws SemblanceError USAGE_INVALID_VALUE, GALLERY_NOT_FOUND, GALLERY_EXISTS, GALLERY_UNREACHABLE, GALLERY_DENIED,
 *   GALLERY_CORRUPT
 */
export async function openPostgresStore(
  address: string,
  options: PostgresStoreOptions = {},
): Promise<KeptStore> {
  const place = parsePlace(address);
  const { schema, where } = place;
  const { create: wanted = false } = options;
  const session = await GallerySession.open(place, options, async (opening) => {
    const meta = typeof wanted === 'object' ? wanted : null;
    if (wanted !== false)
      await opening.alone((client) => create(client, place, meta, options.holdsLock ?? false));
    else await opening.read((client) => versionOf(client, place));
  });
  const rowsOf = async (text: string, ...values: unknown[]) =>
    (await session.read((client) => client.query(text, values))).rows;
  const numbers = (rows: { id: unknown }[]): number[] => rows.map(({ id }) => Number(id));

  return {
    galleryId: null,
    async readMeta() {
      const [row] = await rowsOf(`SELECT value FROM "${schema}".gallery WHERE key = 'meta'`);
      return row ? parseMeta(where, String(row.value)) : null;
    },
    async writeMeta(meta) {
      await session.write((client) =>
        client.query(
          `INSERT INTO "${schema}".gallery VALUES ('meta', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
          [JSON.stringify(meta)],
        ),
      );
    },
    addFaces: (faces) => session.write((client) => addFaces(client, schema, faces)),
    faces: (ids) => readFaces(session, ids),
    async crop(id) {
      const [row] = await rowsOf(`SELECT jpeg FROM "${schema}".crops WHERE face_id = $1`, id);
      return row ? new Uint8Array(row.jpeg) : null;
    },
    facesOfContent: async (hashes) =>
      numbers(
        await rowsOf(`SELECT id FROM "${schema}".faces WHERE content_hash = ANY($1) ORDER BY id`, hashes),
      ),
    negativesOfContent: async (hashes) =>
      numbers(
        await rowsOf(`SELECT id FROM "${schema}".negatives WHERE content_hash = ANY($1) ORDER BY id`, hashes),
      ),
    async removeFaces(ids) {
      if (ids.length === 0) return [];
      const removed = new Set(
        await session.write((client) => removeWhere(client, schema, 'id = ANY($1)', ids)),
      );
      return ids.filter((id) => removed.delete(id));
    },
    async addNegative({ id: given, subject, embedding, source = null, contentHash = null, crop = null }) {
      return session.write(async (client) => {
        const { rows } = await client.query(`SELECT id FROM "${schema}".subjects WHERE name = $1`, [
          storable(subject),
        ]);
        if (rows.length === 0) return null;
        const [id] = await takeIds(client, schema, 'negative', [given]);
        await client.query(
          `INSERT INTO "${schema}".negatives (id, subject_id, vector, source, content_hash, crop)
            VALUES ($1, $2, $3, $4, $5, $6)`,
          [id, rows[0].id, vectorBytes(embedding), source, contentHash, crop && Buffer.from(crop)],
        );
        return id!;
      });
    },
    async removeNegative(id) {
      const { rowCount } = await session.write((client) =>
        client.query(`DELETE FROM "${schema}".negatives WHERE id = $1`, [id]),
      );
      return rowCount === 1;
    },
    async negatives() {
      const rows = await rowsOf(
        `SELECT n.id, s.name AS subject, vector, source, content_hash, crop, created_at
          FROM "${schema}".negatives n JOIN "${schema}".subjects s ON s.id = n.subject_id ORDER BY n.id`,
      );
      return rows.map((row) => storedNegative(where, row));
    },
    async subjects() {
      const rows = await rowsOf(
        `SELECT s.name, count(*) AS num_faces FROM "${schema}".subjects s
          JOIN "${schema}".faces f ON f.subject_id = s.id GROUP BY s.id`,
      );
      return rows
        .map((row): SubjectInfo => ({ name: String(row.name), numFaces: Number(row.num_faces) }))
        .sort((a, b) => byCodeUnit(a.name, b.name));
    },
    removeSubject: (name) =>
      session.write((client) =>
        removeWhere(
          client,
          schema,
          `subject_id = (SELECT id FROM "${schema}".subjects WHERE name = $1)`,
          name,
        ),
      ),
    renameSubject: (from, to, undoes) => session.write((client) => rename(client, schema, from, to, undoes)),
    moveFaces: (moves, note) => session.write((client) => moveFaces(client, schema, moves, note)),
    nameChanges: async () => (await session.read((client) => namesIn(client, schema))).changes,
    async replaceBuilt(part, meta) {
      await session.write(async (client) => {
        const gone = await replaceBuilt(client, schema, part, meta);
        await removeWhere(client, schema, 'id = ANY($1)', gone);
      });
    },
    names: {
      all: async () =>
        (await rowsOf(`SELECT name FROM "${schema}".names ORDER BY name`)).map(({ name }) => String(name)),
      async add(names) {
        const text = `INSERT INTO "${schema}".names SELECT DISTINCT unnest($1::text[]) ON CONFLICT DO NOTHING`;
        await session.write((client) => client.query(text, [names.map(storable)]));
      },
      async forget(name) {
        await session.write((client) =>
          client.query(`DELETE FROM "${schema}".names WHERE name = $1`, [name]),
        );
      },
    },
    changes: () => session.changes(),
    close: () => session.close(),
  };
}
