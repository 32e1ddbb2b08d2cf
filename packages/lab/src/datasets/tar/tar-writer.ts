import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BLOCK, encodeTarHeader, paxRecord } from './tar-header.ts';

/**
 * Writes a tar file of plain files (POSIX ustar; pax where a name is longer than 100 bytes), aside until `finish`. Owner, time and
 * mode are always the same: equal content gives equal bytes.
 */
export class TarWriter {
  readonly #path: string;
  readonly #part: string;
  readonly #file: FileHandle;

  private constructor(path: string, part: string, file: FileHandle) {
    this.#path = path;
    this.#part = part;
    this.#file = file;
  }

  static async create(path: string): Promise<TarWriter> {
    await mkdir(dirname(path), { recursive: true });
    const part = `${path}.${randomBytes(4).toString('hex')}.part`;
    return new TarWriter(path, part, await open(part, 'wx'));
  }

  async write(name: string, content: Uint8Array): Promise<void> {
    const blocks: Uint8Array[] = [];
    if (Buffer.byteLength(name) > 100) {
      const record = paxRecord('path', name);
      blocks.push(encodeTarHeader('pax', record.length, 'x'), record, padding(record.length));
    }
    const short = Buffer.from(name).subarray(0, 100).toString('latin1');
    const own = Buffer.byteLength(name) > 100 ? short.replace(/[^\x20-\x7e]/g, '_') : name;
    blocks.push(encodeTarHeader(own, content.length, '0'), content, padding(content.length));
    await this.#file.appendFile(Buffer.concat(blocks));
  }

  async finish(): Promise<void> {
    await this.#file.appendFile(new Uint8Array(2 * BLOCK));
    await this.#file.sync();
    await this.#file.close();
    await rename(this.#part, this.#path);
  }

  async abandon(): Promise<void> {
    await Promise.allSettled([this.#file.close()]);
    await rm(this.#part, { force: true });
  }
}

const padding = (length: number): Uint8Array => new Uint8Array((BLOCK - (length % BLOCK)) % BLOCK);
