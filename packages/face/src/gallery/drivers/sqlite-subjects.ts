import { forgetNames, noteRenaming } from './sqlite-moves.ts';
import { findSubject, writeNote } from './sqlite-profiles.ts';
import { joinKeys } from './sqlite-seal.ts';
import type { Opened } from './sqlite-statements.ts';
import { idsIn, idsOf, removeFaces } from './sqlite-write.ts';

/** Removes a subject; gives the ids of the faces, null where there is no such subject. */
export function removeSubject(opened: Opened, name: string): number[] | null {
  const { statement, erased } = opened;
  const known = statement.subject.get(name);
  if (!known) return null;
  statement.releaseProfile.run(known.id!);
  const ids = removeFaces(opened, idsOf(statement, name));
  if (ids.length > 0) return ids;
  const key = statement.keyOfSubject.get(known.id!);
  statement.prune.run(known.id!);
  forgetNames(statement, [], [name]);
  if (key) erased.push({ name, keyId: key.key_id as Uint8Array, faceIds: [] });
  return ids;
}

/** Removes subjects, and what was cut from their photos and noted as not somebody else's. */
export function removeSubjects(opened: Opened, names: readonly string[]): number[] {
  const { statement } = opened;
  const ids = names.flatMap((name) => idsOf(statement, name));
  const others = idsIn(statement.negativesOfFaces.all(JSON.stringify(ids)));
  for (const id of others) statement.removeNegative.run(id);
  return names.flatMap((name) => removeSubject(opened, name) ?? []);
}

/** Renames a subject, or joins it with the one that has the name; gives the number of faces. */
export function renameSubject(
  path: string,
  opened: Opened,
  from: string,
  to: string,
  undoes: number | undefined,
): number {
  const { statement, seal } = opened;
  const said = findSubject(path, opened, { name: from });
  const numFaces = idsOf(statement, from).length;
  if (!said || from === to) return numFaces;
  if (numFaces > 0 && !noteRenaming(statement, { from, to }, undoes)) return 0;
  const old = Number(statement.subject.get(from)!.id);
  const isNew = !statement.subject.get(to);
  statement.addSubject.run(to);
  const id = Number(statement.subject.get(to)!.id);
  if (seal) joinKeys(statement, seal, old, id);
  statement.moveFaces.run(to, from);
  statement.moveNegatives.run(to, from);
  if (isNew) {
    statement.moveProfile.run(id, old);
    writeNote(opened, id, said); // it was bound to the row
  } else statement.releaseProfile.run(old);
  statement.prune.run(old);
  return numFaces;
}
