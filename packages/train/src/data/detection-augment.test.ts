import { Random } from '@semblance/core/random';
import { expect, test } from 'vitest';
import type { FaceTargets } from '../detector/face-targets.ts';
import {
  augmentDetection,
  type DetectionAugmentation,
  mirror,
  padTo,
  randomCrop,
  retinafaceCropScales,
} from './detection-augment.ts';
import { retinafaceDistortion } from './distort.ts';

const noise = (width: number, height: number) => ({
  data: new Uint8Array(width * height * 3).map((_, i) => (i * 73) % 251),
  width,
  height,
});

const targetsOf = (...boxes: number[][]): FaceTargets => ({
  boxes: Float32Array.from(boxes.flat()),
  landmarks: Float32Array.from(
    boxes.flatMap(([x1, y1, x2, y2]) => {
      const at = (u: number, v: number) => [x1! + u * (x2! - x1!), y1! + v * (y2! - y1!)];
      return [...at(0.3, 0.4), ...at(0.7, 0.4), ...at(0.5, 0.6), ...at(0.35, 0.8), ...at(0.65, 0.8)];
    }),
  ),
  hasLandmarks: new Uint8Array(boxes.length).fill(1),
});

const augmentation: DetectionAugmentation = {
  inputSize: 64,
  cropScales: retinafaceCropScales,
  stretch: 1,
  distortion: retinafaceDistortion,
  mirror: true,
  padRgb: [123, 117, 104],
  minFace: 1,
};

test('a crop holds a whole face and only faces whose centre it holds', () => {
  const sample = { image: noise(200, 120), targets: targetsOf([10, 10, 40, 50], [150, 60, 190, 110]) };
  for (let seed = 0; seed < 50; seed++) {
    const crop = randomCrop(sample, Random.of(seed), [0.3, 0.45, 0.6, 0.8, 1])!;
    expect(crop.image.width).toBe(crop.image.height);
    const { boxes } = crop.targets;
    expect(boxes.length).toBeGreaterThan(0);
    for (const value of boxes) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(crop.image.width);
    }
    const sizes = Array.from({ length: boxes.length / 4 }, (_, i) => boxes[4 * i + 2]! - boxes[4 * i]!);
    expect(sizes.some((size) => size === 30 || size === 40)).toBe(true);
  }
});

test('a crop of another aspect fits the image, and as large as it can be at scale 1', () => {
  const sample = { image: noise(200, 120), targets: targetsOf([90, 50, 100, 60]) };
  for (const [aspect, width, height] of [
    [2, 200, 100],
    [0.5, 60, 120],
    [1.6, 192, 120],
  ] as const) {
    for (let seed = 0; seed < 50; seed++) {
      const crop = randomCrop(sample, Random.of(seed), [1], aspect);
      if (crop) expect([crop.image.width, crop.image.height]).toEqual([width, height]);
    }
  }
});

test('faces are stretched both ways, and a square alone where nothing is', () => {
  const sample = { image: noise(100, 100), targets: targetsOf([40, 40, 60, 60]) };
  const aspects = (stretch: number) =>
    Array.from({ length: 60 }, (_, seed) => {
      const { boxes } = augmentDetection(sample, Random.of(seed), { ...augmentation, stretch }).targets;
      return (boxes[2]! - boxes[0]!) / (boxes[3]! - boxes[1]!);
    });
  for (const aspect of aspects(1)) expect(aspect).toBeCloseTo(1, 4);
  const stretched = aspects(1.5);
  expect(Math.min(...stretched)).toBeLessThan(0.8);
  expect(Math.max(...stretched)).toBeGreaterThan(1.25);
  // Whole pixels of the crop round the aspect.
  for (const aspect of stretched) expect(Math.abs(Math.log(aspect))).toBeLessThan(Math.log(1.5) + 0.04);
});

test('no crop is found around a face that no square can hold', () => {
  const sample = { image: noise(200, 60), targets: targetsOf([5, 5, 195, 55]) };
  expect(randomCrop(sample, Random.of(1), [0.3, 1])).toBeUndefined();
});

test('to mirror twice is to do nothing; left eye and mouth corner stay left', () => {
  const sample = { image: noise(31, 17), targets: targetsOf([3, 2, 13, 12]) };
  const once = mirror(sample);
  const [leftEye, rightEye, , leftMouth, rightMouth] = [0, 2, 4, 6, 8].map((k) => once.targets.landmarks[k]!);
  expect(leftEye).toBeLessThan(rightEye!);
  expect(leftMouth).toBeLessThan(rightMouth!);
  expect([...once.targets.boxes]).toEqual([18, 2, 28, 12]);
  const twice = mirror(once);
  expect(twice.image.data).toEqual(sample.image.data);
  for (const [i, value] of twice.targets.landmarks.entries()) {
    expect(value).toBeCloseTo(sample.targets.landmarks[i]!, 4);
  }
});

test('padding is on the right and below, in the given colour', () => {
  const padded = padTo(noise(4, 2), 1, [9, 8, 7]);
  expect([padded.width, padded.height]).toEqual([4, 4]);
  expect([...padded.data.subarray(0, 24)]).toEqual([...noise(4, 2).data]);
  expect([...padded.data.subarray(24, 30)]).toEqual([9, 8, 7, 9, 8, 7]);
});

test('the result is a function of the sample and the stream', () => {
  const sample = { image: noise(150, 100), targets: targetsOf([20, 20, 60, 70]) };
  const before = new Uint8Array(sample.image.data);
  const a = augmentDetection(sample, Random.of(1, 2), augmentation);
  const b = augmentDetection(sample, Random.of(1, 2), augmentation);
  expect(a).toEqual(b);
  expect(a.image).toMatchObject({ width: 64, height: 64 });
  expect(sample.image.data).toEqual(before);
});

test.each([1, 1.8])('boxes follow the pixels, stretched up to %s', (stretch) => {
  const image = { data: new Uint8Array(120 * 90 * 3), width: 120, height: 90 };
  for (let y = 30; y < 60; y++)
    for (let x = 40; x < 64; x++) image.data.fill(255, (y * 120 + x) * 3, (y * 120 + x) * 3 + 3);
  const plain = { ...augmentation, distortion: null, stretch };
  for (let seed = 0; seed < 20; seed++) {
    const result = augmentDetection({ image, targets: targetsOf([40, 30, 64, 60]) }, Random.of(seed), plain);
    const [x1, y1, x2, y2] = result.targets.boxes;
    const bright = [Infinity, Infinity, -Infinity, -Infinity];
    for (let y = 0; y < 64; y++) {
      for (let x = 0; x < 64; x++) {
        if (result.image.data[(y * 64 + x) * 3]! < 128) continue;
        bright[0] = Math.min(bright[0]!, x);
        bright[1] = Math.min(bright[1]!, y);
        bright[2] = Math.max(bright[2]!, x + 1);
        bright[3] = Math.max(bright[3]!, y + 1);
      }
    }
    for (const [i, value] of [x1, y1, x2, y2].entries())
      expect(Math.abs(value! - bright[i]!)).toBeLessThan(1.6);
  }
});

test('faces without an area or below the smallest size are left out', () => {
  const sample = {
    image: noise(64, 64),
    targets: targetsOf([10, 10, 10, 30], [1, 1, 60, 60], [5, 5, 6.5, 9]),
  };
  const result = augmentDetection(sample, Random.of(1), { ...augmentation, cropScales: [], minFace: 2 });
  expect(result.targets.hasLandmarks.length).toBe(1);
});

test('boxes are clipped to the image, and those outside teach nothing', () => {
  const inside = [20, 20, 60, 60];
  const sample = {
    image: noise(100, 80),
    targets: targetsOf(
      inside,
      [-50, -50, -20, -20],
      [300, 10, 340, 50],
      [80, 30, 130, 70],
      [10, 90, 30, 120],
    ),
  };
  const plain = { ...augmentation, inputSize: 100, cropScales: [], mirror: false, distortion: null };
  const { targets } = augmentDetection(sample, Random.of(1), plain);
  expect([...targets.boxes]).toEqual([...inside, 80, 30, 100, 70]);
  expect(targets.hasLandmarks.length).toBe(2);
  // a crop with a whole face is found where all faces reach out
  const out = { image: noise(60, 60), targets: targetsOf([-20, -20, 30, 30]) };
  const crops = Array.from({ length: 40 }, (_, seed) =>
    augmentDetection(out, Random.of(seed), { ...plain, cropScales: [1] }),
  );
  for (const crop of crops) expect([...crop.targets.boxes]).toEqual([0, 0, 50, 50]);
});
