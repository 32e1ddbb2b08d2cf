import type { ClientBase } from 'pg';
import type { StoreChanges, StoreMark } from '../../store.ts';

/** Changes that are remembered: who has missed more reads everything. */
const KEPT_CHANGES = 200_000;
/** They are counted when about so many have come. */
const FORGET_EVERY = 4096;

/** The last change. */
export async function markOf(client: ClientBase, schema: string): Promise<StoreMark> {
  const { rows } = await client.query(
    `SELECT seq, token::text AS token FROM "${schema}".changes ORDER BY seq DESC LIMIT 1`,
  );
  return { seq: Number(rows[0]?.seq ?? 0), token: String(rows[0]?.token ?? '') };
}

/** Forgets the oldest changes now and then. */
export async function forgetChanges(
  client: ClientBase,
  schema: string,
  { seq: before }: StoreMark,
  { seq: after }: StoreMark,
): Promise<void> {
  if (Math.floor(before / FORGET_EVERY) === Math.floor(after / FORGET_EVERY)) return;
  await client.query(`DELETE FROM "${schema}".changes WHERE seq <= $1`, [after - KEPT_CHANGES]);
}

/**
 * What changed since a state, of one moment of the database.
 *
 * @returns also the state that it is of
 */
export async function changesSince(
  client: ClientBase,
  schema: string,
  told: StoreMark,
): Promise<{ mark: StoreMark; changes: StoreChanges }> {
  const mark = await markOf(client, schema);
  const { rows: known } = await client.query(
    `SELECT (SELECT token::text FROM "${schema}".changes WHERE seq = $1) AS token,
      (SELECT min(seq) FROM "${schema}".changes) AS first`,
    [told.seq],
  );
  const { token, first } = known[0];
  if (token === told.token) {
    const { rows } = await client.query(
      `SELECT DISTINCT face_id FROM "${schema}".changes WHERE seq > $1 AND face_id > 0 ORDER BY face_id`,
      [told.seq],
    );
    const changed = rows.map(({ face_id }) => Number(face_id));
    return {
      mark,
      changes: { subjectOf: await subjectsOf(client, schema, changed), isReplaced: false, changed },
    };
  }
  // what is not forgotten, and not there, was never there: this is another gallery, or a backup of it
  const isReplaced = token !== null || Number(first) <= told.seq;
  return { mark, changes: { subjectOf: await subjectsOf(client, schema, null), isReplaced } };
}

/** The subjects' names of these faces, or of all. */
async function subjectsOf(
  client: ClientBase,
  schema: string,
  ids: readonly number[] | null,
): Promise<Map<number, string>> {
  if (ids?.length === 0) return new Map();
  const { rows } = await client.query(
    `SELECT f.id, s.name FROM "${schema}".faces f JOIN "${schema}".subjects s ON s.id = f.subject_id
      ${ids ? 'WHERE f.id = ANY($1)' : ''}`,
    ids ? [ids] : [],
  );
  return new Map(rows.map(({ id, name }) => [Number(id), String(name)]));
}
