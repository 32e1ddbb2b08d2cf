import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  byCodeUnit,
  hasImageName,
  kindOf,
  type ListedImage,
  listImages,
  statOrThrow,
} from '@semblance/core/files';
import { SemblanceError } from '../error.ts';

export interface Person {
  /** The folder's name. */
  name: string;
  /** Position among the people in sorted order, from 0 without gaps: the class label in training. */
  label: number;
  /** Photos, sorted by name; `name` is relative to the person's folder. */
  images: ListedImage[];
}

export interface PersonFolders {
  /** The folder that was read, absolute. */
  root: string;
  people: Person[];
  numImages: number;
  /** Folders without a photo: they get no label. */
  emptyFolders: string[];
}

/**
 * Reads a folder per person: every folder of `dir` is a person, every photo below it is theirs.
 *
 * Labels follow the sorted order (by code unit) of the folders that hold photos. Hidden entries are left out.
 *
 * @throws SemblanceError PATH_NOT_FOUND; DATA_INVALID where `dir` is a file or holds photos and no folders;
 *   DATA_EMPTY where no folder holds a photo.
 * @example
 * ```ts
 * import { readPersonFolders } from '@semblance/lab';
 *
 * const { people } = await readPersonFolders('people');
 * for (const { name, images } of people) console.log(name, images.length); // ada 3
 * ```
 */
export async function readPersonFolders(dir: string): Promise<PersonFolders> {
  const root = resolve(dir);
  if (!(await statOrThrow(root)).isDirectory()) {
    throw new SemblanceError(
      'DATA_INVALID',
      `expected a folder with one folder per person but ${dir} is a file`,
    );
  }

  const folders: string[] = [];
  let numLoosePhotos = 0;
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const kind = await kindOf(entry, join(root, entry.name));
    if (kind === 'folder') folders.push(entry.name);
    else if (kind === 'file' && hasImageName(entry.name)) numLoosePhotos++;
  }
  folders.sort(byCodeUnit);

  const people: Person[] = [];
  const emptyFolders: string[] = [];
  let numImages = 0;
  for (const name of folders) {
    const images = await photosIn(join(root, name));
    if (images.length === 0) {
      emptyFolders.push(name);
      continue;
    }
    people.push({ name, label: people.length, images });
    numImages += images.length;
  }
  if (people.length === 0) throw nobody(dir, folders.length, numLoosePhotos);
  return { root, people, numImages, emptyFolders };
}

async function photosIn(folder: string): Promise<ListedImage[]> {
  try {
    return await listImages(folder);
  } catch (error) {
    if (error instanceof SemblanceError && error.code === 'DATA_EMPTY') return [];
    throw error;
  }
}

function nobody(dir: string, numFolders: number, numLoosePhotos: number): SemblanceError {
  if (numFolders > 0) {
    return new SemblanceError('DATA_EMPTY', `none of the ${numFolders} folders in ${dir} has a photo`);
  }
  return numLoosePhotos > 0
    ? new SemblanceError(
        'DATA_INVALID',
        `expected one folder per person in ${dir} but found ${numLoosePhotos} photos directly in it`,
      )
    : new SemblanceError('DATA_EMPTY', `${dir} is empty: expected one folder per person`);
}
