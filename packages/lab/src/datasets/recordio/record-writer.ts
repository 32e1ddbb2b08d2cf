import { dirname } from 'node:path';
import { AsideFile, makeFolder } from '@semblance/core/files';
import { encodeRecord } from './record-format.ts';
import { indexLine } from './record-index.ts';

/** Bytes that are gathered before a write. */
const BUFFER_BYTES = 4 << 20;

/**
 * Writes a `.rec` file and its `.idx`, both aside until `finish`: under their names they are whole, or what was there
 * before.
 */
export class RecordWriter {
  readonly #rec: AsideFile;
  readonly #idx: AsideFile;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #lines: string[] = [];
  #offset = 0;

  private constructor(rec: AsideFile, idx: AsideFile) {
    this.#rec = rec;
    this.#idx = idx;
  }

  static async create(recFile: string, indexFile: string): Promise<RecordWriter> {
    await makeFolder(dirname(recFile));
    return new RecordWriter(await AsideFile.create(recFile), await AsideFile.create(indexFile));
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
    await this.#rec.handle.write(encodeRecord(payload), 0, undefined, 0);
  }

  /** Makes both files appear: they are on the disk before they take their names. */
  async finish(): Promise<void> {
    await this.#flush();
    for (const file of [this.#rec, this.#idx]) await file.handle.sync();
    await this.#rec.finish();
    await this.#idx.finish();
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    await this.#rec.abandon();
    await this.#idx.abandon();
  }

  async #flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    await this.#rec.append(Buffer.concat(this.#pending));
    await this.#idx.append(this.#lines.join(''));
    [this.#pending, this.#pendingBytes, this.#lines] = [[], 0, []];
  }
}
