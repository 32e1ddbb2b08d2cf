import { type FileHandle, open, rm } from 'node:fs/promises';
import { withPath } from '../system-error.ts';
import { asidePath, putInPlace } from './aside.ts';

/** A file that grows aside over many writes, until it takes its place. */
export class AsideFile {
  /** For writing and reading at any place. */
  readonly handle: FileHandle;
  readonly #path: string;
  readonly #aside: string;

  private constructor(path: string, aside: string, handle: FileHandle) {
    this.#path = path;
    this.#aside = aside;
    this.handle = handle;
  }

  static async create(path: string): Promise<AsideFile> {
    const aside = asidePath(path);
    return new AsideFile(path, aside, await open(aside, 'wx+'));
  }

  /** Writes at the end; an error names the file. */
  async append(content: string | Uint8Array): Promise<void> {
    try {
      await this.handle.appendFile(content);
    } catch (error) {
      throw withPath(error, this.#path);
    }
  }

  /** Puts the file in its place, on the disk. */
  async finish(): Promise<void> {
    await this.handle.close();
    try {
      await putInPlace(this.#aside, this.#path);
    } catch (error) {
      throw withPath(error, this.#path);
    }
  }

  /** Leaves nothing behind; after `finish` it does nothing. */
  async abandon(): Promise<void> {
    await Promise.allSettled([this.handle.close()]);
    await rm(this.#aside, { force: true });
  }
}
