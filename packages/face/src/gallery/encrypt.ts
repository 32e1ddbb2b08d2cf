import {
  chmodSync,
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { asidePath, isAsidePath } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { openSqliteStore } from './drivers/sqlite.ts';
import { dropBefore } from './drivers/sqlite-before.ts';
import { type NoteTable, plainCodec, type Row, type RowCodec, sealedCodec } from './drivers/sqlite-codec.ts';
import { explain, makeEmpty, openGalleryFile, settleSqliteFile } from './drivers/sqlite-file.ts';
import { UNSET_CLEARED } from './drivers/sqlite-scrub.ts';
import { giveKeys, sealFactsOf, writeSealFacts } from './drivers/sqlite-seal.ts';
import { statementsOf } from './drivers/sqlite-statements.ts';
import { galleryFileAt, indexFileOf } from './gallery-file.ts';
import { lockGallery } from './lock.ts';
import { GallerySeal } from './sealing/gallery-seal.ts';
import { type GalleryKeys, galleryKeys } from './sealing/key-source.ts';

/** What became of a gallery that was encrypted. */
export interface Encryption {
  /** Names the file of its people's keys. */
  galleryId: string;
  keyStore: string;
  subjects: number;
  faces: number;
}

/**
 * Encrypts a gallery that is there, in place: all of it or, where that fails or is killed, nothing. No file of the gallery has
 * its people in the clear afterwards; copies that were made of it before are not changed.
 *
 * @param path its folder, or the file in it; nobody else may have it open
 * @throws SemblanceError GALLERY_KEY_MISSING without a master key; USAGE_INVALID_VALUE where it is encrypted already;
 *   GALLERY_NOT_FOUND, GALLERY_BUSY, GALLERY_CORRUPT, STORAGE_FULL
 * @example
 * ```ts
 * import { encryptGallery, Gallery, galleryKeys } from '@semblance/face/gallery';
 *
 * await (await Gallery.create('crowd', { modelId: 'my-model', embeddingSize: 512 })).close();
 * const key = Buffer.alloc(32, 7).toString('base64'); // in place of a secret
 * const keys = galleryKeys({}, { SEMBLANCE_GALLERY_KEY: key, SEMBLANCE_GALLERY_KEYS: 'keys' });
 * console.log((await encryptGallery('crowd', keys)).faces); // 0
 * ```
 */
export function encryptGallery(path: string, keys: GalleryKeys = galleryKeys()): Promise<Encryption> {
  return rewrite(path, keys, 'gallery encrypt', (db, file) => {
    if (sealFactsOf(db)) {
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        `the gallery ${path} is encrypted already: semblance gallery rotate changes its keys`,
      );
    }
    const masters = keys.masters();
    if (!masters) {
      throw new SemblanceError(
        'GALLERY_KEY_MISSING',
        'there is no master key to encrypt the gallery with: semblance gallery new-key makes one',
      );
    }
    const seal = GallerySeal.create(keys.folder, masters);
    writeSealFacts(db, seal.facts);
    return { seal, from: plainCodec(file) };
  });
}

/**
 * Gives everybody in an encrypted gallery another key, all or nobody: whoever had a key cannot read what is written from now
 * on, and nothing of the people in copies of before can be read any more.
 *
 * @throws SemblanceError as {@link encryptGallery}
 */
export function renewSubjectKeys(path: string, keys: GalleryKeys = galleryKeys()): Promise<Encryption> {
  return rewrite(path, keys, 'gallery rotate', (db, file) => {
    const facts = sealFactsOf(db);
    if (!facts) throw notEncrypted(path);
    const seal = GallerySeal.open(facts, keys);
    const keyIds = new Map(
      db
        .prepare('SELECT subject_id, key_id FROM subject_keys')
        .all()
        .map((row) => [row.subject_id, row.key_id!]),
    );
    db.exec('DELETE FROM subject_keys'); // each is noted as one to be destroyed once this is the gallery
    const codec = sealedCodec(file, seal);
    const withOld = (row: Row): Row => ({ ...row, key_id: keyIds.get(row.subject_id!)! });
    const from: Reading = {
      secrets: (table, row) => codec.secrets(table, withOld(row)),
      crop: (table, row) => codec.crop(table, withOld(row)),
      noted: (table, row) => codec.noted(table, withOld(row)),
    };
    return { seal, from };
  });
}

export const notEncrypted = (path: string): SemblanceError =>
  new SemblanceError(
    'USAGE_INVALID_VALUE',
    `the gallery ${path} is not encrypted: semblance gallery encrypt does that`,
  );

type Reading = Pick<RowCodec, 'secrets' | 'crop' | 'noted'>;

/** Rows read at a time. */
const BATCH = 500;

/** Seals every row of a copy and puts it in the gallery's place. */
async function rewrite(
  path: string,
  keys: GalleryKeys,
  holder: string,
  begin: (db: DatabaseSync, file: string) => { seal: GallerySeal; from: Reading },
): Promise<Encryption> {
  const file = realpathSync(await galleryFileAt(path));
  using _lock = lockGallery(file, holder);
  await removeLeft(file);
  const aside = asidePath(file);
  let seal: GallerySeal | undefined;
  try {
    await openSqliteStore(file, { holdsLock: true, keys }).close();
    settleSqliteFile(file); // from here on nobody else has it open
    copyInto(file, aside);
    const db = new DatabaseSync(aside);
    let counts: { subjects: number; faces: number };
    try {
      // it is thrown away where this does not come to its end
      db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON');
      const begun = begin(db, file);
      seal = begun.seal;
      counts = sealAll(db, seal, sealedCodec(file, seal), begun.from);
      db.exec(UNSET_CLEARED);
      db.exec('VACUUM'); // nothing is left between the rows
    } finally {
      db.close();
    }
    takePlace(aside, file);
    dropBefore(file); // it has the people in the clear, or sealed by keys that go
    return { galleryId: seal.galleryId, keyStore: seal.keys.path, ...counts };
  } catch (cause) {
    throw explain(file, cause);
  } finally {
    seal?.close();
    rmSync(aside, { force: true });
  }
}

function sealAll(
  db: DatabaseSync,
  seal: GallerySeal,
  to: RowCodec,
  from: Reading,
): { subjects: number; faces: number } {
  const statement = statementsOf(db);
  const names = db
    .prepare('SELECT name FROM subjects')
    .all()
    .map(({ name }) => String(name));
  giveKeys(statement, seal, names);
  const counts = { embeddings: 0, negatives: 0 };
  for (const table of ['embeddings', 'negatives'] as const) {
    const select = db.prepare(`SELECT * FROM ${table} WHERE id > ? ORDER BY id LIMIT ${BATCH}`);
    const update = db.prepare(
      `UPDATE ${table} SET vector = ?, source = ?, content_hash = ?, crop = ? WHERE id = ?`,
    );
    for (let rows = select.all(0); rows.length > 0; rows = select.all(rows.at(-1)!.id!)) {
      for (const row of rows) {
        const secrets = from.secrets(table, row);
        if (!secrets) continue;
        const keyId = statement.keyOfSubject.get(row.subject_id!)!.key_id as Uint8Array;
        const id = Number(row.id);
        update.run(...to.columns(table, id, keyId, { ...secrets, crop: from.crop(table, row) }), id);
        counts[table]++;
      }
    }
  }
  sealNotes(db, to, from);
  return { subjects: names.length, faces: counts.embeddings };
}

/** What is said of subjects and of faces: its row, whose it is, and their key. */
const NOTES: Record<NoteTable, string> = {
  profiles: `SELECT p.subject_id AS id, p.subject_id, note, key_id FROM profiles p
    JOIN subject_keys k ON k.subject_id = p.subject_id WHERE note IS NOT NULL`,
  face_metadata: `SELECT m.face_id AS id, e.subject_id, note, key_id FROM face_metadata m
    JOIN embeddings e ON e.id = m.face_id JOIN subject_keys k ON k.subject_id = e.subject_id`,
};

function sealNotes(db: DatabaseSync, to: RowCodec, from: Reading): void {
  for (const [table, idColumn] of [
    ['profiles', 'subject_id'],
    ['face_metadata', 'face_id'],
  ] as const) {
    const update = db.prepare(`UPDATE ${table} SET note = ? WHERE ${idColumn} = ?`);
    for (const row of db.prepare(NOTES[table]).all()) {
      const note = from.noted(table, row);
      if (note === null) continue;
      update.run(to.note(table, Number(row.id), row.key_id as Uint8Array, note), row.id!);
    }
  }
}

function copyInto(file: string, aside: string): void {
  const db = openGalleryFile(file, { readOnly: true });
  try {
    makeEmpty(aside);
    db.prepare('VACUUM INTO ?').run(aside);
  } finally {
    db.close();
  }
}

/** Puts the copy in the gallery's place, on the disk, and overwrites what was there. */
function takePlace(aside: string, file: string): void {
  chmodSync(aside, statSync(file).mode & 0o777);
  const made = openSync(aside, 'r+');
  fsyncSync(made);
  closeSync(made);
  rmSync(indexFileOf(file), { force: true }); // it has the people in the clear, or is sealed by keys that go
  const before = openSync(file, 'r+');
  try {
    renameSync(aside, file);
    const folder = openSync(dirname(file), 'r');
    fsyncSync(folder);
    closeSync(folder);
    const { nlink, size } = fstatSync(before);
    if (nlink > 0) return; // somebody's copy by a link: theirs
    const zeros = Buffer.alloc(1 << 20);
    for (let at = 0; at < size; at += zeros.length)
      writeSync(before, zeros, 0, Math.min(zeros.length, size - at), at);
    fsyncSync(before);
  } finally {
    closeSync(before);
  }
}

/** Removes copies that one that was killed left. */
async function removeLeft(file: string): Promise<void> {
  const folder = dirname(file);
  for (const name of await readdir(folder))
    if (isAsidePath(name) && name.startsWith(`.${basename(file)}`))
      await rm(join(folder, name), { force: true });
}
