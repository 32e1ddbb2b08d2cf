import type { Image } from './image.ts';

/** A part of a picture, in whole pixels. */
export interface Part {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The pixels of a part, copied; the part must lie within the picture. */
export function cropImage(image: Image, { left, top, width, height }: Part): Image {
  const data = new Uint8Array(3 * width * height);
  for (let row = 0; row < height; row++) {
    const from = 3 * ((top + row) * image.width + left);
    data.set(image.data.subarray(from, from + 3 * width), 3 * row * width);
  }
  return { data, width, height };
}
