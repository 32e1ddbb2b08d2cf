import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mapAhead } from '@semblance/core/async';
import { type ListedImage, listImages } from '@semblance/core/files';
import type { SemblanceError } from '../error.ts';
import { readImageFile } from '../image/image-file.ts';
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

/** What became of one photo of many. */
export type Outcome<P, T> = { photo: P } & (
  | { result: T; error: null }
  /** It cannot be used, and why. */
  | { result: null; error: SemblanceError }
);

/**
 * The photos at a path, a folder or a file, each with its path as people would write it.
 *
 * @throws SemblanceError PATH_NOT_FOUND, DATA_EMPTY
 * @example
 * ```ts
 * import { photosAt } from '@semblance/face';
 *
 * console.log(await photosAt('photos')); // …path: 'photos/ada.png', name: 'ada.png'…
 * ```
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
 *
 * @param photos what `photosAt` lists, or any iterable of paths with names
 * @param work called with each photo, open; up to four are in work at a time
 * @example
 * ```ts
 * import { eachPhoto, loadDetector, photosAt } from '@semblance/face';
 *
 * await using detector = await loadDetector('models/detector');
 * for await (const { name, result, error } of eachPhoto(await photosAt('photos'), (photo) => detector.detect(photo)))
 *   console.log(name, error ? error.code : `${result.length} faces`); // ada.png 1 faces
 * ```
 */
export async function* eachPhoto<T>(
  photos: Iterable<ListedImage>,
  work: (picture: OpenPhoto) => Promise<T>,
): AsyncGenerator<Photo<T>> {
  const read = ({ path }: ListedImage) => readImageFile(path);
  const open = async (bytes: Uint8Array) => {
    const picture = await openPhoto(bytes);
    return { picture, result: await work(picture) };
  };
  for await (const { photo, result, error } of eachEncoded(photos, read, open)) {
    const { path, name } = photo;
    if (error) yield { path, name, picture: null, result: null, error };
    else yield { path, name, ...result, error };
  }
}

/** {@link eachPhoto} on the bytes of each photo, for what is not to be decoded where its content was met before. */
export function eachEncoded<P, T>(
  photos: Iterable<P>,
  read: (photo: P) => Promise<Uint8Array>,
  work: (bytes: Uint8Array, photo: P) => Promise<T>,
): AsyncIterable<Outcome<P, T>> {
  return mapAhead(
    photos,
    async (photo): Promise<Outcome<P, T>> => {
      let bytes: Uint8Array;
      try {
        bytes = await read(photo);
      } catch (error) {
        return { photo, result: null, error: asPhotoError(error) };
      }
      try {
        return { photo, result: await work(bytes, photo), error: null };
      } catch (error) {
        if (!isPhotoError(error)) throw error;
        return { photo, result: null, error };
      }
    },
    AHEAD,
  );
}
