import type { Image } from '@semblance/face/image';

/**
 * What baseline JPEG leaves of a picture: YCbCr with colour at half the resolution, a cosine transform of blocks of 8 × 8,
 * and coefficients rounded to the steps of the quality.
 *
 * In plain numbers, without a codec: the same bytes on every machine.
 *
 * ITU-T T.81 (1992), tables K.1 and K.2; steps of a quality as in libjpeg.
 *
 * @param quality 1 to 100
 * @returns a new image
 */
export function jpegLoss({ data, width, height }: Image, quality: number): Image {
  const planes = toPlanes(data, width, height);
  const scale = quality < 50 ? 50 / quality : 2 - quality / 50;
  for (const [c, plane] of planes.entries()) quantize(plane, c === 0 ? lumaSteps : chromaSteps, scale);
  return { data: toPixels(planes, width, height), width, height };
}

/** One channel, padded to whole blocks by its last pixels. */
interface Plane {
  values: Float32Array;
  width: number;
  height: number;
}

const lumaSteps = [
  [16, 11, 10, 16, 24, 40, 51, 61],
  [12, 12, 14, 19, 26, 58, 60, 55],
  [14, 13, 16, 24, 40, 57, 69, 56],
  [14, 17, 22, 29, 51, 87, 80, 62],
  [18, 22, 37, 56, 68, 109, 103, 77],
  [24, 35, 55, 64, 81, 104, 113, 92],
  [49, 64, 78, 87, 103, 121, 120, 101],
  [72, 92, 95, 98, 112, 100, 103, 99],
].flat();
const chromaSteps = Array.from({ length: 64 }, (_, i) => {
  const [x, y] = [i % 8, Math.floor(i / 8)];
  const corner = [
    [17, 18, 24, 47],
    [18, 21, 26, 66],
    [24, 26, 56, 99],
    [47, 66, 99, 99],
  ];
  return corner[y]?.[x] ?? 99;
});

/** cosines[k · 8 + x] of coefficient k at pixel x, so that the transform keeps lengths. */
const cosines = Float32Array.from({ length: 64 }, (_, i) => {
  const [k, x] = [Math.floor(i / 8), i % 8];
  return (k === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * k * Math.PI) / 16);
});

/** The same turned: what leads back. */
const turned = Float32Array.from({ length: 64 }, (_, i) => cosines[(i % 8) * 8 + Math.floor(i / 8)]!);

function toPlanes(data: Uint8Array, width: number, height: number): [Plane, Plane, Plane] {
  // whole blocks of luma, of which four have one of colour
  const [w, h] = [16 * Math.ceil(width / 16), 16 * Math.ceil(height / 16)];
  const plane = (side: number): Plane => ({
    values: new Float32Array((w * h) / side ** 2),
    width: w / side,
    height: h / side,
  });
  const [luma, blue, red] = [plane(1), plane(2), plane(2)];
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const at = 3 * (Math.min(y, height - 1) * width + Math.min(x, width - 1));
      const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
      const shade = 0.299 * r + 0.587 * g + 0.114 * b;
      luma.values[y * w + x] = shade - 128;
      const half = (y >> 1) * (w >> 1) + (x >> 1);
      blue.values[half]! += (b - shade) * (0.25 / 1.772);
      red.values[half]! += (r - shade) * (0.25 / 1.402);
    }
  }
  return [luma, blue, red];
}

function toPixels([luma, blue, red]: [Plane, Plane, Plane], width: number, height: number): Uint8Array {
  const pixels = new Uint8ClampedArray(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) {
      const shade = luma.values[y * luma.width + x]! + 128;
      const [cb, cr] = [between(blue, x, y), between(red, x, y)];
      pixels[to] = shade + 1.402 * cr;
      pixels[to + 1] = shade - 0.344136 * cb - 0.714136 * cr;
      pixels[to + 2] = shade + 1.772 * cb;
    }
  }
  return new Uint8Array(pixels.buffer);
}

/** The colour at a pixel of luma: ¾ of the nearest and ¼ of the next, along both sides, as decoders do. */
function between({ values, width, height }: Plane, x: number, y: number): number {
  const [left, top] = [x >> 1, y >> 1];
  const beside = Math.min(width - 1, Math.max(0, left + (x % 2 === 0 ? -1 : 1)));
  const above = Math.min(height - 1, Math.max(0, top + (y % 2 === 0 ? -1 : 1)));
  const row = (r: number): number => 0.75 * values[r * width + left]! + 0.25 * values[r * width + beside]!;
  return 0.75 * row(top) + 0.25 * row(above);
}

/** Takes from every block what its steps do not keep. */
function quantize({ values, width, height }: Plane, steps: readonly number[], scale: number): void {
  const kept = steps.map((step) => Math.min(255, Math.max(1, Math.floor(step * scale + 0.5))));
  const [block, half] = [new Float32Array(64), new Float32Array(64)];
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      const at = top * width + left;
      for (let i = 0; i < 64; i++) block[i] = values[at + (i >> 3) * width + (i & 7)]!;
      transform(block, half, cosines);
      for (let i = 0; i < 64; i++) block[i] = Math.round(block[i]! / kept[i]!) * kept[i]!;
      transform(block, half, turned);
      for (let i = 0; i < 64; i++) values[at + (i >> 3) * width + (i & 7)] = block[i]!;
    }
  }
}

/** A · block · Aᵀ in the place of the block. */
function transform(block: Float32Array, half: Float32Array, a: Float32Array): void {
  // along the rows, turned, and then along what were the columns, turned back
  alongRows(block, half, a);
  alongRows(half, block, a);
}

function alongRows(from: Float32Array, to: Float32Array, a: Float32Array): void {
  for (let row = 0; row < 64; row += 8) {
    for (let k = 0; k < 64; k += 8) {
      let sum = 0;
      for (let x = 0; x < 8; x++) sum += a[k + x]! * from[row + x]!;
      to[k + (row >> 3)] = sum;
    }
  }
}
