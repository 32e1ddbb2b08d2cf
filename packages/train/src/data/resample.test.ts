import { expect, test } from 'vitest';
import { interpolations, resample } from './resample.ts';

const gradient = (width: number, height: number) => {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) data.set([x, y, 100], i);
  }
  return { data, width, height };
};

test.each(interpolations)('%s keeps a linear ramp where it is, away from the edges', (how) => {
  const image = gradient(60, 40);
  for (const [width, height] of [
    [30, 20],
    [90, 80],
  ] as const) {
    const result = resample(image, width, height, how);
    expect(result.data.length).toBe(width * height * 3);
    const x = Math.floor(width / 2);
    const y = Math.floor(height / 2);
    const at = (y * width + x) * 3;
    expect(Math.abs(result.data[at]! - ((x + 0.5) * (60 / width) - 0.5))).toBeLessThanOrEqual(1);
    expect(Math.abs(result.data[at + 1]! - ((y + 0.5) * (40 / height) - 0.5))).toBeLessThanOrEqual(1);
    expect(result.data[at + 2]).toBe(100);
  }
});

test('area is the mean of what it covers, linear is not', () => {
  const image = { data: new Uint8Array(4 * 3), width: 4, height: 1 };
  image.data.set([0, 0, 0, 0, 0, 0, 0, 0, 0, 200, 200, 200]);
  expect(resample(image, 1, 1, 'area').data[0]).toBe(50);
  expect(resample(image, 1, 1, 'linear').data[0]).toBe(0);
});

test('the same size gives the image itself', () => {
  const image = gradient(5, 5);
  expect(resample(image, 5, 5, 'cubic')).toBe(image);
});
