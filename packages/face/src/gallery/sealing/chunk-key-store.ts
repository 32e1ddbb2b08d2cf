import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ChunkKeys } from '../index-file/seal-chunk.ts';
import { newKey } from './cipher.ts';
import { WRAPPED_BYTES } from './master-keys.ts';

export const CHUNK_SCHEMA = `
  CREATE TABLE chunk_keys (slot INTEGER PRIMARY KEY, index_id BLOB NOT NULL, chunk BLOB NOT NULL, wrapped BLOB NOT NULL);
  CREATE INDEX chunk_keys_by_index ON chunk_keys (index_id, chunk);`;

const SQL = {
  key: 'SELECT slot, wrapped FROM chunk_keys WHERE index_id = ? AND chunk = ?',
  ofIndex: 'SELECT slot FROM chunk_keys WHERE index_id = ?',
  ofOthers: 'SELECT slot FROM chunk_keys WHERE index_id NOT IN (?, ?)',
  all: 'SELECT slot, index_id, chunk, wrapped FROM chunk_keys WHERE index_id <> ?',
  add: 'INSERT INTO chunk_keys (index_id, chunk, wrapped) VALUES (?, ?, ?)',
  set: 'UPDATE chunk_keys SET index_id = ?, chunk = ?, wrapped = ? WHERE slot = ?',
  setKey: 'UPDATE chunk_keys SET wrapped = ? WHERE slot = ?',
};

/** The index of keys that are destroyed; their places are taken again. */
const NONE = Buffer.alloc(16);
const DESTROYED = Buffer.alloc(WRAPPED_BYTES);

/** What the store of all keys lends to that of chunks. */
export interface Wrapping {
  galleryId: string;
  wrap(key: Uint8Array, name: string): Buffer;
  unwrap(wrapped: Uint8Array, name: string): Buffer;
  /** Runs an action as one transaction. */
  write<T>(action: () => T): T;
  read<T>(action: () => T): T;
}

/** The keys of the chunks of a gallery's indexes, each in a row that is overwritten where it lies. */
export class ChunkKeyStore implements ChunkKeys {
  readonly #wrapping: Wrapping;
  readonly #statement: Record<keyof typeof SQL, StatementSync>;

  constructor(db: DatabaseSync, wrapping: Wrapping) {
    this.#wrapping = wrapping;
    this.#statement = Object.fromEntries(
      Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]),
    ) as Record<keyof typeof SQL, StatementSync>;
  }

  get galleryId(): string {
    return this.#wrapping.galleryId;
  }

  make(indexId: string, count: number, replaced: string | null): Buffer[] {
    const { ofIndex, set, add } = this.#statement;
    const keys = Array.from({ length: count }, newKey);
    this.#wrapping.write(() => {
      const free = [NONE, ...(replaced === null ? [] : [blobOf(replaced)])].flatMap((id) => ofIndex.all(id));
      for (const [chunk, key] of keys.entries()) {
        const values = [
          blobOf(indexId),
          numberBlob(chunk),
          this.#wrapping.wrap(key, nameOf(indexId, chunk)),
        ] as const;
        const slot = free.pop()?.slot;
        if (slot === undefined) add.run(...values);
        else set.run(...values, slot);
      }
      for (const { slot } of free) set.run(NONE, numberBlob(0), DESTROYED, slot!);
    });
    return keys;
  }

  get(indexId: string, chunk: number): Buffer | null {
    const row = this.#wrapping.read(() => this.#statement.key.get(blobOf(indexId), numberBlob(chunk)));
    return row ? this.#wrapping.unwrap(row.wrapped as Uint8Array, nameOf(indexId, chunk)) : null;
  }

  renew(indexId: string, chunk: number): Buffer {
    const key = newKey();
    this.#wrapping.write(() => {
      const { slot } = this.#statement.key.get(blobOf(indexId), numberBlob(chunk))!;
      this.#statement.setKey.run(this.#wrapping.wrap(key, nameOf(indexId, chunk)), slot!);
    });
    return key;
  }

  keepOnly(indexId: string | null): void {
    const { ofOthers, set } = this.#statement;
    const kept = indexId === null ? NONE : blobOf(indexId);
    if (this.#wrapping.read(() => ofOthers.get(kept, NONE)) === undefined) return;
    this.#wrapping.write(() => {
      for (const { slot } of ofOthers.all(kept, NONE)) set.run(NONE, numberBlob(0), DESTROYED, slot!);
    });
  }

  /** Wraps all keys again; to be called within a transaction. */
  rewrap(wrap: Wrapping['wrap']): void {
    for (const { slot, index_id, chunk, wrapped } of this.#statement.all.all(NONE)) {
      const name = nameOf(hexOf(index_id), Buffer.from(chunk as Uint8Array).readUInt32BE());
      this.#statement.setKey.run(wrap(this.#wrapping.unwrap(wrapped as Uint8Array, name), name), slot!);
    }
  }
}

const nameOf = (indexId: string, chunk: number): string => `${indexId}/${chunk}`;
const blobOf = (hex: string): Buffer => Buffer.from(hex, 'hex');
const hexOf = (blob: unknown): string => Buffer.from(blob as Uint8Array).toString('hex');

function numberBlob(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
