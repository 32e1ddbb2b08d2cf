import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, safeRelativePath } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';

/**
 * The path of a key below a folder, if nothing on the way leaves the folder: no `..`, and no link among the folders
 * or at the end.
 *
 * @throws SemblanceError PATH_OUTSIDE_ROOT
 */
export async function pathInside(folder: string, key: string): Promise<string> {
  let path = folder;
  for (const part of safeRelativePath(key).split('/')) {
    path = join(path, part);
    const stats = await lstat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      throw error;
    });
    if (stats?.isSymbolicLink()) {
      throw new SemblanceError('PATH_OUTSIDE_ROOT', `"${key.slice(0, 200)}" leads through a link`);
    }
  }
  return path;
}

/** The same, with the folders on the way made. */
export async function newPathInside(folder: string, key: string): Promise<string> {
  const path = await pathInside(folder, key);
  await makeFolder(dirname(path));
  return path;
}
