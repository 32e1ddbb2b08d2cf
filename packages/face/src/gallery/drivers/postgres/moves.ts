import type { ClientBase } from 'pg';
import {
  type FaceMove,
  type MovedFaces,
  type NameJournal,
  type NameNote,
  noChanges,
  withChange,
  withNote,
  withoutGone,
} from '../../name-changes.ts';
import { storable } from './rows.ts';

/** The changes of names that can be undone. */
export async function namesIn(client: ClientBase, schema: string): Promise<NameJournal> {
  const { rows } = await client.query(`SELECT value FROM "${schema}".gallery WHERE key = 'names'`);
  return rows.length === 0 ? noChanges() : (JSON.parse(String(rows[0].value)) as NameJournal);
}

const write = (client: ClientBase, schema: string, journal: NameJournal) =>
  client.query(
    `INSERT INTO "${schema}".gallery VALUES ('names', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [JSON.stringify(journal)],
  );

/** Removes faces, and subjects left without any; gives the ids, rising. */
export async function removeWhere(
  client: ClientBase,
  schema: string,
  condition: string,
  value: unknown,
): Promise<number[]> {
  const { rows } = await client.query(
    `DELETE FROM "${schema}".faces WHERE ${condition} RETURNING id, subject_id`,
    [value],
  );
  const ids = rows.map(({ id }) => Number(id)).sort((a, b) => a - b);
  if (ids.length === 0) return ids;
  const gone = await prune(client, schema, [...new Set(rows.map(({ subject_id }) => String(subject_id)))]);
  const journal = await namesIn(client, schema);
  if (journal.changes.length > 0) await write(client, schema, withoutGone(journal, ids, gone));
  return ids;
}

/** Removes those of these subjects who have no face; gives their names. */
async function prune(client: ClientBase, schema: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await client.query(
    `DELETE FROM "${schema}".subjects s WHERE id = ANY($1)
      AND NOT EXISTS (SELECT 1 FROM "${schema}".faces WHERE subject_id = s.id) RETURNING name`,
    [ids],
  );
  return rows.map(({ name }) => String(name));
}

/** Gives a subject another name, or joins it with who has that name; gives the number of faces. */
export async function rename(
  client: ClientBase,
  schema: string,
  from: string,
  to: string,
  undoes: number | undefined,
): Promise<number> {
  const known = await subjectOf(client, schema, from);
  if (!known || from === to) return known?.faces.length ?? 0;
  const other = await subjectOf(client, schema, storable(to));
  const journal = await namesIn(client, schema);
  const kind = other ? 'merge' : 'rename';
  const left = withNote(journal, undoes === undefined ? { kind } : { undoes });
  if (left === null) return 0;
  if (other) await give(client, schema, known, known, other.id);
  // who keeps all faces is the same subject by another name
  else await client.query(`UPDATE "${schema}".subjects SET name = $2 WHERE id = $1`, [known.id, to]);
  const moved = { from, to, faces: known.faces, negatives: known.negatives };
  await write(client, schema, undoes === undefined ? withChange(left, kind, [moved]) : left);
  return known.faces.length;
}

/** Moves faces and negatives to other subjects; gives what moved. */
export async function moveFaces(
  client: ClientBase,
  schema: string,
  moves: readonly FaceMove[],
  note: NameNote,
): Promise<MovedFaces[]> {
  const journal = withNote(await namesIn(client, schema), note);
  if (journal === null) return [];
  const moved: MovedFaces[] = [];
  for (const { from, to, faces, negatives = [] } of moves) {
    const subject = await subjectOf(client, schema, from);
    if (!subject || from === to) continue;
    const going =
      faces === 'all'
        ? { faces: subject.faces, negatives: subject.negatives }
        : {
            faces: faces.filter((id) => subject.faces.includes(id)),
            negatives: negatives.filter((id) => subject.negatives.includes(id)),
          };
    if (going.faces.length === 0) continue;
    const { rows } = await client.query(
      `INSERT INTO "${schema}".subjects (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = excluded.name
        RETURNING id`,
      [storable(to)],
    );
    await give(client, schema, subject, going, String(rows[0].id));
    moved.push({ from, to, ...going });
  }
  await write(client, schema, 'kind' in note ? withChange(journal, note.kind, moved) : journal);
  return moved;
}

interface Subject {
  id: string;
  faces: number[];
  negatives: number[];
}

async function subjectOf(client: ClientBase, schema: string, name: string): Promise<Subject | null> {
  const { rows } = await client.query(
    `SELECT id, ARRAY(SELECT id FROM "${schema}".faces WHERE subject_id = s.id ORDER BY id) AS faces,
        ARRAY(SELECT id FROM "${schema}".negatives WHERE subject_id = s.id ORDER BY id) AS negatives
      FROM "${schema}".subjects s WHERE name = $1`,
    [storable(name)],
  );
  if (rows.length === 0) return null;
  const [{ id, faces, negatives }] = rows;
  return { id: String(id), faces: faces.map(Number), negatives: negatives.map(Number) };
}

/** Gives faces and negatives to a subject; the one they were of goes, where no face is left. */
async function give(
  client: ClientBase,
  schema: string,
  { id }: Subject,
  { faces, negatives }: Pick<Subject, 'faces' | 'negatives'>,
  to: string,
): Promise<void> {
  const text = (table: string) => `UPDATE "${schema}".${table} SET subject_id = $2 WHERE id = ANY($1)`;
  await client.query(text('faces'), [faces, to]);
  if (negatives.length > 0) await client.query(text('negatives'), [negatives, to]);
  await prune(client, schema, [id]);
}
