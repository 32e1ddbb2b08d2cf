import { mulberry32 } from '@semblance/core/random';
import { expect, test } from 'vitest';
import { createImage, type Image } from '../image/image.ts';
import { warpImage } from './warp.ts';

/** Bilinear sample of a channel with the sizes of its neighbours as the formula has them; black beyond the picture. */
function sample({ data, width, height }: Image, x: number, y: number, c: number): number {
  const pixel = (px: number, py: number) =>
    px >= 0 && py >= 0 && px < width && py < height ? data[3 * (py * width + px) + c]! : 0;
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [x - left, y - top];
  const upper = (1 - u) * pixel(left, top) + u * pixel(left + 1, top);
  const lower = (1 - u) * pixel(left, top + 1) + u * pixel(left + 1, top + 1);
  return (1 - v) * upper + v * lower;
}

/** Turns, scales and shifts of which every edge of the picture crosses some crop, and none others. */
const turns: [angle: number, scale: number, tx: number, ty: number][] = [
  ...([0, 0.3, 1.2, Math.PI / 2, 2.5, Math.PI, -0.7, -2] as const).flatMap(
    (angle): [number, number, number, number][] => [
      [angle, 0.5, 10, 10],
      [angle, 1, 20, 15],
      [angle, 1.9, -5.5, 40],
    ],
  ),
  [0, 1, 0, 0],
  [0, 1, -30, 5],
  [0.1, 0.2, 15, 12],
  [0, 1, 500, 500],
];

test.each(turns)(
  'each pixel is the bilinear sample, turned %f, scaled %f, from %f, %f',
  (angle, scale, tx, ty) => {
    const image = createImage(41, 33);
    const random = mulberry32(7);
    for (let i = 0; i < image.data.length; i++) image.data[i] = Math.floor(256 * random());
    const [a, b] = [scale * Math.cos(angle), scale * Math.sin(angle)];
    const { data } = warpImage(image, { a, b, tx, ty }, 32);
    let worst = 0;
    for (let row = 0; row < 32; row++) {
      for (let column = 0; column < 32; column++) {
        const [x, y] = [a * column - b * row + tx, b * column + a * row + ty];
        for (let c = 0; c < 3; c++)
          worst = Math.max(worst, Math.abs(data[3 * (32 * row + column) + c]! - sample(image, x, y, c)));
      }
    }
    expect(worst).toBeLessThanOrEqual(0.5 + 1e-6);
  },
);
