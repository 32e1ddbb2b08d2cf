import type { Similarity } from '../geometry/similarity.ts';
import { createImage, type Image } from '../image/image.ts';

/**
 * A square crop seen through a similarity: out(x, y) = bilinear sample of the picture at M·(x, y), black
 * outside of it.
 *
 * Where the crop shrinks the picture more than twofold, each pixel is the mean of n × n such samples
 * (n = ⌊shrinking⌋), which spares large faces the aliasing of a single sample.
 *
 * @param toSource maps pixel centres of the crop onto those of the picture.
 * @param size side of the crop in pixels.
 */
export function warpImage(image: Image, toSource: Similarity, size: number): Image {
  const shrink = Math.hypot(toSource.a, toSource.b);
  return shrink < 2 ? warpOnce(image, toSource, size) : warpMean(image, toSource, size, Math.floor(shrink));
}

function warpOnce(image: Image, { a, b, tx, ty }: Similarity, size: number): Image {
  const { data, width, height } = image;
  const out = createImage(size, size);
  const pixels = out.data;
  const stride = 3 * width;
  let at = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at += 3) {
      const x = a * column - b * row + tx;
      const y = b * column + a * row + ty;
      const left = Math.floor(x);
      const top = Math.floor(y);
      const u = x - left;
      const v = y - top;
      if (left >= 0 && top >= 0 && left < width - 1 && top < height - 1) {
        const p = top * stride + 3 * left;
        const q = p + stride;
        const w11 = u * v;
        const w01 = u - w11;
        const w10 = v - w11;
        const w00 = 1 - u - w10;
        pixels[at] = w00 * data[p]! + w01 * data[p + 3]! + w10 * data[q]! + w11 * data[q + 3]! + 0.5;
        pixels[at + 1] =
          w00 * data[p + 1]! + w01 * data[p + 4]! + w10 * data[q + 1]! + w11 * data[q + 4]! + 0.5;
        pixels[at + 2] =
          w00 * data[p + 2]! + w01 * data[p + 5]! + w10 * data[q + 2]! + w11 * data[q + 5]! + 0.5;
      } else if (left >= -1 && top >= -1 && left < width && top < height) {
        for (let c = 0; c < 3; c++) pixels[at + c] = sampleBorder(image, left, top, u, v, c) + 0.5;
      }
    }
  }
  return out;
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

/** Warps into a crop n times as wide and averages it: the n² samples of a pixel are spread evenly over it. */
function warpMean(image: Image, { a, b, tx, ty }: Similarity, size: number, n: number): Image {
  // Centre of fine pixel X lies at (X + ½)/n − ½ in pixels of the crop.
  const offset = 0.5 / n - 0.5;
  const fine = warpOnce(
    image,
    { a: a / n, b: b / n, tx: (a - b) * offset + tx, ty: (a + b) * offset + ty },
    size * n,
  );
  const out = createImage(size, size);
  for (let row = 0; row < size; row++) {
    for (let at = 3 * row * size, column = 0; column < size; column++, at += 3) {
      let [red, green, blue] = [0, 0, 0];
      for (let i = 0; i < n; i++) {
        let p = 3 * ((row * n + i) * size * n + column * n);
        for (let j = 0; j < n; j++, p += 3) {
          red += fine.data[p]!;
          green += fine.data[p + 1]!;
          blue += fine.data[p + 2]!;
        }
      }
      out.data[at] = red / (n * n) + 0.5;
      out.data[at + 1] = green / (n * n) + 0.5;
      out.data[at + 2] = blue / (n * n) + 0.5;
    }
  }
  return out;
}
