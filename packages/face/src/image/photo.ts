import sharp from 'sharp';
import { type DecodeOptions, decodeEncoded, type Encoded, readEncoded } from './decode.ts';
import type { Image } from './image.ts';
import { jpegHead } from './jpeg-head.ts';
import { resizeImage } from './resize.ts';

/** A picture that is decoded only as large as it is needed. */
export interface Photo {
  width: number;
  height: number;
  /** All pixels where they were decoded when the photo was opened: asking for less of them spares nothing. */
  readonly decoded: Image | null;
  /** All pixels, decoded once. */
  pixels(): Promise<Image>;
  /** The picture at another size, as `resizeImage` has it. */
  resized(width: number, height: number): Promise<Image>;
}

/** What has faces: pixels, or a photo that is yet to be decoded. */
export type Picture = Image | Photo;

/**
 * Longer side from which photos are not decoded at once: some eight million pixels. Of a smaller one, decoding a part and
 * then the whole would take longer than decoding it once.
 */
const LARGE_SIDE = 3200;
/** Shrinking by less than this spares the JPEG decoder nothing. */
const LEAST_SHRINK = 3;

/**
 * Opens a photo for finding faces: a large JPEG is decoded at the size a detector sees, and once more, larger, only where
 * its faces are small. Every other picture is decoded here as {@link decodeImage} does it.
 *
 * A JPEG decoder gives a half, a quarter or an eighth of the size in a fraction of the time. That is done where width and
 * height are multiples of 8, as cameras make them: coordinates are then exact.
 *
 * @throws SemblanceError those of decodeImage; for a large JPEG some of them come with the first pixels.
 * @param source a path, or the bytes of the file
 * @example
 * ```ts
 * import { loadDetector, openPhoto } from '@semblance/face';
 *
 * await using detector = await loadDetector('models/detector');
 * const photo = await openPhoto('photo.jpg');
 * console.log(photo.width, photo.height); // 128 64
 * console.log((await detector.detect(photo)).length, 'faces'); // 2 faces
 * ```
 */
export async function openPhoto(source: string | Uint8Array, options: DecodeOptions = {}): Promise<Photo> {
  const encoded = await readEncoded(source, options);
  const size = await largeJpegSize(encoded);
  if (size) return largePhoto(encoded, size);
  const image = await decodeEncoded(encoded);
  const { width, height } = image;
  return {
    width,
    height,
    decoded: image,
    pixels: async () => image,
    resized: (toWidth, toHeight) => resizeImage(image, toWidth, toHeight),
  };
}

function largePhoto(encoded: Encoded, { width, height }: { width: number; height: number }): Photo {
  let whole: Promise<Image> | null = null;
  const pixels = () => {
    whole ??= decodeEncoded(encoded);
    return whole;
  };
  return {
    width,
    height,
    decoded: null,
    pixels,
    async resized(toWidth, toHeight) {
      const shrink = Math.min(width / toWidth, height / toHeight);
      if (shrink >= LEAST_SHRINK) return decodeEncoded(encoded, { width: toWidth, height: toHeight });
      return resizeImage(await pixels(), toWidth, toHeight);
    },
  };
}

/** The size of a large JPEG as its EXIF orientation has it; null for all else. */
async function largeJpegSize({ bytes }: Encoded): Promise<{ width: number; height: number } | null> {
  const head = jpegHead(bytes);
  if (head === null || Math.max(head.width, head.height) < LARGE_SIDE) return null;
  if (head.width % 8 !== 0 || head.height % 8 !== 0) return null;
  if (!head.hasExif) return { width: head.width, height: head.height };
  try {
    const { autoOrient } = await sharp(bytes).metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch {
    // Decoding says what is wrong with it.
    return null;
  }
}

/** The picture at another size. */
export function resizePicture(picture: Picture, width: number, height: number): Promise<Image> {
  return 'data' in picture ? resizeImage(picture, width, height) : picture.resized(width, height);
}

/** All pixels of the picture. */
export async function pixelsOf(picture: Picture): Promise<Image> {
  return 'data' in picture ? picture : picture.pixels();
}
