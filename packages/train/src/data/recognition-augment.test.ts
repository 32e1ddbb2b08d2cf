import { Random } from '@semblance/core/random';
import { expect, test } from 'vitest';
import {
  augmentCrop,
  type RecognitionAugmentation,
  type RecognitionAugmentationName,
  recognitionAugmentations,
} from './recognition-augment.ts';

const size = 24;
const crop = {
  data: new Uint8Array(size * size * 3).map((_, i) => (i * 37 + Math.floor(i / 72) * 11) % 256),
  width: size,
  height: size,
};
const varied = (seed: number, augmentation: RecognitionAugmentation) => {
  const out = new Uint8Array(crop.data.length);
  augmentCrop(crop, Random.of(seed), augmentation, out);
  return out;
};
const pixel = (data: Uint8Array, x: number, y: number) => [
  ...data.subarray((y * size + x) * 3, (y * size + x) * 3 + 3),
];

test.each(Object.keys(recognitionAugmentations) as RecognitionAugmentationName[])(
  '%s is a function of the stream and leaves its input alone',
  (name) => {
    const before = new Uint8Array(crop.data);
    const augmentation = recognitionAugmentations[name];
    expect(varied(3, augmentation)).toEqual(varied(3, augmentation));
    expect(crop.data).toEqual(before);
    const different = new Set(Array.from({ length: 12 }, (_, seed) => varied(seed, augmentation).join()));
    expect(different.size).toBeGreaterThanOrEqual({ none: 1, flip: 2, light: 12, strong: 12 }[name]);
  },
);

test('mirroring by copy and by warp agree', () => {
  const flipped = Array.from({ length: 20 }, (_, seed) => varied(seed, { flip: true })).find(
    (out) => out.join() !== crop.data.join(),
  )!;
  expect(pixel(flipped, 0, 5)).toEqual(pixel(crop.data, size - 1, 5));
  const seed = Array.from({ length: 20 }, (_, s) => s).find(
    (s) => varied(s, { flip: true }).join() === flipped.join(),
  )!;
  // A change of light too small to change a value takes the other way through the same picture.
  expect(varied(seed, { flip: true, light: 1e-9 })).toEqual(flipped);
});

test('a turn moves pixels about the centre by its angle', () => {
  const dot = { data: new Uint8Array(size * size * 3), width: size, height: size };
  dot.data.fill(255, (12 * size + 20) * 3, (12 * size + 20) * 3 + 3);
  const out = new Uint8Array(dot.data.length);
  augmentCrop(dot, Random.of(1), { turnDegrees: 30 }, out);
  let [sumX, sumY, sum] = [0, 0, 0];
  for (let i = 0; i < size * size; i++) {
    sumX += out[3 * i]! * ((i % size) - 11.5);
    sumY += out[3 * i]! * (Math.floor(i / size) - 11.5);
    sum += out[3 * i]!;
  }
  expect(Math.hypot(sumX / sum, sumY / sum)).toBeCloseTo(Math.hypot(8.5, 0.5), 0);
  expect(Math.abs(Math.atan2(sumY, sumX))).toBeLessThan((31 * Math.PI) / 180);
});

test('grey has no colour, and a cover is one flat rectangle', () => {
  const grey = varied(1, { grey: 1 });
  for (let i = 0; i < grey.length; i += 3) expect(new Set(grey.subarray(i, i + 3)).size).toBe(1);
  const covered = varied(4, { cover: 1 });
  const changed = Array.from({ length: size * size }, (_, i) => i).filter(
    (i) =>
      pixel(covered, i % size, Math.floor(i / size)).join() !==
      pixel(crop.data, i % size, Math.floor(i / size)).join(),
  );
  const colours = new Set(changed.map((i) => pixel(covered, i % size, Math.floor(i / size)).join()));
  expect(colours.size).toBe(1);
  expect(changed.length / (size * size)).toBeGreaterThan(0.01);
  expect(changed.length / (size * size)).toBeLessThan(0.2);
});
