import { asPhotoError, type Image } from '@semblance/face/image';
import type { OpenImages } from '@semblance/lab/datasets';
import { isSemblanceError, SemblanceError } from '../error.ts';
import { decodePhoto } from './decode-photo.ts';
import type { ImageCache, Unusable } from './image-cache.ts';

/** The image that stands for a sample, and which one it is. */
export interface ReadImage {
  image: Image;
  index: number;
}

/** Shapes a decoded image before it is cached. @throws SemblanceError DATA_INVALID where training cannot take it */
export type PrepareImage = (image: Image, name: string) => Image;

const reasons: Record<Unusable, string> = {
  unreadable: 'cannot be read',
  unfit: 'is no square crop of an aligned face',
};

/** What to do about photos that are no crops. */
export const cropAdvice =
  'training takes square crops of aligned faces; `semblance data align` makes them of photos, and so does ' +
  'trainRecognition({ detector })';

/**
 * The image of a sample, or of the next one that can be used: a broken file or record, or a photo among crops, does
 * not end a training run.
 *
 * Which sample takes the place of such a one depends on the files alone, so that it is the same for any number of
 * workers and after a resume.
 *
 * @param leftOut takes those that could not be used, with the reason, each time they are asked for
 * @throws TRAIN_DATA_UNUSABLE where none can be read; DATA_INVALID where none that can is a crop
 */
export async function readImage(
  images: OpenImages,
  index: number,
  cache: ImageCache,
  prepare: PrepareImage,
  leftOut: Set<string>,
): Promise<ReadImage> {
  let numUnfit = 0;
  for (let tries = 0; tries < images.length; tries++) {
    const at = (index + tries) % images.length;
    const image = await usableImage(images, at, cache, prepare);
    if (typeof image === 'object') return { image, index: at };
    if (image === 'unfit') numUnfit++;
    leftOut.add(`${images.label(at)} ${reasons[image]}`);
  }
  if (numUnfit === 0)
    throw new SemblanceError('TRAIN_DATA_UNUSABLE', `none of the ${images.length} images can be read`);
  throw new SemblanceError(
    'DATA_INVALID',
    `none of the ${images.length} images is square (${images.label(0)} for one): ${cropAdvice}`,
  );
}

/** The image at this very index, or why it cannot be used. */
export async function usableImage(
  images: OpenImages,
  index: number,
  cache: ImageCache,
  prepare: PrepareImage,
): Promise<Image | Unusable> {
  const cached = cache.get(index);
  if (cached) return cached;
  try {
    const image = prepare(await decodePhoto(await images.read(index)), images.label(index));
    cache.put(index, image);
    return image;
  } catch (error) {
    const why = whyUnusable(error);
    if (why === null) throw error;
    cache.mark(index, why);
    return why;
  }
}

/** Why a photo cannot be used; null where the error is of another kind. */
export function whyUnusable(error: unknown): Unusable | null {
  if (isSemblanceError(error) && error.code === 'DATA_INVALID') return 'unfit';
  try {
    asPhotoError(error); // what the file system says is the photo's doing too
    return 'unreadable';
  } catch {
    return null;
  }
}

/** What is said of a photo that is left out. */
export const reasonOf = (label: string, why: Unusable): string => `${label} ${reasons[why]}`;
