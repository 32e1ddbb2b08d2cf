import { createHash } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SemblanceError } from '../error.ts';

export interface FolderFile {
  /** Below the folder, with `/`. */
  key: string;
  path: string;
  sizeBytes: number;
}

/**
 * Every file below a folder, folder by folder; one that is not there has none.
 *
 * @throws SemblanceError PATH_OUTSIDE_ROOT for a link: what it points to is not the folder's own. DATA_INVALID for a
 *   device, a pipe or a socket.
 */
export async function* folderFiles(folder: string, below = ''): AsyncGenerator<FolderFile, void, void> {
  let entries: Dirent[];
  try {
    entries = await readdir(join(folder, below), { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  for (const entry of entries) {
    const key = below === '' ? entry.name : `${below}/${entry.name}`;
    const path = join(folder, key);
    if (entry.isDirectory()) yield* folderFiles(folder, key);
    else if (entry.isFile()) yield { key, path, sizeBytes: (await lstat(path)).size };
    else if (entry.isSymbolicLink()) {
      throw new SemblanceError('PATH_OUTSIDE_ROOT', `${path} is a link, and links are not followed`);
    } else throw new SemblanceError('DATA_INVALID', `${path} is neither a file nor a folder`);
  }
}

/** SHA-256 of a file as far as it goes, read as a stream; more can be added to it. */
export async function startHash(path: string, signal?: AbortSignal): Promise<ReturnType<typeof createHash>> {
  const hash = createHash('sha256');
  const stream = createReadStream(path, { highWaterMark: 1 << 20, ...(signal ? { signal } : {}) });
  for await (const chunk of stream) hash.update(chunk);
  return hash;
}
