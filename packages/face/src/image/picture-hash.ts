import { type Image, toSharp } from './image.ts';

/**
 * A difference hash of 64 bits: the picture as 9 × 8 grey cells, a bit for each cell that is darker than its right neighbour.
 * Resizing, re-encoding and small changes of light leave nearly all bits as they are.
 *
 * @see Krawetz, "Kind of Like That" (2013)
 */
export async function pictureHash(image: Image): Promise<bigint> {
  const { data, info } = await toSharp(image)
    .greyscale()
    .resize(9, 8, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  let hash = 0n;
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      const at = (y * 9 + x) * info.channels;
      hash = (hash << 1n) | (data[at]! < data[at + info.channels]! ? 1n : 0n);
    }
  }
  return hash;
}

/** Bits in which two hashes differ, 0 to 64; below 8 the pictures are nearly always the same one. */
export function hashDistance(a: bigint, b: bigint): number {
  let bits = a ^ b;
  let count = 0;
  for (; bits > 0n; bits &= bits - 1n) count++;
  return count;
}
