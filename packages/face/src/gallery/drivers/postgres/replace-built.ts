import { hashBytes } from '@semblance/core/files';
import type { ClientBase } from 'pg';
import type { GalleryMeta, GalleryStore, NewFace, StoredFace } from '../../store.ts';
import { addFaces } from './add-faces.ts';
import { vectorBytes } from './rows.ts';

/** Faces that are added at a time. */
const BATCH = 500;

/**
 * Puts the faces of a build in the place of those of the build before. A face that is the same keeps its id; those that
 * were enrolled one by one stay, and so does what was said not to be somebody's, as long as they have a face.
 *
 * @param part the build; its faces that were enrolled one by one are known here
 * @returns the faces that are to be removed
 */
export async function replaceBuilt(
  client: ClientBase,
  schema: string,
  part: GalleryStore,
  meta: GalleryMeta,
): Promise<number[]> {
  const { rows } = await client.query(
    `SELECT f.id, s.name, f.source, f.content_hash, f.quality, encode(sha256(f.vector), 'hex') AS hash,
        EXISTS (SELECT 1 FROM "${schema}".crops WHERE face_id = f.id) AS has_crop
      FROM "${schema}".faces f JOIN "${schema}".subjects s ON s.id = f.subject_id
      WHERE f.origin = 'build' ORDER BY f.id DESC`,
  );
  const before = new Map<string, number[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.name, row.source, row.content_hash, row.quality, row.hash, row.has_crop]);
    before.set(key, [...(before.get(key) ?? []), Number(row.id)]);
  }
  let pending: NewFace[] = [];
  const write = async (): Promise<void> => {
    await addFaces(client, schema, pending);
    pending = [];
  };
  for await (const face of part.faces()) {
    if (face.origin !== 'build') continue;
    const crop = await part.crop(face.id);
    if (before.get(keyOf(face, crop !== null))?.pop() !== undefined) continue;
    const { id: _, ...added } = face;
    pending.push({ ...added, crop });
    if (pending.length === BATCH) await write();
  }
  await write();
  await client.query(`UPDATE "${schema}".gallery SET value = $1 WHERE key = 'meta'`, [JSON.stringify(meta)]);
  return [...before.values()].flat();
}

const keyOf = ({ subject, source, contentHash, quality, embedding }: StoredFace, hasCrop: boolean): string =>
  JSON.stringify([subject, source, contentHash, quality, hashBytes(vectorBytes(embedding)), hasCrop]);
