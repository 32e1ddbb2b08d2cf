import { realpathSync } from 'node:fs';
import { link, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asidePath } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { requireFolder } from './gallery-address.ts';

/** The file of a gallery's folder that holds its faces. */
export const GALLERY_FILE = 'gallery.db';

/**
 * The database of a gallery's folder; a file stands for itself.
 *
 * @throws SemblanceError GALLERY_NOT_FOUND; USAGE_INVALID_VALUE for the address of a database
 */
export async function galleryFileAt(path: string): Promise<string> {
  requireFolder(path);
  try {
    return (await stat(path)).isDirectory() ? join(path, GALLERY_FILE) : path;
  } catch (cause) {
    throw new SemblanceError('GALLERY_NOT_FOUND', `no gallery at ${path}`, { cause, details: { path } });
  }
}

/** Where the index of a gallery's database is kept. */
export const indexFileOf = (database: string): string => `${database}.index`;

/** The lock of a gallery's database: one file, whichever links lead to it. */
export function lockFileOf(database: string): string {
  try {
    return `${realpathSync(database)}.lock`;
  } catch {
    return `${database}.lock`; // not there yet
  }
}

/**
 * Makes a database aside and puts it in a place where none may stand.
 *
 * @throws SemblanceError GALLERY_EXISTS
 */
export async function makeInPlace<T>(path: string, make: (aside: string) => Promise<T>): Promise<T> {
  const aside = asidePath(path);
  try {
    const made = await make(aside);
    await link(aside, path);
    return made;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new SemblanceError('GALLERY_EXISTS', `there is already a gallery at ${path}`, { cause });
  } finally {
    await rm(aside, { force: true });
  }
}
