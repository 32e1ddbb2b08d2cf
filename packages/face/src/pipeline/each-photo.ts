import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mapAhead } from '@semblance/core/async';
import { type ListedImage, listImages } from '@semblance/core/files';
import type { SemblanceError } from '../error.ts';
import { type Photo as OpenPhoto, openPhoto } from '../image/photo.ts';
import { asPhotoError, isPhotoError } from '../image/photo-error.ts';

/** Photos in work beside the one that is waited for: while one is in the networks, others are read and decoded. */
const AHEAD = 3;

export type Photo<T> = {
  /** As people would write it: the path that was given, joined with the name below it. */
  path: string;
  /** Path below the folder that was given. */
  name: string;
} & (
  | { picture: OpenPhoto; result: T; error: null }
  /** It cannot be used, and why. */
  | { picture: null; result: null; error: SemblanceError }
);

/**
 * The photos at a path, a folder or a file, each with its path as people would write it.
 *
 * @throws SemblanceError PATH_NOT_FOUND, DATA_EMPTY
 */
export async function photosAt(path: string): Promise<ListedImage[]> {
  const listed = await listImages(path);
  if ((await stat(path)).isFile()) return [{ path, name: listed[0]!.name }];
  return listed.map(({ name }) => ({ path: join(path, name), name }));
}

/**
 * Does the same work on every photo; results come in the photos' order.
 *
 * A photo that cannot be used comes with its error; errors that are not the photo's own end the run.
 */
export function eachPhoto<T>(
  photos: Iterable<ListedImage>,
  work: (picture: OpenPhoto) => Promise<T>,
): AsyncIterable<Photo<T>> {
  return mapAhead(
    photos,
    async ({ path, name }): Promise<Photo<T>> => {
      let picture: OpenPhoto;
      try {
        picture = await openPhoto(await readFile(path));
      } catch (error) {
        return { path, name, picture: null, result: null, error: asPhotoError(error) };
      }
      try {
        return { path, name, picture, result: await work(picture), error: null };
      } catch (error) {
        if (!isPhotoError(error)) throw error;
        return { path, name, picture: null, result: null, error };
      }
    },
    AHEAD,
  );
}
