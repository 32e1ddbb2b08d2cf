import { type Image, toSharp } from './image.ts';

export interface JpegOptions {
  /** 1 to 100 (90). */
  quality?: number;
}

/**
 * The picture as a JPEG file, with full colour resolution.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import { decodeImage, encodeJpeg, resizeImage } from '@semblance/face';
 *
 * const small = await resizeImage(await decodeImage('photo.jpg'), 64, 32);
 * await writeFile('small.jpg', await encodeJpeg(small, { quality: 80 }));
 * ```
 */
export async function encodeJpeg(image: Image, { quality = 90 }: JpegOptions = {}): Promise<Uint8Array> {
  return toSharp(image).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer();
}

/**
 * The picture as a PNG file: every pixel as it is.
 *
 * @example
 * ```ts
 * import { decodeImage, encodePng } from '@semblance/face';
 *
 * const image = await decodeImage('photo.jpg');
 * const again = await decodeImage(await encodePng(image));
 * console.log(again.data.every((value, i) => value === image.data[i])); // true
 * ```
 */
export async function encodePng(image: Image): Promise<Uint8Array> {
  return toSharp(image).png({ compressionLevel: 6 }).toBuffer();
}
