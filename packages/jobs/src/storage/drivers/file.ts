import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { safeRelativePath } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import { folderFiles, startHash } from '../folder-files.ts';
import { newPathInside, pathInside } from '../inside.ts';
import type { ObjectStorage } from '../storage.ts';

/** Names of files that are being written; they are no objects. */
const IN_WORK = /(^|\/)\.[^/]+\.[0-9a-f-]{36}\.tmp$/;

/** A folder as a store: an object is a file, written beside its place, synced and renamed into it. */
export async function openFileStorage(folder: string): Promise<ObjectStorage> {
  async function write(key: string, fill: (tmp: string) => Promise<void>): Promise<string> {
    const path = await newPathInside(folder, key);
    const tmp = path.replace(/[^/]*$/, (name) => `.${name.slice(0, 100)}.${randomUUID()}.tmp`);
    try {
      await fill(tmp);
      await sync(tmp);
      await rename(tmp, path);
    } catch (error) {
      await rm(tmp, { force: true });
      throw error;
    }
    return path;
  }

  return {
    url: pathToFileURL(folder).href,

    async *list(below = '') {
      const files = folderFiles(folder, below === '' ? '' : safeRelativePath(below));
      for await (const { key, sizeBytes } of files) if (!IN_WORK.test(key)) yield { key, sizeBytes };
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
      const path = await write(key, async (tmp) => {
        await using file = await open(tmp, 'wx');
        await file.writeFile(bytes);
      });
      // a manifest is written so, last of all: with its name the earlier ones are on the disk too
      await sync(dirname(path));
    },

    async putFile(key, path, { onBytes, signal }) {
      await write(key, async (tmp) => {
        const count = new Transform({
          transform(chunk: Buffer, _, done) {
            onBytes?.(chunk.length);
            done(null, chunk);
          },
        });
        const source = createReadStream(path, { highWaterMark: 1 << 20 });
        await pipeline(source, count, createWriteStream(tmp, { flags: 'wx' }), { signal });
      });
    },

    async remove(key) {
      await rm(await pathInside(folder, key), { force: true });
    },

    async close() {},
  };
}

async function sync(path: string): Promise<void> {
  await using handle = await open(path, 'r');
  await handle.sync();
}
