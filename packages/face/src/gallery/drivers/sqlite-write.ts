import type { SQLOutputValue } from 'node:sqlite';
import { SemblanceError } from '../../error.ts';
import type { GallerySeal } from '../sealing/gallery-seal.ts';
import { type ErasureReceipt, signReceipt } from '../sealing/receipt.ts';
import type { NewFace, NewNegative } from '../store.ts';
import type { FaceTable, Row } from './sqlite-codec.ts';
import { forgetNames } from './sqlite-moves.ts';
import type { ErasedSubject, Opened } from './sqlite-statements.ts';

export const allSubjects = ({ subjectOfFaces }: Opened['statement']): Map<number, string> =>
  new Map(subjectOfFaces.all().map(({ id, name }) => [Number(id), String(name)]));

export const idsIn = (rows: readonly Row[]): number[] => rows.map(({ id }) => Number(id));

export const idsOf = ({ facesOf }: Opened['statement'], name: string): number[] => idsIn(facesOf.all(name));

/** Removes faces, and subjects left without any; gives the ids that were there. */
export function removeFaces({ statement, seal, erased }: Opened, ids: readonly number[]): number[] {
  const { subjectOfFace, removeFace, prune, nameOf, keyOfSubject } = statement;
  const facesOf = new Map<SQLOutputValue, number[]>();
  const removed = ids.filter((id) => {
    const face = subjectOfFace.get(id);
    if (!face) return false;
    const theirs = facesOf.get(face.subject_id!);
    if (theirs) theirs.push(id);
    else facesOf.set(face.subject_id!, [id]);
    removeFace.run(id);
    return true;
  });
  const gone: string[] = [];
  for (const [subject, faceIds] of facesOf) {
    const name = String(nameOf.get(subject)!.name);
    const key = seal && keyOfSubject.get(subject);
    if (prune.run(subject).changes === 0) continue;
    gone.push(name);
    if (key) erased.push({ name, keyId: key.key_id as Uint8Array, faceIds });
  }
  forgetNames(statement, removed, gone);
  return removed;
}

export function addFace(opened: Opened, face: NewFace): number {
  const { statement, codec, seal } = opened;
  if (face.id !== undefined && statement.hasFace.get(face.id)) {
    throw new SemblanceError('DATA_INVALID', `there is already a face ${face.id}`);
  }
  if (!seal) statement.addSubject.run(face.subject);
  const subject = statement.subject.get(face.subject)!.id!;
  // a subject is as old as the first of their faces
  if (face.createdAt) statement.backdateProfile.run(face.createdAt, subject);
  const { embedding, source = null, contentHash = null, crop = null } = face;
  // what is sealed is bound to the row's id, which has to be known before
  const id = face.id ?? (seal ? nextId(statement, 'embeddings') : null);
  const secrets = { embedding, source, contentHash, crop };
  const keyId = keyOf(opened, subject);
  const [vector, ...names] = codec.columns('embeddings', id ?? 0, keyId, secrets);
  const rest = [face.quality ?? null, face.origin ?? 'enrol', face.createdAt ?? null];
  const added = Number(statement.addFace.run(id, subject, vector, ...names, ...rest).lastInsertRowid);
  if (face.metadata)
    statement.addMetadata.run(
      added,
      codec.note('face_metadata', added, keyId, JSON.stringify(face.metadata)),
    );
  return added;
}

/** The name of a subject's key; null in a gallery that is not encrypted. */
const keyOf = ({ statement, seal }: Opened, subject: SQLOutputValue): Uint8Array | null =>
  seal ? (statement.keyOfSubject.get(subject)!.key_id as Uint8Array) : null;

/** The id that the next row of a table would get. */
const nextId = ({ lastId }: Opened['statement'], table: FaceTable): number =>
  Number(lastId.get(table)?.seq ?? 0) + 1;

/** @returns the negative's id; null where there is no such subject */
export function addNegative(opened: Opened, negative: NewNegative): number | null {
  const { statement, codec, seal } = opened;
  const { id: given, embedding, source = null, contentHash = null, crop = null } = negative;
  const subject = statement.subject.get(negative.subject)?.id;
  if (subject === undefined) return null;
  if (given !== undefined && statement.hasNegative.get(given))
    throw new SemblanceError('DATA_INVALID', `there is already a negative ${given}`);
  const id = given ?? (seal ? nextId(statement, 'negatives') : null);
  const secrets = { embedding, source, contentHash, crop };
  const columns = codec.columns('negatives', id ?? 0, keyOf(opened, subject), secrets);
  return Number(statement.addNegative.run(id, subject, ...columns).lastInsertRowid);
}

/** The receipt of somebody whose faces and key are gone. */
export function receiptOf(
  { statement, logBytes }: Opened,
  seal: GallerySeal,
  { name, keyId, faceIds }: ErasedSubject,
): ErasureReceipt {
  return signReceipt(seal, {
    subject: seal.lookup(name),
    numFaces: faceIds.length,
    keyId: Buffer.from(keyId).toString('hex'),
    destroyedAt: seal.keys.destroyedAt(keyId) ?? 'not yet',
    rowsLeft: faceIds.filter((id) => statement.hasFace.get(id)).length,
    logBytes,
  });
}
