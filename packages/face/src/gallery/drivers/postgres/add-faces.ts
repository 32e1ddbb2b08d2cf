import type { ClientBase } from 'pg';
import { SemblanceError } from '../../../error.ts';
import type { NewFace } from '../../store.ts';
import { storable, vectorBytes } from './rows.ts';

/** Faces that are sent at a time: a few megabytes. */
const BATCH = 500;

/** Takes the next ids of faces or negatives: those that are given, or else the next free ones. */
export async function takeIds(
  client: ClientBase,
  schema: string,
  kind: 'face' | 'negative',
  given: readonly (number | undefined)[],
): Promise<number[]> {
  const { rows } = await client.query(`SELECT id FROM "${schema}".next_ids WHERE kind = $1`, [kind]);
  let next = Number(rows[0].id);
  const ids = given.map((id) => {
    const taken = id ?? next;
    next = Math.max(next, taken + 1);
    return taken;
  });
  const known = given.filter((id) => id !== undefined);
  if (known.length > 0) {
    const table = kind === 'face' ? 'faces' : 'negatives';
    const { rows } = await client.query(`SELECT id FROM "${schema}".${table} WHERE id = ANY($1) LIMIT 1`, [
      known,
    ]);
    const twice = ids.find((id, i) => ids.indexOf(id) !== i);
    const taken = rows[0]?.id ?? twice;
    if (taken !== undefined) throw new SemblanceError('DATA_INVALID', `there is already a ${kind} ${taken}`);
  }
  await client.query(`UPDATE "${schema}".next_ids SET id = $2 WHERE kind = $1`, [kind, next]);
  return ids;
}

/** Adds faces and their subjects; gives the faces' ids. */
export async function addFaces(
  client: ClientBase,
  schema: string,
  faces: readonly NewFace[],
): Promise<number[]> {
  const ids = await takeIds(
    client,
    schema,
    'face',
    faces.map(({ id }) => id),
  );
  for (let from = 0; from < faces.length; from += BATCH)
    await addSome(client, schema, ids.slice(from, from + BATCH), faces.slice(from, from + BATCH));
  return ids;
}

async function addSome(
  client: ClientBase,
  schema: string,
  ids: readonly number[],
  faces: readonly NewFace[],
): Promise<void> {
  const names = faces.map(({ subject }) => storable(subject));
  await client.query(
    `INSERT INTO "${schema}".subjects (name) SELECT DISTINCT unnest($1::text[]) ON CONFLICT DO NOTHING`,
    [names],
  );
  await client.query(
    `INSERT INTO "${schema}".faces (id, subject_id, vector, source, content_hash, quality, origin)
      SELECT a.id, s.id, a.vector, a.source, a.content_hash, a.quality, a.origin
      FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::text[], $5::text[], $6::float8[], $7::text[])
        AS a (id, name, vector, source, content_hash, quality, origin)
      JOIN "${schema}".subjects s ON s.name = a.name`,
    [
      ids,
      names,
      faces.map(({ embedding }) => vectorBytes(embedding)),
      faces.map(({ source }) => (source == null ? null : storable(source))),
      faces.map(({ contentHash }) => contentHash ?? null),
      faces.map(({ quality }) => quality ?? null),
      faces.map(({ origin }) => origin ?? 'enrol'),
    ],
  );
  const withCrop = faces.flatMap(({ crop }, i) => (crop ? [{ id: ids[i]!, crop: Buffer.from(crop) }] : []));
  if (withCrop.length === 0) return;
  await client.query(
    `INSERT INTO "${schema}".crops (face_id, jpeg) SELECT * FROM unnest($1::bigint[], $2::bytea[])`,
    [withCrop.map(({ id }) => id), withCrop.map(({ crop }) => crop)],
  );
}
