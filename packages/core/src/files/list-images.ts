import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { asSemblanceError, SemblanceError } from '../error.ts';
import { imageExtensions, isPhotoFile, isSystemName } from './photo-names.ts';

export interface ListedImage {
  /** Absolute path. */
  path: string;
  /** Path below the folder that was listed, with `/` on every system; the file's own name for a single file. */
  name: string;
}

/** What a folder holds beside its photos. */
export interface LeftOut {
  /** Hidden entries and those of systems (`@eaDir`, `Thumbs.db`, `__MACOSX`); a folder counts once. */
  system: number;
  /** Files that neither name nor content says are photos. */
  others: number;
}

/** Order of names by code unit: the same on every machine and in every locale. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `stat`, with a missing path as an error people understand. */
export async function statOrThrow(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (cause) {
    throw pathError(path, cause);
  }
}

/** Whether this process can open no more files, which says nothing about any of them. */
const isExhausted = (error: unknown): boolean => asSemblanceError(error).code === 'TOO_MANY_OPEN_FILES';

function pathError(path: string, cause: unknown): SemblanceError {
  if (isExhausted(cause)) return asSemblanceError(cause);
  const isForbidden = ['EACCES', 'EPERM'].includes((cause as NodeJS.ErrnoException).code ?? '');
  const said = isForbidden
    ? `no permission to read ${path}`
    : path.includes('\ufffd')
      ? `the name is not UTF-8, rename it: ${path}`
      : `no such file or folder: ${path}`;
  return new SemblanceError('PATH_NOT_FOUND', said, { cause, details: { path } });
}

/**
 * Lists the photos below a folder, or the one file that is named: sorted by name, hidden entries left out,
 * links followed once. A file without an extension is a photo where its content is.
 *
 * A folder below it that cannot be read stands in the list itself: whoever reads it is told why, like of a photo.
 *
 * @throws SemblanceError PATH_NOT_FOUND; DATA_EMPTY where the folder holds no photo.
 */
export async function listImages(path: string): Promise<ListedImage[]> {
  return (await listPhotos(path)).images;
}

/** {@link listImages}, and how much was left out. */
export async function listPhotos(path: string): Promise<{ images: ListedImage[]; leftOut: LeftOut }> {
  const root = resolve(path);
  const leftOut: LeftOut = { system: 0, others: 0 };
  const info = await statOrThrow(root);
  if (!info.isDirectory()) return { images: [{ path: root, name: basename(root) }], leftOut };

  const images: ListedImage[] = [];
  const seenFolders = new Set<string>();
  await walk(root);
  if (images.length === 0) {
    throw new SemblanceError(
      'DATA_EMPTY',
      `no photos in ${path} (looked for ${[...imageExtensions].join(' ')})`,
      {
        details: { path, ...leftOut },
      },
    );
  }
  return { images: images.sort((a, b) => byCodeUnit(a.name, b.name)), leftOut };

  async function walk(dir: string): Promise<void> {
    for (const entry of await entriesOf(dir)) {
      if (isSystemName(entry.name)) {
        leftOut.system++;
        continue;
      }
      const full = join(dir, entry.name);
      const kind = await kindOf(entry, full);
      if (kind === 'folder') await walk(full);
      else if (kind === 'file' && (await isPhotoFile(full, entry.name))) images.push(listed(full));
      else if (kind === 'file') leftOut.others++;
    }
  }

  async function entriesOf(dir: string): Promise<Dirent[]> {
    try {
      const real = await realpath(dir);
      if (seenFolders.has(real)) return []; // a link back to a folder above it
      seenFolders.add(real);
      return await readdir(dir, { withFileTypes: true });
    } catch (cause) {
      if (dir === root || isExhausted(cause)) throw pathError(path, cause);
      images.push(listed(dir));
      return [];
    }
  }

  function listed(full: string): ListedImage {
    return { path: full, name: relative(root, full).split(sep).join('/') };
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
