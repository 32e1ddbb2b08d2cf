import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { didYouMean, type Env, semblanceHome } from '@semblance/core';
import { exists } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { isGalleryAddress } from './gallery-address.ts';
import { GALLERY_FILE } from './gallery-file.ts';

/** `$SEMBLANCE_HOME/galleries`, or `~/.semblance/galleries`: a folder for each name. */
export const galleriesFolder = (env: Env = process.env): string => semblanceHome(env, 'galleries');

/** A gallery in the user's own folder. */
export interface NamedGallery {
  name: string;
  path: string;
}

/** The galleries in the user's own folder, by name. */
export async function namedGalleries(env: Env = process.env): Promise<NamedGallery[]> {
  const root = galleriesFolder(env);
  const names = (await readdir(root).catch(() => [])).filter((name) => !name.startsWith('.')).sort();
  const galleries = names.map((name) => ({ name, path: join(root, name) }));
  const areThere = await Promise.all(galleries.map(({ path }) => exists(join(path, GALLERY_FILE))));
  return galleries.filter((_, i) => areThere[i]);
}

/**
 * The path of a gallery that a user means: by its path, its address or its name, or, where nothing is given, the only one there is.
 *
 * A path that holds a gallery comes before a name.
 *
 * @throws SemblanceError GALLERY_NOT_FOUND; USAGE_MISSING_ARGUMENT where nothing is given and there are several
 */
export async function findGallery(given: string | undefined, env: Env = process.env): Promise<string> {
  if (given !== undefined && isGalleryAddress(given)) return given;
  const galleries = await namedGalleries(env);
  const names = galleries.map(({ name }) => name);
  if (given === undefined) {
    if (galleries.length === 1) return galleries[0]!.path;
    if (galleries.length > 1)
      throw new SemblanceError(
        'USAGE_MISSING_ARGUMENT',
        `which gallery? --gallery takes one of ${names.join(', ')}, or a path`,
      );
    const message =
      'there is no gallery yet: semblance gallery build --data people/ --gallery people makes one of a folder per person';
    throw new SemblanceError('GALLERY_NOT_FOUND', message);
  }
  const info = await stat(given).catch(() => null);
  if (info && (info.isFile() || isPath(given) || (await exists(join(given, GALLERY_FILE))))) return given;
  const named = galleries.find(({ name }) => name === given);
  if (named) return named.path;
  if (info) return given; // a folder without a gallery: whoever opens it says so
  const known = isPath(given)
    ? ''
    : `, and none of that name${names.length > 0 ? ` (there are ${names.join(', ')})` : ''}${didYouMean(given, names)}`;
  throw new SemblanceError('GALLERY_NOT_FOUND', `no gallery at ${given}${known}`, {
    details: { path: given },
  });
}

/**
 * The folder for a gallery of that name, whether or not it is there; an address stands for itself.
 *
 * @throws SemblanceError USAGE_INVALID_VALUE for what is no name
 */
export function placeOfGallery(name: string, env: Env = process.env): string {
  if (isGalleryAddress(name)) return name;
  if (/^[\p{L}\p{N}_][\p{L}\p{N}_. -]{0,63}$/u.test(name)) return join(galleriesFolder(env), name);
  throw new SemblanceError(
    'USAGE_INVALID_VALUE',
    `'${name}' is not a valid name for a gallery: use letters, digits, spaces, dots and dashes`,
  );
}

/** Whether a text can only be a path. */
const isPath = (text: string): boolean => text.includes('/') || text.includes(sep) || text.endsWith('.db');
