import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isSqliteError } from '@semblance/core/sqlite';
import { SemblanceError } from '../../error.ts';
import { open, seal } from '../sealing/cipher.ts';
import { GallerySeal, type SealFacts } from '../sealing/gallery-seal.ts';
import { type GalleryKeys, galleryKeys } from '../sealing/key-source.ts';
import type { FaceTable } from './sqlite-codec.ts';
import type { Opened } from './sqlite-statements.ts';

type Statements = Opened['statement'];

export const SEAL_SQL = {
  keyOfSubject: 'SELECT key_id FROM subject_keys WHERE subject_id = ?',
  setKey: 'INSERT INTO subject_keys (subject_id, key_id) VALUES (?, ?)',
  moveKey: 'UPDATE subject_keys SET subject_id = ? WHERE subject_id = ?',
  keysOfNames: 'SELECT s.name, k.key_id FROM subject_keys k JOIN subjects s ON s.id = k.subject_id',
  numSealedBy: `SELECT count(*) AS count FROM subject_keys k JOIN embeddings e ON e.subject_id = k.subject_id
    WHERE hex(k.key_id) = upper(?)`,
  doomed: 'SELECT DISTINCT key_id FROM doomed_keys',
  forgetDoomed: 'DELETE FROM doomed_keys WHERE key_id = ?',
  namesOfKeys: `SELECT s.name FROM subject_keys k JOIN subjects s ON s.id = k.subject_id
    WHERE hex(k.key_id) IN (SELECT value FROM json_each(?))`,
  sealedFaces: 'SELECT id, vector, crop FROM embeddings WHERE subject_id = ?',
  resealFace: 'UPDATE embeddings SET vector = ?, crop = ? WHERE id = ?',
  sealedNegatives: 'SELECT id, vector, crop FROM negatives WHERE subject_id = ?',
  resealNegative: 'UPDATE negatives SET vector = ?, crop = ? WHERE id = ?',
  sealedMetadata: `SELECT face_id AS id, note FROM face_metadata
    WHERE face_id IN (SELECT id FROM embeddings WHERE subject_id = ?)`,
  resealMetadata: 'UPDATE face_metadata SET note = ? WHERE face_id = ?',
};

const FACTS = `SELECT value FROM meta WHERE key = 'sealing'`;
const SET_FACTS = `INSERT INTO meta VALUES ('sealing', ?)`;

/** How a gallery is encrypted that another one is to take the place of; null where it is not. */
export interface SealedLike {
  facts: SealFacts;
  /** Everybody's key, by name. */
  keyIds: Map<string, Uint8Array>;
}

/** How the gallery in a file is encrypted; null where it is not, undefined where there is none that can be read. */
export function sealedLike(path: string): SealedLike | null | undefined {
  if (!existsSync(path)) return undefined;
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly: true });
    const facts = sealFactsOf(db);
    if (!facts) return null;
    const rows = db.prepare(SEAL_SQL.keysOfNames).all();
    return { facts, keyIds: new Map(rows.map((row) => [String(row.name), row.key_id as Uint8Array])) };
  } catch (error) {
    if (isSqliteError(error)) return undefined; // whoever opens it says what is wrong
    throw error;
  } finally {
    db?.close();
  }
}

/** What a gallery's database says of its encryption; null where it is not encrypted. */
export function sealFactsOf(db: DatabaseSync): SealFacts | null {
  const row = db.prepare(FACTS).get();
  if (!row) return null;
  const facts = JSON.parse(String(row.value)) as SealFacts;
  if (facts.format === 'semblance-sealed/1') return facts;
  throw new SemblanceError(
    'GALLERY_CORRUPT',
    `the gallery was encrypted in a way that is not known: ${facts.format}`,
  );
}

export interface SealOptions {
  create?: boolean;
  readOnly?: boolean;
  /** Where the keys are; what the environment says if not given. */
  keys?: GalleryKeys | undefined;
  /** The gallery that this one will take the place of: it is encrypted as that one is, if it is, with the same people's keys. */
  like?: SealedLike | null | undefined;
}

/** Opens the keys of a gallery that is encrypted, and makes those of a new one; null for one that is not. */
export function openSeal(
  db: DatabaseSync,
  { create = false, readOnly = false, keys = galleryKeys(), like }: SealOptions,
): GallerySeal | null {
  const facts = create ? (like?.facts ?? null) : sealFactsOf(db);
  if (!create || facts) {
    if (!facts) return null;
    const opened = GallerySeal.open(facts, keys, readOnly);
    if (create) writeSealFacts(db, facts);
    return opened;
  }
  const masters = like === null ? null : keys.masters();
  if (!masters) return null;
  const made = GallerySeal.create(keys.folder, masters);
  writeSealFacts(db, made.facts);
  return made;
}

export const writeSealFacts = (db: DatabaseSync, facts: SealFacts): void =>
  void db.prepare(SET_FACTS).run(JSON.stringify(facts));

/** Gives everybody of these names a key who has none, and makes them known. */
export function giveKeys(
  statement: Statements,
  { keys }: GallerySeal,
  names: readonly string[],
  like: SealedLike | null = null,
): void {
  const without: { id: number; known: Uint8Array | undefined }[] = [];
  for (const name of new Set(names)) {
    statement.addSubject.run(name);
    const id = Number(statement.subject.get(name)!.id);
    if (!statement.keyOfSubject.get(id)) without.push({ id, known: like?.keyIds.get(name) });
  }
  const isNew = ({ known }: (typeof without)[number]): boolean => !known || keys.get(known) === null;
  const made = keys.add(without.filter(isNew).length);
  let next = 0;
  for (const each of without) statement.setKey.run(each.id, isNew(each) ? made[next++]!.id : each.known!);
}

/** Hands a subject's key to another who has none; where that one has, all that is theirs is sealed by it. */
export function joinKeys(statement: Statements, gallery: GallerySeal, from: number, to: number): void {
  const [old, target] = [from, to].map(
    (id) => statement.keyOfSubject.get(id)?.key_id as Uint8Array | undefined,
  );
  if (!target) {
    statement.moveKey.run(to, from);
    return;
  }
  reseal(statement, gallery, from, { old: old!, target });
}

/** Seals some of a subject's rows by the key of another, who gets one where they have none. */
export function resealThese(
  statement: Statements,
  gallery: GallerySeal,
  { from, to }: { from: string; to: string },
  only: Record<FaceTable, readonly number[]>,
): void {
  giveKeys(statement, gallery, [to]);
  const [source, other] = [from, to].map((name) => Number(statement.subject.get(name)!.id)) as [
    number,
    number,
  ];
  const keyOf = (id: number): Uint8Array => statement.keyOfSubject.get(id)!.key_id as Uint8Array;
  reseal(statement, gallery, source, { old: keyOf(source), target: keyOf(other) }, only);
}

function reseal(
  statement: Statements,
  gallery: GallerySeal,
  from: number,
  { old, target }: { old: Uint8Array; target: Uint8Array },
  only?: Record<FaceTable, readonly number[]>,
): void {
  const [oldKey, newKey] = [gallery.keys.get(old), gallery.keys.get(target)];
  if (!oldKey || !newKey) return; // whoever was erased is removed when the gallery is opened
  const again = (table: string, column: string, id: number, value: unknown): Buffer | null => {
    const context = gallery.context(table, column, id);
    return value === null ? null : seal(newKey, open(oldKey, value as Uint8Array, context), context);
  };
  for (const [table, rows, update] of [
    ['embeddings', statement.sealedFaces, statement.resealFace],
    ['negatives', statement.sealedNegatives, statement.resealNegative],
  ] as const) {
    const wanted = only && new Set(only[table]);
    for (const { id, vector, crop } of rows.all(from)) {
      const number = Number(id);
      if (wanted && !wanted.has(number)) continue;
      update.run(again(table, 'vector', number, vector), again(table, 'crop', number, crop), number);
    }
  }
  const faces = only && new Set(only.embeddings);
  for (const { id, note } of statement.sealedMetadata.all(from)) {
    if (faces && !faces.has(Number(id))) continue;
    statement.resealMetadata.run(again('face_metadata', 'note', Number(id), note), id!);
  }
}

/** The names of those whose keys were destroyed: a backup of before was put back. */
export function erasedNames(statement: Statements, { keys }: GallerySeal): string[] {
  const destroyed = keys.destroyed();
  if (destroyed.length === 0) return [];
  return statement.namesOfKeys.all(JSON.stringify(destroyed)).map(({ name }) => String(name));
}

/** Destroys the keys of those who are no longer in the database. */
export function destroyDoomed(statement: Statements, { keys }: GallerySeal): void {
  const doomed = statement.doomed.all().map(({ key_id }) => key_id as Uint8Array);
  if (doomed.length === 0) return;
  keys.destroy(doomed);
  for (const id of doomed) statement.forgetDoomed.run(id);
}

/** Has the keys destroyed of those who are not in a gallery that takes another's place, once it is opened there. */
export function doomOthers(path: string, { keyIds }: SealedLike): void {
  const db = new DatabaseSync(path);
  try {
    const kept = new Set(
      db
        .prepare('SELECT hex(key_id) AS id FROM subject_keys')
        .all()
        .map(({ id }) => String(id)),
    );
    const doom = db.prepare('INSERT INTO doomed_keys (key_id) VALUES (?)');
    for (const id of keyIds.values())
      if (!kept.has(Buffer.from(id).toString('hex').toUpperCase())) doom.run(id);
  } finally {
    db.close();
  }
}
