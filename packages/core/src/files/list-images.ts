import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, extname, join, relative, resolve, sep } from 'node:path';
import { SemblanceError } from '../error.ts';

/** What a folder's files are called when they are taken for photos; a file named outright may be called anything. */
const imageExtensions = new Set([
  '.jpg',
  '.jpeg',
  '.jpe',
  '.png',
  '.webp',
  '.gif',
  '.tif',
  '.tiff',
  '.avif',
  '.heic',
  '.bmp',
]);

export interface ListedImage {
  /** Absolute path. */
  path: string;
  /** Path below the folder that was listed, with `/` on every system; the file's own name for a single file. */
  name: string;
}

/** Whether a file's name says that it is a photo. Hidden files (`.x`, `._x.jpg`) are not. */
export function hasImageName(name: string): boolean {
  return !name.startsWith('.') && imageExtensions.has(extname(name).toLowerCase());
}

/** Order of names by code unit: the same on every machine and in every locale. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `stat`, with a missing path as an error people understand. */
export async function statOrThrow(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EACCES') {
      throw new SemblanceError('PATH_NOT_FOUND', `no permission to read ${path}`, {
        cause,
        details: { path },
      });
    }
    throw new SemblanceError('PATH_NOT_FOUND', `no such file or folder: ${path}`, {
      cause,
      details: { path },
    });
  }
}

/**
 * Lists the photos below a folder, or the one file that is named: sorted by name, hidden entries left out,
 * links followed once.
 *
 * @throws SemblanceError PATH_NOT_FOUND; DATA_EMPTY where the folder holds no photo.
 */
export async function listImages(path: string): Promise<ListedImage[]> {
  const root = resolve(path);
  const info = await statOrThrow(root);
  if (!info.isDirectory()) return [{ path: root, name: basename(root) }];

  const found: ListedImage[] = [];
  const seenFolders = new Set<string>();
  await walk(root);
  if (found.length === 0) {
    throw new SemblanceError(
      'DATA_EMPTY',
      `no photos in ${path} (looked for ${[...imageExtensions].join(' ')})`,
      {
        details: { path },
      },
    );
  }
  return found.sort((a, b) => byCodeUnit(a.name, b.name));

  async function walk(dir: string): Promise<void> {
    const real = await realpath(dir);
    if (seenFolders.has(real)) return; // a link back to a folder above it
    seenFolders.add(real);
    for (const entry of await readdir(dir, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const full = join(dir, entry.name);
      const kind = await kindOf(entry, full);
      if (kind === 'folder') await walk(full);
      else if (kind === 'file' && hasImageName(entry.name)) {
        found.push({ path: full, name: relative(root, full).split(sep).join('/') });
      }
    }
  }
}

/** What an entry of a folder is, links followed; a dangling link is nothing. */
export async function kindOf(entry: Dirent, path: string): Promise<'file' | 'folder' | 'other'> {
  let info: Dirent | Stats = entry;
  if (entry.isSymbolicLink()) {
    try {
      info = await stat(path);
    } catch {
      return 'other'; // the link's target is gone: there is nothing to read
    }
  }
  return info.isDirectory() ? 'folder' : info.isFile() ? 'file' : 'other';
}
