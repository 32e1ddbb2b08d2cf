import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  asPhotoError,
  decodeImage,
  type Image,
  type ListedImage,
  listImages,
  mapAhead,
  type SemblanceError,
} from '@semblance/face';

/** Photos decoded while one is in the networks. */
const DECODE_AHEAD = 4;

export interface Photo {
  /** As people would write it: the path that was given, joined with the name below it. */
  path: string;
  /** Path below the folder that was given. */
  name: string;
  /** null where it cannot be used: `error` says why. */
  picture: Image | null;
  error: SemblanceError | null;
  /** The file's content; null where it could not be read. */
  bytes: Uint8Array | null;
}

/** The photos at a path, a folder or a file, and how many they are. */
export async function photosAt(path: string): Promise<{ total: number; photos: AsyncIterable<Photo> }> {
  const listed = await listImages(path);
  const isFile = (await stat(path)).isFile();
  const shown = ({ name }: ListedImage): string => (isFile ? path : join(path, name));
  return { total: listed.length, photos: decodePhotos(listed, shown) };
}

/** Decodes photos ahead of the consumer, in order; a photo that cannot be decoded comes with its error. */
export function decodePhotos(
  listed: Iterable<ListedImage>,
  shown: (image: ListedImage) => string = ({ path }) => path,
): AsyncIterable<Photo> {
  return mapAhead(
    listed,
    async (image): Promise<Photo> => {
      const photo = { path: shown(image), name: image.name };
      let bytes: Uint8Array | null = null;
      try {
        bytes = await readFile(image.path);
        return { ...photo, bytes, picture: await decodeImage(bytes), error: null };
      } catch (error) {
        return { ...photo, bytes, picture: null, error: asPhotoError(error) };
      }
    },
    DECODE_AHEAD,
  );
}
