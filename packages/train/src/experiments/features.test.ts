import { expect, test } from 'vitest';
import { lossNames } from '../losses/index.ts';
import { digitSide, drawDigits, numDigits } from './digits.ts';
import { featureVariants } from './feature-variants.ts';
import { trainFeatures } from './features.ts';

test('digits follow from the seed, lie within 0 … 1.2 and are not all alike', () => {
  const digits = drawDigits(16, 3);
  expect(drawDigits(16, 3)).toEqual(digits);
  expect(drawDigits(16, 4)).not.toEqual(digits);
  expect([...digits.labels].map(Number)).toEqual([...Array(16).keys()].map((n) => n % numDigits));
  expect(Math.min(...digits.pixels)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...digits.pixels)).toBeLessThanOrEqual(1.2);
  const area = digitSide * digitSide;
  expect(digits.pixels.subarray(0, area)).not.toEqual(digits.pixels.subarray(8 * area, 9 * area));
});

test('every loss has a variant of its own', () => {
  expect(featureVariants.map(({ loss }) => loss).toSorted()).toEqual([...lossNames].toSorted());
});

test.each([2, 3])('a short training with %i numbers learns something, the same each time', (dimensions) => {
  const variant = featureVariants.find(({ loss }) => loss === 'normface')!;
  const run = () => trainFeatures(variant, { dimensions, steps: 60, seed: 5 });
  const features = run();
  expect(features.points).toHaveLength(features.labels.length);
  expect(features.points[0]).toHaveLength(dimensions);
  for (const direction of features.directions) expect(Math.hypot(...direction)).toBeCloseTo(1, 5);
  expect(features.accuracy).toBeGreaterThan(2 / numDigits);
  expect(run()).toEqual(features);
});
