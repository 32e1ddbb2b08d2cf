import type { Similarity } from '../geometry/similarity.ts';
import { createImage, type Image } from '../image/image.ts';

/**
 * A square crop seen through a similarity: out(x, y) = bilinear sample of the picture at M·(x, y), black
 * outside of it.
 *
 * Where the crop shrinks the picture twofold or more, each pixel is the mean of the n × n nearest pixels of
 * samples spread over it (n = ⌈shrinking⌉), which spares large faces the aliasing of a single sample.
 *
 * @param toSource maps pixel centres of the crop onto those of the picture.
 * @param size side of the crop in pixels.
 */
export function warpImage(image: Image, toSource: Similarity, size: number): Image {
  const shrink = Math.hypot(toSource.a, toSource.b);
  return shrink < 2 ? warpOnce(image, toSource, size) : warpMean(image, toSource, size, Math.ceil(shrink));
}

function warpOnce(image: Image, toSource: Similarity, size: number): Image {
  const out = createImage(size, size);
  for (let row = 0; row < size; row++) {
    const [from, to] = columnsInside(image, toSource, row, size);
    warpBorder(image, toSource, out, row, 0, from);
    warpInside(image, toSource, out, row, from, to);
    warpBorder(image, toSource, out, row, to, size);
  }
  return out;
}

/** Columns of a row, from the first up to the second, whose four neighbours all lie in the picture: nearly all of a face's. */
function columnsInside(
  { width, height }: Image,
  { a, b, tx, ty }: Similarity,
  row: number,
  size: number,
): [number, number] {
  const isInside = (column: number): boolean => {
    const x = a * column - b * row + tx;
    const y = b * column + a * row + ty;
    return x >= 0 && y >= 0 && x < width - 1 && y < height - 1;
  };
  const [firstX, endX] = columnsWithin(tx - b * row, a, width - 1, size);
  const [firstY, endY] = columnsWithin(ty + a * row, b, height - 1, size);
  let from = Math.max(firstX, firstY);
  let to = Math.min(endX, endY);
  // what rounding has let in; between two that are inside all are, since x and y only grow or only fall
  while (from < to && !isInside(from)) from++;
  while (from < to && !isInside(to - 1)) to--;
  return from < to ? [from, to] : [size, size];
}

/** Columns c for which 0 ≤ offset + step · c < limit, but for rounding. */
function columnsWithin(offset: number, step: number, limit: number, size: number): [number, number] {
  if (step === 0) return offset >= 0 && offset < limit ? [0, size] : [size, size];
  const [low, high] = step > 0 ? [-offset, limit - offset] : [limit - offset, -offset];
  const clip = (column: number) => Math.min(size, Math.max(0, column));
  return [clip(Math.floor(low / step)), clip(Math.ceil(high / step) + 1)];
}

/** Columns of a row whose neighbours all lie in the picture. */
function warpInside(
  { data, width }: Image,
  { a, b, tx, ty }: Similarity,
  out: Image,
  row: number,
  from: number,
  to: number,
): void {
  const pixels = out.data;
  const stride = 3 * width;
  const [shiftX, shiftY] = [b * row, a * row];
  let at = 3 * (row * out.width + from);
  for (let column = from; column < to; column++, at += 3) {
    const x = a * column - shiftX + tx;
    const y = b * column + shiftY + ty;
    const left = x | 0;
    const top = y | 0;
    const u = x - left;
    const v = y - top;
    const p = top * stride + 3 * left;
    const q = p + stride;
    const w11 = u * v;
    const w01 = u - w11;
    const w10 = v - w11;
    const w00 = 1 - u - w10;
    pixels[at] = w00 * data[p]! + w01 * data[p + 3]! + w10 * data[q]! + w11 * data[q + 3]! + 0.5;
    pixels[at + 1] = w00 * data[p + 1]! + w01 * data[p + 4]! + w10 * data[q + 1]! + w11 * data[q + 4]! + 0.5;
    pixels[at + 2] = w00 * data[p + 2]! + w01 * data[p + 5]! + w10 * data[q + 2]! + w11 * data[q + 5]! + 0.5;
  }
}

/** Columns of a row that may see beyond the picture. */
function warpBorder(
  image: Image,
  { a, b, tx, ty }: Similarity,
  out: Image,
  row: number,
  from: number,
  to: number,
): void {
  const { width, height } = image;
  for (let column = from; column < to; column++) {
    const x = a * column - b * row + tx;
    const y = b * column + a * row + ty;
    const left = Math.floor(x);
    const top = Math.floor(y);
    if (left < -1 || top < -1 || left >= width || top >= height) continue;
    const at = 3 * (row * out.width + column);
    for (let c = 0; c < 3; c++) out.data[at + c] = sampleBorder(image, left, top, x - left, y - top, c) + 0.5;
  }
}

/** Bilinear sample with neighbours that may lie outside, where the picture is black. */
function sampleBorder(
  { data, width, height }: Image,
  left: number,
  top: number,
  u: number,
  v: number,
  c: number,
) {
  const pixel = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height ? data[3 * (y * width + x) + c]! : 0;
  const upper = (1 - u) * pixel(left, top) + u * pixel(left + 1, top);
  const lower = (1 - u) * pixel(left, top + 1) + u * pixel(left + 1, top + 1);
  return (1 - v) * upper + v * lower;
}

/** The mean of n × n samples spread evenly over each pixel; so many need no interpolation of their own. */
function warpMean(image: Image, toSource: Similarity, size: number, n: number): Image {
  const { data, width, height } = image;
  const { a, b, tx, ty } = toSource;
  const out = createImage(size, size);
  const pixels = out.data;
  const share = 1 / (n * n);
  // Sums of whole numbers, and samples a step apart: what else a loop of so many samples costs is multiplied.
  const stepX = a / n;
  const stepY = b / n;
  const margin = (1 / n - 1) / 2;
  const isInside = coversCrop(toSource, width, height, size);
  let at = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at += 3) {
      // Half a pixel is added, so that cutting off rounds; beyond the upper left border it would round up.
      const left = a * (column + margin) - b * (row + margin) + tx + 0.5;
      const top = b * (column + margin) + a * (row + margin) + ty + 0.5;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let i = 0; i < n; i++) {
        let x = left - i * stepY;
        let y = top + i * stepX;
        for (let j = 0; j < n; j++, x += stepX, y += stepY) {
          if (!isInside && !(x >= 0 && y >= 0 && x < width && y < height)) continue;
          const p = 3 * ((y | 0) * width + (x | 0));
          red += data[p]!;
          green += data[p + 1]!;
          blue += data[p + 2]!;
        }
      }
      pixels[at] = red * share + 0.5;
      pixels[at + 1] = green * share + 0.5;
      pixels[at + 2] = blue * share + 0.5;
    }
  }
  return out;
}

/** Whether every sample of the crop lies within the picture: its corners do, with a pixel to spare. */
function coversCrop({ a, b, tx, ty }: Similarity, width: number, height: number, size: number): boolean {
  return [-1, size].every((u) =>
    [-1, size].every((v) => {
      const x = a * u - b * v + tx;
      const y = b * u + a * v + ty;
      return x >= 1 && y >= 1 && x < width - 1 && y < height - 1;
    }),
  );
}
