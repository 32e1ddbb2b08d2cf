import { fromSharp, type Image, toSharp } from './image.ts';

/**
 * The picture at another size; pixel centres map as x' + ½ = (x + ½) · width' / width.
 *
 * Enlarging interpolates linearly; shrinking also averages over the pixels that vanish, so that nothing
 * flickers. One native pass beside the JavaScript thread.
 *
 * @example
 * ```ts
 * import { decodeImage, resizeImage } from '@semblance/face';
 *
 * const image = await decodeImage('photo.jpg');
 * const { width, height } = await resizeImage(image, image.width / 2, image.height / 2);
 * console.log(width, height); // 64 32
 * ```
 */
export async function resizeImage(image: Image, width: number, height: number): Promise<Image> {
  if (width === image.width && height === image.height) return image;
  return fromSharp(toSharp(image).resize(width, height, { fit: 'fill', kernel: 'linear' }));
}
