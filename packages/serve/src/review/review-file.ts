import { transaction } from '@semblance/core/sqlite';
import { openSealedFile, type SealedFile } from './sealed-file.ts';

/** A face that came back as nobody's. */
export interface UnknownFace {
  id: number;
  /** The group it is in; null before it was grouped. */
  group: number | null;
  atMs: number;
  /** 0 to 1. */
  quality: number;
  /** L2-normalised, by the recognizer `modelId`. */
  embedding: Float32Array;
  modelId: string;
  /** The enrolled face that was most like it then. */
  nearest: number | null;
}

/** Faces that are one person's, as far as is known. */
export interface FaceGroup {
  id: number;
  /** `settled`: somebody said who it is; `dismissed`: nobody wants to know. */
  state: 'waiting' | 'settled' | 'dismissed';
  /** How many faces came that are in it; the best of them are kept. */
  seen: number;
  firstMs: number;
  lastMs: number;
  /** Subjects who it was said not to be. */
  refused: string[];
  /** Ids of what was enrolled of it. */
  enrolled: number[];
}

/** What somebody answered, with all that takes it back. */
export interface ReviewAnswer {
  id: number;
  atMs: number;
  action: 'accept' | 'reject' | 'merge' | 'split' | 'dismiss';
  subject: string | null;
  /** Whether the subject came with it. */
  isNew: boolean;
  /** Ids of faces that were enrolled, and of rejections. */
  enrolled: number[];
  rejected: number[];
  /** The groups as they were; those that were not there yet are in `made`. */
  before: FaceGroup[];
  made: number[];
  /** Faces that went to another group, with the one they were in. */
  moved: [face: number, from: number][];
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS faces (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, group_id INTEGER, face BLOB NOT NULL, crop BLOB NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS groups (id INTEGER PRIMARY KEY AUTOINCREMENT, facts BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS answers (id INTEGER PRIMARY KEY AUTOINCREMENT, facts BLOB NOT NULL) STRICT`;

type Kept = Pick<UnknownFace, 'quality' | 'modelId' | 'nearest'>;

/** Where unknown faces, their groups and what was answered are kept: `review.db` of a state folder. */
export class ReviewFile implements Disposable {
  readonly #file: SealedFile;

  /** @throws SemblanceError as {@link openSealedFile} does */
  constructor(path: string) {
    this.#file = openSealedFile(path, SCHEMA);
  }

  /** All that is there. */
  read(): { faces: UnknownFace[]; groups: FaceGroup[]; answers: ReviewAnswer[] } {
    const { db } = this.#file;
    return this.#file.using(() => ({
      faces: db
        .prepare('SELECT id, at_ms, group_id, face FROM faces ORDER BY id')
        .all()
        .map(({ id, at_ms, group_id, face }) => {
          const sealed = this.#file.open(face as Uint8Array, `faces/${id}`);
          const place = { id: Number(id), atMs: Number(at_ms), group: group_id as number | null };
          return { ...place, ...unpacked(sealed) };
        }),
      groups: this.#facts<FaceGroup>('groups'),
      answers: this.#facts<ReviewAnswer>('answers'),
    }));
  }

  /** Adds faces that are in no group yet; gives them with their ids. */
  add(faces: readonly (Omit<UnknownFace, 'id' | 'group'> & { crop: Uint8Array })[]): UnknownFace[] {
    return this.change(() => {
      const { db } = this.#file;
      const next = Number(
        db.prepare(`SELECT coalesce(max(seq), 0) + 1 AS id FROM sqlite_sequence WHERE name = 'faces'`).get()!
          .id,
      );
      const insert = db.prepare('INSERT INTO faces (id, at_ms, face, crop) VALUES (?, ?, ?, ?)');
      return faces.map(({ crop, ...face }, i) => {
        const id = next + i;
        const sealed = this.#file.seal(packed(face), `faces/${id}`);
        insert.run(id, face.atMs, sealed, this.#file.seal(crop, `crops/${id}`));
        return { ...face, id, group: null };
      });
    });
  }

  /** The aligned face as JPEG; null where it is gone. */
  crop(id: number): Buffer | null {
    return this.#file.using(() => {
      const row = this.#file.db.prepare('SELECT crop FROM faces WHERE id = ?').get(id);
      return row ? this.#file.open(row.crop as Uint8Array, `crops/${id}`) : null;
    });
  }

  /** Writes faces that are there as they are now. */
  writeFaces(faces: readonly UnknownFace[]): void {
    const update = this.#file.db.prepare('UPDATE faces SET group_id = ?, face = ? WHERE id = ?');
    for (const face of faces)
      update.run(face.group, this.#file.seal(packed(face), `faces/${face.id}`), face.id);
  }

  /** Writes a group as it is now, or for the first time; gives its id. */
  writeGroup(group: Omit<FaceGroup, 'id'> & { id?: number }): number {
    return this.#write('groups', group);
  }

  writeAnswer(answer: Omit<ReviewAnswer, 'id'>): number {
    return this.#write('answers', answer);
  }

  remove(table: 'faces' | 'groups' | 'answers', ids: readonly number[]): void {
    const remove = this.#file.db.prepare(`DELETE FROM ${table} WHERE id = ?`);
    for (const id of ids) remove.run(id);
  }

  /** Does all of an action or, where it fails, nothing. */
  change<T>(action: () => T): T {
    return this.#file.using(() => transaction(this.#file.db, action));
  }

  /** What was removed leaves the log, too. */
  scrub(): void {
    this.#file.using(() => this.#file.db.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
  }

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]();
  }

  /** A row is bound to its id, so that it has one before its facts are sealed. */
  #write(table: 'groups' | 'answers', { id, ...facts }: object & { id?: number }): number {
    const { db } = this.#file;
    const made = db.prepare(`INSERT OR IGNORE INTO ${table} (id, facts) VALUES (?, x'')`).run(id ?? null);
    const row = id ?? Number(made.lastInsertRowid);
    const sealed = this.#file.seal(Buffer.from(JSON.stringify(facts)), `${table}/${row}`);
    db.prepare(`UPDATE ${table} SET facts = ? WHERE id = ?`).run(sealed, row);
    return row;
  }

  #facts<T>(table: 'groups' | 'answers'): T[] {
    const rows = this.#file.db.prepare(`SELECT id, facts FROM ${table} ORDER BY id`).all();
    return rows.map(({ id, facts }) => ({
      id,
      ...JSON.parse(this.#file.open(facts as Uint8Array, `${table}/${id}`).toString()),
    }));
  }
}

/** The embedding's numbers, then the rest as JSON, then how many bytes the numbers are. */
function packed({ embedding, quality, modelId, nearest }: Omit<UnknownFace, 'id' | 'group'>): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(embedding.byteLength);
  const numbers = Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength);
  return Buffer.concat([numbers, Buffer.from(JSON.stringify({ quality, modelId, nearest })), size]);
}

function unpacked(bytes: Buffer): Kept & { embedding: Float32Array } {
  const size = bytes.readUInt32LE(bytes.length - 4);
  const embedding = new Float32Array(new Uint8Array(bytes.subarray(0, size)).buffer);
  return { embedding, ...(JSON.parse(bytes.subarray(size, -4).toString()) as Kept) };
}
