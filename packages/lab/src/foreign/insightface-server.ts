import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isSqliteError } from '@semblance/core/sqlite';
import { SemblanceError } from '../error.ts';
import { chosenCollection, type ForeignFace, unitVector } from './foreign-people.ts';
import { pictureAt } from './photo-folders.ts';

/**
 * The people of a collection in the SQLite database of InsightFace Server: `collections`, `persons` and `face_samples`. The
 * crops it may keep lie in the database, or beside it.
 *
 * @see its migrations, 0001 to 0007
 * @throws SemblanceError DATA_INVALID for another database; USAGE_MISSING_ARGUMENT where it has several collections
 */
export async function* readInsightFaceServer(path: string, collection?: string): AsyncGenerator<ForeignFace> {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const there = db.prepare('SELECT id, name FROM collections ORDER BY id').all();
    const id = chosenCollection(new Map(there.map((row) => [String(row.id), String(row.name)])), collection);
    if (id === null) return;
    const columns = db.prepare('PRAGMA table_info(face_samples)').all();
    const image = columns.some(({ name }) => name === 'crop_image') ? 'crop_image' : 'NULL AS crop_image';
    const rows = db
      .prepare(
        `SELECT f.id, f.embedding, f.crop_path, ${image}, p.name, p.external_id, p.id AS person_id
        FROM face_samples f JOIN persons p ON p.collection_id = f.collection_id AND p.id = f.person_id
        WHERE f.collection_id = ? ORDER BY f.created_at, f.id`,
      )
      .iterate(id);
    for (const row of rows) {
      const subject = String(row.name || row.external_id || row.person_id);
      const { embedding } = row;
      const values = embedding instanceof Uint8Array ? new Float32Array(embedding.slice().buffer) : [];
      const picture =
        row.crop_image instanceof Uint8Array ? row.crop_image : await pictureAt(dirname(path), row.crop_path);
      yield { subject, source: String(row.id), picture, embedding: unitVector(values, `sample ${row.id}`) };
    }
  } catch (cause) {
    if (!isSqliteError(cause)) throw cause;
    const message = `${path} is not the database of InsightFace Server: ${(cause as Error).message}`;
    throw new SemblanceError('DATA_INVALID', message, { cause });
  } finally {
    db.close();
  }
}
