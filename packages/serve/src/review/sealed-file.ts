import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { writeFileAsideSync } from '@semblance/core/files';
import { isSqliteError, storageError } from '@semblance/core/sqlite';
import { type GalleryKeys, galleryKeys } from '@semblance/face/gallery';
import { newKey, open, seal, unwrapKey, wrapKey } from '@semblance/face/sealing';
import { SemblanceError } from '../error.ts';

/** A database of a service's state folder whose columns of people are encrypted: AES-256-GCM, bound to their row. */
export interface SealedFile extends Disposable {
  db: DatabaseSync;
  seal(plain: Uint8Array, place: string): Buffer;
  /** @throws SemblanceError DATA_CORRUPT */
  open(sealed: Uint8Array, place: string): Buffer;
  /** Runs what reads or writes, and says in our words what the disk refused. */
  using<T>(action: () => T): T;
}

/**
 * Opens or makes such a file. Its key is wrapped by the master key of galleries where there is one; else it lies beside it, in a
 * file for its owner alone. What is deleted is overwritten.
 *
 * @param schema makes the tables where they are missing
 * @throws SemblanceError DATA_CORRUPT where it cannot be read; GALLERY_KEY_MISSING, GALLERY_KEY_WRONG; those of the disk
 */
export function openSealedFile(path: string, schema: string, keys = galleryKeys()): SealedFile {
  const corrupt = (cause: unknown): SemblanceError =>
    new SemblanceError('DATA_CORRUPT', `${path} cannot be read: move it away to begin anew`, { cause });
  const using = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw isSqliteError(error) ? (storageError(error, path) ?? corrupt(error)) : error;
    }
  };
  return using(() => {
    if (!existsSync(path)) closeSync(openSync(path, 'wx', 0o600));
    const db = new DatabaseSync(path);
    try {
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON');
      db.exec(`CREATE TABLE IF NOT EXISTS seal (id TEXT NOT NULL, wrapped BLOB) STRICT; ${schema}`);
      const { id, key } = keyOf(db, path, keys);
      return {
        ...{ db, using },
        seal: (plain, place) => seal(key, plain, `${id}/${place}`),
        open(sealed, place) {
          try {
            return open(key, sealed, `${id}/${place}`);
          } catch (error) {
            throw corrupt(error);
          }
        },
        [Symbol.dispose]: () => db.close(),
      };
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** Erases a sealed file, with its key. */
export function eraseSealedFile(path: string): boolean {
  const isThere = existsSync(path);
  for (const part of ['.key', '', '-wal', '-shm']) rmSync(path + part, { force: true });
  return isThere;
}

function keyOf(db: DatabaseSync, path: string, keys: GalleryKeys): { id: string; key: Buffer } {
  const row = db.prepare('SELECT id, wrapped FROM seal').get() as
    | { id: string; wrapped: Uint8Array | null }
    | undefined;
  const place = (id: string) => `service/${id}`;
  if (row?.wrapped) {
    const masters = keys.masters();
    if (masters) return { id: row.id, key: unwrapKey(masters, row.wrapped, place(row.id)) };
    throw new SemblanceError(
      'GALLERY_KEY_MISSING',
      `${path} was encrypted with a master key, and none is set`,
    );
  }
  const keyPath = `${path}.key`;
  if (row) return { id: row.id, key: Buffer.from(readFileSync(keyPath, 'utf8').trim(), 'base64') };
  const made = { id: randomUUID(), key: newKey() };
  const masters = keys.masters();
  if (!masters) writeFileAsideSync(keyPath, `${made.key.toString('base64')}\n`, 0o600);
  const wrapped = masters && wrapKey(masters, made.key, place(made.id));
  db.prepare('INSERT INTO seal VALUES (?, ?)').run(made.id, wrapped);
  return made;
}
