import sharp from 'sharp';
import { SemblanceError } from '../error.ts';
import { decodeBmp } from './bmp.ts';
import { claimedSize } from './claimed-size.ts';
import { inkJpegAsTiff } from './cmyk-jpeg.ts';
import { decodeHeif, heifProfile } from './heif.ts';
import { decodeIconBitmap, iconPicture } from './ico.ts';
import { fromSharp, type Image } from './image.ts';
import { checkSize, truncated } from './image-fault.ts';
import { MAX_BYTES, readImageFile, tooManyBytes } from './image-file.ts';
import { isSrgbJpeg, jpegHead } from './jpeg-head.ts';
import { plainTiff } from './plain-tiff.ts';
import { decodePnm } from './pnm.ts';
import { refusedKind } from './refused-kinds.ts';
import { resizeImage } from './resize.ts';
import { isCutShort, sniffImage } from './sniff.ts';
import { isSrgbProfile } from './srgb-profile.ts';
import { isTiffCutShort } from './tiff-head.ts';

export interface DecodeOptions {
  /** Most pixels that are decoded (50 million); no side may have more than 32,768. */
  maxPixels?: number;
  /** Most bytes of the encoded picture (64 MiB). */
  maxBytes?: number;
}

/**
 * Decodes a picture into 8-bit sRGB pixels, standing as its EXIF orientation says.
 *
 * Grey, CMYK, 16-bit and palette pictures become RGB; transparency is laid over white; of an animation
 * the first frame is taken. The kind is told by the content, never by the file's name.
 *
 * @param source a path, or the bytes of the file.
 * @throws SemblanceError PATH_NOT_FOUND, IMAGE_NOT_AN_IMAGE, IMAGE_TRUNCATED, IMAGE_TOO_LARGE, IMAGE_UNREADABLE.
 * @example
 * ```ts
 * import { decodeImage, isSemblanceError } from '@semblance/face';
 *
 * const { width, height, data } = await decodeImage('photo.jpg');
 * console.log(width, height, data.length === 3 * width * height); // 128 64 true
 * const error = await decodeImage(new TextEncoder().encode('no photo')).catch((error: unknown) => error);
 * console.log(isSemblanceError(error, 'IMAGE_NOT_AN_IMAGE')); // true
 * ```
 */
export async function decodeImage(source: string | Uint8Array, options: DecodeOptions = {}): Promise<Image> {
  return decodeEncoded(await readEncoded(source, options));
}

/** A picture's bytes, held against the caps and known to begin a picture. */
export interface Encoded {
  bytes: Uint8Array;
  /** What errors call it. */
  name: string;
  maxPixels: number;
}

/** Reads what {@link decodeImage} takes and holds its head against the limits; nothing is decoded. */
export async function readEncoded(source: string | Uint8Array, options: DecodeOptions): Promise<Encoded> {
  const { maxPixels = 50_000_000, maxBytes = MAX_BYTES } = options;
  const name = typeof source === 'string' ? source : 'the image';
  const bytes = typeof source === 'string' ? await readImageFile(source, maxBytes) : source;
  if (bytes.byteLength > maxBytes) throw tooManyBytes(name, bytes.byteLength, maxBytes);
  if (bytes.byteLength === 0) throw new SemblanceError('IMAGE_NOT_AN_IMAGE', `${name} is empty`);
  const refusal = refusedKind(bytes, name);
  if (refusal) throw refusal;
  if (sniffImage(bytes) === null) {
    throw new SemblanceError(
      'IMAGE_NOT_AN_IMAGE',
      `${name} is not a JPEG, PNG, WebP, GIF, TIFF, AVIF, HEIC, BMP, ICO or PNM image`,
    );
  }
  const claimed = await claimedSize(bytes);
  if (claimed) checkSize(name, claimed.width, claimed.height, maxPixels);
  return { bytes, name, maxPixels };
}

/** Decodes, and resizes in the same pass as {@link resizeImage} does where a size is given. */
export async function decodeEncoded(
  { bytes, name, maxPixels }: Encoded,
  size: { width: number; height: number } | null = null,
): Promise<Image> {
  // libtiff fills what is missing with grey, and says nothing
  if (isTiffCutShort(bytes)) throw truncated(name);
  const own = await decodeOwn(bytes, name, maxPixels);
  if (own) return size ? resizeImage(own, size.width, size.height) : own;
  try {
    const head = jpegHead(bytes);
    const inks = head && (await inkJpegAsTiff(bytes, head, maxPixels));
    const pipeline = sharp(inks ?? bytes, {
      failOn: 'truncated',
      limitInputPixels: maxPixels,
      autoOrient: true,
      // Converting from sRGB to sRGB would take as long as decoding.
      ignoreIcc: head !== null && isSrgbJpeg(head),
    });
    if (size) pipeline.resize(size.width, size.height, { fit: 'fill', kernel: 'linear' });
    return await fromSharp(pipeline.flatten({ background: 'white' }).toColourspace('srgb'));
  } catch (cause) {
    throw decodeError(name, bytes, cause, maxPixels);
  }
}

/** Pixels of the kinds that libvips, as it comes with sharp, does not know; null for all others. */
async function decodeOwn(bytes: Uint8Array, name: string, maxPixels: number): Promise<Image | null> {
  const kind = sniffImage(bytes);
  if (kind === 'bmp') return decodeBmp(bytes, name, maxPixels);
  if (kind === 'ico') {
    const picture = iconPicture(bytes, name);
    return 'png' in picture
      ? decodeEncoded({ bytes: picture.png, name, maxPixels })
      : decodeIconBitmap(picture, name, maxPixels);
  }
  if (kind === 'pnm') return decodePnm(bytes, name, maxPixels);
  if (kind !== 'heif') return null;
  const image = await decodeHeif(bytes, name, maxPixels);
  const profile = heifProfile(bytes);
  if (profile === null || isSrgbProfile(profile)) return image;
  // phones take photos in Display P3
  const file = plainTiff({ ...image, channels: 3, profile });
  return fromSharp(sharp(file, { limitInputPixels: maxPixels }).toColourspace('srgb'));
}

/** libvips tells what went wrong in words, and not always: what people can act upon is looked for. */
function decodeError(name: string, bytes: Uint8Array, cause: unknown, maxPixels: number): SemblanceError {
  const said = cause instanceof Error ? cause.message : String(cause);
  if (/pixel limit/i.test(said)) {
    const message = `${name} has more than the ${maxPixels / 1e6} million pixels accepted`;
    return new SemblanceError('IMAGE_TOO_LARGE', message, { cause, details: { maxPixels } });
  }
  if (/premature end/i.test(said) || isCutShort(bytes)) {
    return new SemblanceError('IMAGE_TRUNCATED', `${name} ends before its last pixel`, { cause });
  }
  return new SemblanceError('IMAGE_UNREADABLE', `${name} cannot be decoded`, { cause });
}
