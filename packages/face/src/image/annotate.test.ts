import { expect, test } from 'vitest';
import { annotate } from './annotate.ts';
import { createImage, type Image } from './image.ts';
import { resizeImage } from './resize.ts';

const pixel = ({ data, width }: Image, x: number, y: number) => [
  ...data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3),
];

test('boxes and landmarks are drawn where they are, and the picture itself stays', async () => {
  const image = createImage(200, 100, [128, 128, 128]);
  const face = {
    box: [50, 30, 90, 80] as [number, number, number, number],
    landmarks: [[70, 50]] as [number, number][],
  };
  const drawn = await annotate(image, [{ ...face, color: '#ff0000' }]);
  expect([drawn.width, drawn.height, drawn.data.length]).toEqual([200, 100, 60000]);
  for (const [x, y] of [
    [50, 55],
    [90, 55],
    [70, 30],
    [70, 80],
    [70, 50],
  ] as const) {
    const [red, green] = pixel(drawn, x, y);
    expect(red! - green!).toBeGreaterThan(60);
  }
  expect(pixel(drawn, 60, 40)).toEqual([128, 128, 128]);
  expect(pixel(drawn, 150, 60)).toEqual([128, 128, 128]);
  expect(image.data.every((value) => value === 128)).toBe(true);
});

test('labels stand above the box, below where there is no room, and never off the picture', async () => {
  const image = createImage(200, 100, [255, 255, 255]);
  const darkRows = (drawn: Image) => {
    const rows: number[] = [];
    for (let y = 0; y < drawn.height; y++) if (pixel(drawn, 197, y)[0]! < 120) rows.push(y);
    return rows;
  };
  const above = darkRows(await annotate(image, [{ box: [180, 50, 190, 70], label: 'somebody' }]));
  expect(Math.max(...above)).toBeLessThan(51);
  const below = darkRows(await annotate(image, [{ box: [180, 2, 190, 20], label: 'somebody' }]));
  expect(Math.min(...below)).toBeGreaterThan(19);
});

test('names are text and never markup, and colours never either', async () => {
  const image = createImage(120, 60, [255, 255, 255]);
  const names = ['</text><rect width="999" height="999" fill="red"/>', `a&b"c'\u0000\u0008\ud800`, '王伟'];
  for (const label of names) {
    const drawn = await annotate(image, [{ box: [10, 30, 50, 55], label, color: '"/><rect fill="red"' }]);
    const corner = pixel(drawn, 119, 59);
    expect(corner).toEqual([255, 255, 255]);
  }
});

test('resizing keeps colours and centres', async () => {
  const image = createImage(8, 4, [10, 20, 30]);
  for (let y = 0; y < 4; y++) image.data.fill(200, 3 * (8 * y + 4), 3 * (8 * y + 8));
  const small = await resizeImage(image, 4, 2);
  expect([small.width, small.height]).toEqual([4, 2]);
  expect(pixel(small, 0, 0)).toEqual([10, 20, 30]);
  const large = await resizeImage(createImage(5, 5, [9, 8, 7]), 11, 13);
  expect(large).toEqual(createImage(11, 13, [9, 8, 7]));
  expect(await resizeImage(image, 8, 4)).toBe(image);
});
