import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  byCodeUnit,
  isPhotoFile,
  isSystemName,
  kindOf,
  type LeftOut,
  type ListedImage,
  listPhotos,
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
  /** Folders that cannot be looked into, and why: they get no label either. */
  unreadable: { name: string; error: SemblanceError }[];
  /** Photos beside the folders: they are nobody's. */
  loosePhotos: string[];
  leftOut: LeftOut;
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
  const loosePhotos: string[] = [];
  const leftOut: LeftOut = { system: 0, others: 0 };
  for (const entry of await entriesOf(dir, root)) {
    if (isSystemName(entry.name)) {
      leftOut.system++;
      continue;
    }
    const full = join(root, entry.name);
    const kind = await kindOf(entry, full);
    if (kind === 'folder') folders.push(entry.name);
    else if (kind === 'file' && (await isPhotoFile(full, entry.name))) loosePhotos.push(entry.name);
    else if (kind === 'file') leftOut.others++;
  }

  const people: Person[] = [];
  const emptyFolders: string[] = [];
  const unreadable: PersonFolders['unreadable'] = [];
  let numImages = 0;
  for (const name of folders.sort(byCodeUnit)) {
    try {
      const listed = await listPhotos(join(root, name));
      people.push({ name, label: people.length, images: listed.images });
      numImages += listed.images.length;
      leftOut.system += listed.leftOut.system;
      leftOut.others += listed.leftOut.others;
    } catch (error) {
      if (!(error instanceof SemblanceError)) throw error;
      if (error.code === 'DATA_EMPTY') emptyFolders.push(name);
      else unreadable.push({ name, error });
    }
  }
  if (people.length === 0) throw unreadable[0]?.error ?? nobody(dir, folders.length, loosePhotos.length);
  loosePhotos.sort(byCodeUnit);
  return { root, people, numImages, emptyFolders, unreadable, loosePhotos, leftOut };
}

async function entriesOf(dir: string, root: string): Promise<Dirent[]> {
  try {
    return await readdir(root, { withFileTypes: true });
  } catch (cause) {
    throw new SemblanceError('PATH_NOT_FOUND', `no permission to read: ${dir}`, { cause });
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
