import { randomUUID } from 'node:crypto';
import { lstat, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withPath } from '../system-error.ts';

/**
 * Writing aside: what is made gets a name of its own beside its place, goes to the disk, and takes its place by a
 * rename. Under its name stands the old content or the whole new one, also after a kill or a power cut.
 */

/** A name beside `path` that nothing has: hidden, and known by {@link isAsidePath} if a kill leaves it behind. */
export function asidePath(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 60)}.${randomUUID()}.tmp`);
}

/** Whether a file is one that is being written aside, or was when its writer was killed. */
export const isAsidePath = (path: string): boolean => /(^|[/\\])\.[^/\\]+\.[0-9a-f-]{36}\.tmp$/.test(path);

/**
 * Makes a file or a folder aside and puts it in the place of `path`; a folder only where none stands.
 *
 * @param make writes what is to stand there under the name it is given; where it fails, nothing is left
 * @example
 * ```ts
 * import { copyFile, readdir } from 'node:fs/promises';
 * import { writeAside } from '@semblance/core/files';
 *
 * await writeAside('copy.jpg', (aside) => copyFile('photo.jpg', aside));
 * console.log((await readdir('.')).includes('copy.jpg')); // true
 * ```
 */
export async function writeAside(path: string, make: (aside: string) => Promise<void>): Promise<void> {
  const aside = asidePath(path);
  try {
    await make(aside);
    await putInPlace(aside, path);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw withPath(error, path);
  }
}

/** Writes a file aside. @param mode as of `open`, before the umask */
export function writeFileAside(path: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  return writeAside(path, async (aside) => {
    await using file = await open(aside, 'wx', mode);
    await file.writeFile(content);
  });
}

/** Puts a finished file or folder of the same file system in the place of `path`, on the disk. */
export async function putInPlace(made: string, path: string): Promise<void> {
  await syncAll(made);
  await rename(made, path);
  await syncFolder(dirname(path));
}

async function syncAll(path: string): Promise<void> {
  const stats = await lstat(path);
  if (stats.isDirectory()) {
    for (const name of await readdir(path)) await syncAll(join(path, name));
    await syncFolder(path);
  } else if (stats.isFile()) {
    // Windows flushes only what is open for writing; elsewhere a copy may be read-only
    await using file = await open(path, process.platform === 'win32' ? 'r+' : 'r');
    await file.sync();
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return; // it opens no folders; the rename is as durable as the system makes it
  await using folder = await open(path, 'r');
  await folder.sync();
}
