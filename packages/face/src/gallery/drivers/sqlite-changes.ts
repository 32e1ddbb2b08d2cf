import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { transaction } from '@semblance/core/sqlite';
import { indexFileOf } from '../gallery-file.ts';
import type { GallerySeal } from '../sealing/gallery-seal.ts';
import type { IndexPlace, StoreMark } from '../store.ts';

/** Changes that are remembered: who has missed more reads everything. */
const KEPT_CHANGES = 200_000;

export const CHANGES_SQL = {
  lastChange: 'SELECT seq, CAST(token AS TEXT) AS token FROM face_changes ORDER BY seq DESC LIMIT 1',
  changeAt: 'SELECT CAST(token AS TEXT) AS token FROM face_changes WHERE seq = ?',
  changedSince: 'SELECT DISTINCT face_id FROM face_changes WHERE seq > ? ORDER BY face_id',
  numChangesSince: 'SELECT max(seq) - ? AS count FROM face_changes',
  forgetChanges: `DELETE FROM face_changes WHERE seq <= ? - ${KEPT_CHANGES}`,
  subjectOfThese: `SELECT e.id, s.name FROM embeddings e JOIN subjects s ON s.id = e.subject_id
    WHERE e.id IN (SELECT value FROM json_each(?))`,
  allNames:
    'SELECT json_group_array(id) AS ids, json_group_array(name) AS names FROM (SELECT id, name FROM subjects ORDER BY id)',
  subjectIds: `SELECT json_group_array(id) AS ids, json_group_array(subject_id) AS subjects
    FROM (SELECT id, subject_id FROM embeddings INDEXED BY embeddings_by_subject)`,
};

export type ChangeStatements = Record<
  keyof typeof CHANGES_SQL,
  {
    get(...values: (number | string)[]): Record<string, unknown> | undefined;
    all(...values: (number | string)[]): Record<string, unknown>[];
    run(value: number): unknown;
  }
>;

export function markOf({ lastChange }: ChangeStatements): StoreMark {
  const row = lastChange.get();
  return { seq: Number(row?.seq ?? 0), token: String(row?.token ?? '') };
}

/** The faces that came, went or became another subject's since then; null where that is not known. */
export function changedSince({ changeAt, changedSince }: ChangeStatements, mark: StoreMark): number[] | null {
  if (changeAt.get(mark.seq)?.token !== mark.token) return null;
  return changedSince.all(mark.seq).map(({ face_id }) => Number(face_id));
}

/** The subjects' names of those of these faces that are there. */
export function subjectsOfThese(
  { subjectOfThese }: ChangeStatements,
  ids: readonly number[],
): Map<number, string> {
  const rows = subjectOfThese.all(JSON.stringify(ids));
  return new Map(rows.map(({ id, name }) => [Number(id), String(name)]));
}

/**
 * What a store gives for its index to be kept beside it.
 *
 * @param guard puts SQLite's errors in words
 * @param current the database that is open
 */
export function sqliteIndexPlace(
  path: string,
  isReadOnly: boolean,
  guard: <T>(action: () => T) => T,
  current: () => { db: DatabaseSync; statement: ChangeStatements; seal: GallerySeal | null },
): IndexPlace {
  /** One moment of the database. */
  function atOnce<T>(action: (statement: ChangeStatements) => T): T {
    const { db, statement } = current();
    return guard(() => {
      db.exec('BEGIN');
      try {
        return action(statement);
      } finally {
        if (db.isTransaction) db.exec('COMMIT');
      }
    });
  }
  const parsed = (json: unknown): number[] => JSON.parse(String(json)) as number[];
  return {
    path: indexFileOf(path),
    mode: () => statSync(path).mode & 0o777,
    isReadOnly,
    get chunkKeys() {
      return current().seal?.keys.chunks;
    },
    since: (mark) =>
      atOnce((statement) => {
        const ids = changedSince(statement, mark);
        if (ids === null) return null;
        const { ids: numbers, names } = statement.allNames.get()!;
        return {
          mark: markOf(statement),
          changed: ids,
          subjectOf: subjectsOfThese(statement, ids),
          subjectIds: parsed(numbers),
          names: JSON.parse(String(names)) as string[],
        };
      }),
    numChangesSince: ({ seq }) => Number(current().statement.numChangesSince.get(seq)!.count),
    listing: () =>
      atOnce((statement) => {
        const { ids, subjects } = statement.subjectIds.get()!;
        return { mark: markOf(statement), ids: parsed(ids), subjectIds: parsed(subjects) };
      }),
    exclusively(mark, action) {
      const { db, statement } = current();
      const act = (): void => {
        const ids = changedSince(statement, mark) ?? [];
        statement.forgetChanges.run(mark.seq);
        const there = subjectsOfThese(statement, ids);
        action(ids.filter((id) => !there.has(id)));
      };
      guard(() => transaction(db, act));
    },
  };
}
