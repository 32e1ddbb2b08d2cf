import type { Image } from '@semblance/face/image';
import type { OpenImages } from '@semblance/lab/datasets';
import { isSemblanceError, SemblanceError } from '../error.ts';
import { decodePhoto } from './decode-photo.ts';
import type { ImageCache } from './image-cache.ts';

/** The image that stands for a sample, and which one it is. */
export interface ReadImage {
  image: Image;
  index: number;
}

/** Shapes a decoded image before it is cached. */
export type PrepareImage = (image: Image, name: string) => Image;

/**
 * The image of a sample, or of the next one that can be read: a broken file or record does not end a training run.
 *
 * Which sample takes the place of a broken one depends on the files alone, so that it is the same for any number
 * of workers and after a resume.
 *
 * @param unreadable takes the names of those that could not be read, each time they are asked for
 * @throws TRAIN_DATA_UNUSABLE where none can be read
 */
export async function readImage(
  images: OpenImages,
  index: number,
  cache: ImageCache,
  prepare: PrepareImage,
  unreadable: Set<string>,
): Promise<ReadImage> {
  for (let tries = 0; tries < images.length; tries++) {
    const at = (index + tries) % images.length;
    const cached = cache.get(at);
    if (cached === 'unreadable') {
      unreadable.add(images.label(at));
      continue;
    }
    if (cached) return { image: cached, index: at };
    try {
      const image = prepare(await decodePhoto(await images.read(at)), images.label(at));
      cache.put(at, image);
      return { image, index: at };
    } catch (error) {
      if (!isBrokenImage(error)) throw error;
      cache.markUnreadable(at);
      unreadable.add(images.label(at));
    }
  }
  throw new SemblanceError('TRAIN_DATA_UNUSABLE', `none of the ${images.length} images can be read`);
}

function isBrokenImage(error: unknown): boolean {
  return (
    isSemblanceError(error) &&
    (error.code.startsWith('IMAGE_') || ['PATH_NOT_FOUND', 'DATA_CORRUPT'].includes(error.code))
  );
}
