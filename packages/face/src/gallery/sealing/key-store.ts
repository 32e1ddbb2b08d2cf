import { randomBytes } from 'node:crypto';
import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { storageError, transaction } from '@semblance/core/sqlite';
import { SemblanceError } from '../../error.ts';
import { CHUNK_SCHEMA, ChunkKeyStore } from './chunk-key-store.ts';
import { newKey } from './cipher.ts';
import { type MasterKeys, unwrapKey, WRAPPED_BYTES, wrapKey } from './master-keys.ts';

// A row for each key, wrapped by a master key. Rows are added at the end and never removed, and what changes of them has the
// same length before and after: a key that is destroyed is overwritten where it lies, and was never copied elsewhere.
const SCHEMA = `
  CREATE TABLE gallery (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, wrapped BLOB NOT NULL);
  CREATE TABLE keys (slot INTEGER PRIMARY KEY, id BLOB NOT NULL, wrapped BLOB NOT NULL, destroyed_at TEXT NOT NULL);
  CREATE UNIQUE INDEX keys_by_id ON keys (id);`;
/** As long as a time. */
const NOT_DESTROYED = '-'.repeat(24);
const DESTROYED = Buffer.alloc(WRAPPED_BYTES);
const ID_BYTES = 16;
const BUSY_MS = 5000;
/** Keys that are kept unwrapped. */
const MOST_UNWRAPPED = 50_000;

const SQL = {
  gallery: 'SELECT id, wrapped FROM gallery',
  add: `INSERT INTO keys (id, wrapped, destroyed_at) VALUES (?, ?, '${NOT_DESTROYED}')`,
  key: 'SELECT wrapped, destroyed_at FROM keys WHERE id = ?',
  destroy: `UPDATE keys SET wrapped = ?, destroyed_at = ? WHERE id = ? AND destroyed_at = '${NOT_DESTROYED}'`,
  destroyed: `SELECT hex(id) AS id FROM keys WHERE destroyed_at <> '${NOT_DESTROYED}'`,
  all: `SELECT slot, id, wrapped FROM keys WHERE destroyed_at = '${NOT_DESTROYED}'`,
  rewrap: 'UPDATE keys SET wrapped = ? WHERE slot = ?',
  rewrapGallery: 'UPDATE gallery SET wrapped = ?',
};

/** A key and the name that rows know it by. */
export interface NamedKey {
  id: Uint8Array;
  key: Buffer;
}

/** The file of a gallery's wrapped keys. */
export const keyFileOf = (folder: string, galleryId: string): string => join(folder, `${galleryId}.keys`);

/**
 * The keys of a gallery's people, wrapped by a master key, in a file of their own: apart from the gallery and its copies,
 * so that a key that is destroyed here opens none of them any more.
 */
export class KeyStore {
  readonly path: string;
  readonly galleryId: string;
  /** The gallery's own secret, of which others are derived. */
  readonly secret: Buffer;
  /** The keys of the chunks of its indexes. */
  readonly chunks: ChunkKeyStore;
  readonly #db: DatabaseSync;
  readonly #masters: MasterKeys;
  readonly #statement: Record<keyof typeof SQL, StatementSync>;
  readonly #unwrapped = new Map<string, Buffer>();

  private constructor(path: string, galleryId: string, masters: MasterKeys, readOnly: boolean) {
    this.path = path;
    this.galleryId = galleryId;
    this.#masters = masters;
    this.#db = openDatabase(path, readOnly);
    try {
      this.#statement = Object.fromEntries(
        Object.entries(SQL).map(([name, sql]) => [name, this.#db.prepare(sql)]),
      ) as Record<keyof typeof SQL, StatementSync>;
      const { id, wrapped } = this.#statement.gallery.get() ?? {};
      if (id !== galleryId || !(wrapped instanceof Uint8Array)) throw this.#damaged();
      this.secret = unwrapKey(masters, wrapped, this.#context('gallery'));
      this.chunks = new ChunkKeyStore(this.#db, {
        galleryId,
        wrap: (key, name) => wrapKey(masters, key, this.#context(name)),
        unwrap: (sealed, name) => unwrapKey(masters, sealed, this.#context(name)),
        write: (action) => this.#write(action),
        read: (action) => this.#read(action),
      });
    } catch (error) {
      this.#db.close();
      throw this.#explain(error);
    }
  }

  /** Makes the file for a new gallery, for its owner alone. */
  static create(folder: string, galleryId: string, masters: MasterKeys): KeyStore {
    const path = keyFileOf(folder, galleryId);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'wx', 0o600));
    const db = openDatabase(path, false);
    try {
      transaction(db, () => {
        db.exec(SCHEMA + CHUNK_SCHEMA);
        const wrapped = wrapKey(masters, newKey(), `${galleryId}/key/gallery`);
        db.prepare('INSERT INTO gallery VALUES (1, ?, ?)').run(galleryId, wrapped);
      });
    } finally {
      db.close();
    }
    return new KeyStore(path, galleryId, masters, false);
  }

  /** @throws SemblanceError GALLERY_KEY_MISSING, GALLERY_KEY_WRONG, GALLERY_CORRUPT */
  static open(folder: string, galleryId: string, masters: MasterKeys, readOnly = false): KeyStore {
    const path = keyFileOf(folder, galleryId);
    if (existsSync(path)) return new KeyStore(path, galleryId, masters, readOnly);
    throw new SemblanceError(
      'GALLERY_KEY_MISSING',
      `the keys of the people of this gallery are to be in ${path}, and there is no such file: bring it from the ` +
        'machine that encrypted the gallery, or set SEMBLANCE_GALLERY_KEYS to its folder',
      { details: { path } },
    );
  }

  /** Makes keys; they are there for good once this returns. */
  add(count: number): NamedKey[] {
    if (count === 0) return [];
    const made = Array.from({ length: count }, () => ({ id: randomBytes(ID_BYTES), key: newKey() }));
    this.#write(({ add }) => {
      for (const { id, key } of made) add.run(id, this.#wrap(id, key));
    });
    for (const { id, key } of made) this.#remember(id, key);
    return made;
  }

  /**
   * A key by its name; null where it was destroyed.
   *
   * @throws SemblanceError GALLERY_KEY_MISSING where it was never here: the file is older than the gallery
   */
  get(id: Uint8Array): Buffer | null {
    const name = nameOf(id);
    const known = this.#unwrapped.get(name);
    if (known) return known;
    const row = this.#read(({ key }) => key.get(id));
    if (!row) {
      throw new SemblanceError(
        'GALLERY_KEY_MISSING',
        `${this.path} does not have the key of somebody in the gallery: it is older than the gallery, or another ` +
          "one's. Put its latest copy in its place",
        { details: { path: this.path } },
      );
    }
    if (row.destroyed_at !== NOT_DESTROYED) return null;
    const key = unwrapKey(this.#masters, row.wrapped as Uint8Array, this.#context(name));
    this.#remember(id, key);
    return key;
  }

  /** When a key was destroyed; null where it is there, undefined where it never was. */
  destroyedAt(id: Uint8Array): string | null | undefined {
    const row = this.#read(({ key }) => key.get(id));
    return row && (row.destroyed_at === NOT_DESTROYED ? null : String(row.destroyed_at));
  }

  /** The names of all keys that were destroyed, in hexadecimal digits. */
  destroyed(): string[] {
    return this.#read(({ destroyed }) => destroyed.all()).map(({ id }) => String(id));
  }

  /** Overwrites keys, on the disk. */
  destroy(ids: readonly Uint8Array[]): void {
    const at = new Date().toISOString();
    for (const id of ids) this.#unwrapped.delete(nameOf(id));
    this.#write(({ destroy }) => {
      for (const id of ids) destroy.run(DESTROYED, at, id);
    });
  }

  /**
   * Wraps every key by the first of other master keys, all or none.
   *
   * @param masters the keys from now on; those of before unwrap what is there
   * @returns the number of people's keys
   */
  rewrap(masters: MasterKeys): number {
    return this.#write(({ all, rewrap, rewrapGallery }) => {
      const rows = all.all();
      for (const { slot, id, wrapped } of rows) {
        const context = this.#context(nameOf(id as Uint8Array));
        rewrap.run(
          wrapKey(masters, unwrapKey(this.#masters, wrapped as Uint8Array, context), context),
          slot!,
        );
      }
      this.chunks.rewrap((key, name) => wrapKey(masters, key, this.#context(name)));
      rewrapGallery.run(wrapKey(masters, this.secret, this.#context('gallery')));
      return rows.length;
    });
  }

  close(): void {
    this.#unwrapped.clear();
    if (this.#db.isOpen) this.#db.close();
  }

  #context(name: string): string {
    return `${this.galleryId}/key/${name}`;
  }

  #wrap(id: Uint8Array, key: Uint8Array): Buffer {
    return wrapKey(this.#masters, key, this.#context(nameOf(id)));
  }

  #remember(id: Uint8Array, key: Buffer): void {
    if (this.#unwrapped.size >= MOST_UNWRAPPED) this.#unwrapped.clear();
    this.#unwrapped.set(nameOf(id), key);
  }

  #read<T>(action: (statement: Record<keyof typeof SQL, StatementSync>) => T): T {
    try {
      return action(this.#statement);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  #write<T>(action: (statement: Record<keyof typeof SQL, StatementSync>) => T): T {
    return this.#read((statement) => transaction(this.#db, () => action(statement)));
  }

  #explain(error: unknown): unknown {
    return storageError(error, this.path) ?? error;
  }

  #damaged(): SemblanceError {
    return new SemblanceError('GALLERY_CORRUPT', `${this.path} does not hold the keys of this gallery`);
  }
}

const nameOf = (id: Uint8Array): string =>
  Buffer.from(id.buffer, id.byteOffset, id.byteLength).toString('hex');

function isWritable(path: string): boolean {
  try {
    for (const each of [path, dirname(path)]) accessSync(each, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function openDatabase(path: string, readOnly: boolean): DatabaseSync {
  // also for reading: whoever was killed in a change left a journal, which SQLite takes back only where it may write
  const db = new DatabaseSync(path, { readOnly: readOnly && !isWritable(path) });
  db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  // the journal keeps what was there before until the change is on the disk, and nothing of it afterwards
  if (!readOnly)
    db.exec('PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
  return db;
}
