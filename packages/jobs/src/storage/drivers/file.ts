import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { isAsidePath, safeRelativePath, writeAside, writeFile } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import { folderFiles, startHash } from '../folder-files.ts';
import { newPathInside, pathInside } from '../inside.ts';
import type { ObjectStorage } from '../storage.ts';

/** A folder as a store: an object is a file, written beside its place, synced and renamed into it. */
export async function openFileStorage(folder: string): Promise<ObjectStorage> {
  async function write(key: string, fill: (aside: string) => Promise<void>): Promise<void> {
    const path = await newPathInside(folder, key);
    await writeAside(path, fill);
  }

  return {
    url: pathToFileURL(folder).href,

    async *list(below = '') {
      const files = folderFiles(folder, below === '' ? '' : safeRelativePath(below));
      for await (const { key, sizeBytes } of files) if (!isAsidePath(key)) yield { key, sizeBytes };
    },

    async head(key) {
      const path = await pathInside(folder, key);
      const stats = await stat(path).catch(() => null);
      if (!stats?.isFile()) return null;
      // what lies there may have been changed by hand: only its bytes can tell
      return { key, sizeBytes: stats.size, sha256: (await startHash(path)).digest('hex') };
    },

    async read(key, { fromByte = 0, signal } = {}) {
      const path = await pathInside(folder, key);
      const stats = await stat(path).catch(() => null);
      if (!stats?.isFile()) throw new SemblanceError('PATH_NOT_FOUND', `no object ${key} in ${folder}`);
      return createReadStream(path, { start: fromByte, ...(signal ? { signal } : {}) });
    },

    async put(key, bytes) {
      await write(key, (aside) => writeFile(aside, bytes));
    },

    async putFile(key, path, { onBytes, signal }) {
      await write(key, async (aside) => {
        const count = new Transform({
          transform(chunk: Buffer, _, done) {
            onBytes?.(chunk.length);
            done(null, chunk);
          },
        });
        const source = createReadStream(path, { highWaterMark: 1 << 20 });
        await pipeline(source, count, createWriteStream(aside, { flags: 'wx' }), { signal });
      });
    },

    async remove(key) {
      await rm(await pathInside(folder, key), { force: true });
    },

    async close() {},
  };
}
