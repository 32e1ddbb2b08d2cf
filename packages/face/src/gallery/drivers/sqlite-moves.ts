import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import {
  type FaceMove,
  type MovedFaces,
  type NameChangeKind,
  type NameJournal,
  type NameNote,
  noChanges,
  withChange,
  withNote,
  withoutGone,
} from '../name-changes.ts';
import { type ChangeStatements, subjectsOfThese } from './sqlite-changes.ts';
import { resealThese } from './sqlite-seal.ts';
import type { Opened } from './sqlite-statements.ts';

export const MOVES_SQL = {
  readNames: `SELECT value FROM meta WHERE key = 'names'`,
  writeNames: `INSERT INTO meta VALUES ('names', ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
  nameOf: 'SELECT name FROM subjects WHERE id = ?',
  negativesOf:
    'SELECT n.id FROM negatives n JOIN subjects s ON s.id = n.subject_id WHERE s.name = ? ORDER BY n.id',
  moveFace: 'UPDATE embeddings SET subject_id = (SELECT id FROM subjects WHERE name = ?) WHERE id = ?',
  moveNegative: 'UPDATE negatives SET subject_id = (SELECT id FROM subjects WHERE name = ?) WHERE id = ?',
};

interface Statement {
  get(...values: SQLInputValue[]): Record<string, SQLOutputValue> | undefined;
  all(...values: SQLInputValue[]): Record<string, SQLOutputValue>[];
  run(...values: SQLInputValue[]): unknown;
}
type Statements = Record<
  keyof typeof MOVES_SQL | 'facesOf' | 'addSubject' | 'subject' | 'prune' | 'releaseProfile',
  Statement
> &
  ChangeStatements;

/** The changes of names that can be undone. */
export function namesIn({ readNames }: Statements): NameJournal {
  const row = readNames.get();
  return row === undefined ? noChanges() : (JSON.parse(String(row.value)) as NameJournal);
}

const write = ({ writeNames }: Statements, journal: NameJournal): void =>
  void writeNames.run(JSON.stringify(journal));

/** Notes that a subject got another's name; false where the change that is undone by it is not there any more. */
export function noteRenaming(
  statement: Statements,
  { from, to }: { from: string; to: string },
  undoes: number | undefined,
): boolean {
  const journal = namesIn(statement);
  if (undoes !== undefined) {
    const left = withNote(journal, { undoes });
    if (left) write(statement, left);
    return left !== null;
  }
  const kind: NameChangeKind = statement.subject.get(to) ? 'merge' : 'rename';
  const moved = { from, to, ...allOf(statement, from) };
  write(statement, withChange(journal, kind, [moved]));
  return true;
}

/** Moves faces and negatives, in a transaction of the caller's. */
export function moveFaces(
  { statement, seal }: Opened,
  moves: readonly FaceMove[],
  note: NameNote,
): MovedFaces[] {
  const journal = withNote(namesIn(statement), note);
  if (journal === null) return [];
  const moved: MovedFaces[] = [];
  for (const { from, to, faces, negatives = [] } of moves) {
    const subject = statement.subject.get(from);
    if (!subject || from === to) continue;
    const all = faces === 'all' ? allOf(statement, from) : null;
    const those = all ?? { faces: ofSubject(statement, faces as readonly number[], from), negatives };
    const own = new Set(ids(statement.negativesOf.all(from)));
    const going = { faces: those.faces, negatives: those.negatives.filter((id) => own.has(id)) };
    if (going.faces.length === 0) continue;
    statement.addSubject.run(to);
    if (seal)
      resealThese(statement, seal, { from, to }, { embeddings: going.faces, negatives: going.negatives });
    for (const id of going.faces) statement.moveFace.run(to, id);
    for (const id of going.negatives) statement.moveNegative.run(to, id);
    if (faces === 'all') statement.releaseProfile.run(subject.id!);
    statement.prune.run(subject.id!);
    moved.push({ from, to, ...going });
  }
  write(statement, 'kind' in note ? withChange(journal, note.kind, moved) : journal);
  return moved;
}

/** Keeps nothing in the changes of names of those who are gone. */
export function forgetNames(
  statement: Statements,
  faces: readonly number[],
  subjects: readonly string[],
): void {
  const journal = namesIn(statement);
  if (journal.changes.length > 0) write(statement, withoutGone(journal, faces, subjects));
}

const ids = (rows: Record<string, SQLOutputValue>[]): number[] => rows.map(({ id }) => Number(id));

const allOf = (statement: Statements, name: string) => ({
  faces: ids(statement.facesOf.all(name)),
  negatives: ids(statement.negativesOf.all(name)),
});

function ofSubject(statement: Statements, faces: readonly number[], name: string): number[] {
  const subjectOf = subjectsOfThese(statement, faces);
  return faces.filter((id) => subjectOf.get(id) === name);
}
