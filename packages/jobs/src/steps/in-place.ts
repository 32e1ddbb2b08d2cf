import { existsSync } from 'node:fs';
import { lstat, rm, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { parseLocation, type StorageDrivers } from '../storage/index.ts';

/**
 * Refers to an input where it lies on this machine, instead of copying it into the version: `inputs/<name>` becomes a link
 * to the folder, or a folder with a link to the file.
 *
 * @param dir `inputs/<name>` of the version
 * @returns where the input lies; null for what has to be copied: it is on no disk of this machine, or was copied before
 * @throws PATH_NOT_FOUND
 */
export async function referInPlace(
  location: string,
  dir: string,
  drivers: StorageDrivers,
): Promise<string | null> {
  const { scheme, prefix: path } = parseLocation(location, drivers);
  if (scheme !== 'file' || drivers.file !== undefined) return null;
  if (!existsSync(path)) throw new SemblanceError('PATH_NOT_FOUND', `input does not exist: ${path}`);
  const isFolder = (await stat(path)).isDirectory();
  const there = await lstat(dir).catch(() => null);
  // an attempt of an earlier release has copied it: what ran on the copy goes on with it
  if (there?.isDirectory() && isFolder) return null;
  const link = isFolder ? dir : join(dir, basename(path));
  await makeFolder(dirname(link));
  await rm(link, { force: true });
  await symlink(path, link);
  return path;
}
