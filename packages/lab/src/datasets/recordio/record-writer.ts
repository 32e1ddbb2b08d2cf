import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { encodeRecord } from './record-format.ts';
import { indexLine } from './record-index.ts';

interface FileNames {
  rec: string;
  idx: string;
  recPart: string;
  idxPart: string;
}

/** Bytes that are gathered before a write. */
const BUFFER_BYTES = 4 << 20;

/**
 * Writes a `.rec` file and its `.idx`, both aside until `finish`: under their names they are whole, or what was there
 * before.
 */
export class RecordWriter {
  readonly #names: FileNames;
  readonly #rec: FileHandle;
  readonly #idx: FileHandle;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #lines: string[] = [];
  #offset = 0;

  private constructor(names: FileNames, rec: FileHandle, idx: FileHandle) {
    this.#names = names;
    this.#rec = rec;
    this.#idx = idx;
  }

  static async create(recFile: string, indexFile: string): Promise<RecordWriter> {
    await mkdir(dirname(recFile), { recursive: true });
    const suffix = `.${randomBytes(4).toString('hex')}.part`;
    const names = { rec: recFile, idx: indexFile, recPart: recFile + suffix, idxPart: indexFile + suffix };
    return new RecordWriter(names, await open(names.recPart, 'wx'), await open(names.idxPart, 'wx'));
  }

  /** Appends a record under a key that was not used before. */
  async write(key: number, payload: Uint8Array): Promise<void> {
    const record = encodeRecord(payload);
    this.#lines.push(indexLine(key, this.#offset));
    this.#pending.push(record);
    this.#pendingBytes += record.length;
    this.#offset += record.length;
    if (this.#pendingBytes >= BUFFER_BYTES) await this.#flush();
  }

  /** Puts another payload of the same length in the place of the first record's. */
  async replaceFirst(payload: Uint8Array): Promise<void> {
    await this.#flush();
    await this.#rec.write(encodeRecord(payload), 0, undefined, 0);
  }

  /** Makes both files appear: they are on the disk before they take their names. */
  async finish(): Promise<void> {
    await this.#flush();
    for (const file of [this.#rec, this.#idx]) {
      await file.sync();
      await file.close();
    }
    await rename(this.#names.recPart, this.#names.rec);
    await rename(this.#names.idxPart, this.#names.idx);
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    await Promise.allSettled([this.#rec.close(), this.#idx.close()]);
    await rm(this.#names.recPart, { force: true });
    await rm(this.#names.idxPart, { force: true });
  }

  async #flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    await this.#rec.appendFile(Buffer.concat(this.#pending));
    await this.#idx.appendFile(this.#lines.join(''));
    [this.#pending, this.#pendingBytes, this.#lines] = [[], 0, []];
  }
}
