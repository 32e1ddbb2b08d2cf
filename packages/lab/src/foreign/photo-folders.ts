import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { listImages, safeRelativePath } from '@semblance/core/files';
import type { ForeignFace } from './foreign-people.ts';

/**
 * Photos by name, as `face_recognition` and DeepFace take them: `NAME.jpg` beside others, or `NAME/….jpg`.
 *
 * @throws SemblanceError PATH_NOT_FOUND, DATA_EMPTY
 */
export async function* readPhotoFolders(folder: string): AsyncGenerator<ForeignFace> {
  for (const { path, name } of await listImages(folder))
    yield { subject: subjectOf(name), source: name, picture: await readFile(path), embedding: null };
}

/** Of a photo's path below the folder: the folder it is in, or its own name without the ending. */
export function subjectOf(name: string): string {
  const [first, ...rest] = name.split(/[/\\]/);
  return rest.length > 0 ? first! : basename(name, extname(name));
}

/** A file below a folder that another system names; null where there is none, or the name leads elsewhere. */
export async function pictureAt(folder: string, name: unknown): Promise<Uint8Array | null> {
  try {
    return await readFile(join(folder, safeRelativePath(String(name))));
  } catch {
    return null;
  }
}

/** The last two words of a path, whatever system wrote it. */
export function lastOf(path: string): string {
  const words = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((word) => word !== '' && word !== '.');
  return words.slice(-2).join('/');
}
