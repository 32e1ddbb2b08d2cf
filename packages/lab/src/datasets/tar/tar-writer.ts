import { dirname } from 'node:path';
import { AsideFile, makeFolder } from '@semblance/core/files';
import { BLOCK, encodeTarHeader, paxRecord } from './tar-header.ts';

/**
 * Writes a tar file of plain files (POSIX ustar; pax where a name is longer than 100 bytes), aside until `finish`. Owner, time and
 * mode are always the same: equal content gives equal bytes.
 */
export class TarWriter {
  readonly #file: AsideFile;

  private constructor(file: AsideFile) {
    this.#file = file;
  }

  static async create(path: string): Promise<TarWriter> {
    await makeFolder(dirname(path));
    return new TarWriter(await AsideFile.create(path));
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
    await this.#file.append(Buffer.concat(blocks));
  }

  async finish(): Promise<void> {
    await this.#file.append(new Uint8Array(2 * BLOCK));
    await this.#file.finish();
  }

  abandon(): Promise<void> {
    return this.#file.abandon();
  }
}

const padding = (length: number): Uint8Array => new Uint8Array((BLOCK - (length % BLOCK)) % BLOCK);
