import { expect, test } from 'vitest';
import { lossNames } from '../losses/index.ts';
import { digitSide, drawDigits, numDigits } from './digits.ts';
import { featureVariants } from './feature-variants.ts';
import { trainFeatures } from './features.ts';
import { FeatureRecorder, recordedSteps } from './record-features.ts';

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

test('a recorded training is the same training, looked at: it begins with chance and ends where it ends', () => {
  const variant = featureVariants.find(({ loss }) => loss === 'arcface')!;
  const options = { dimensions: 2, steps: 60, seed: 5 };
  const recorder = new FeatureRecorder(60);
  const features = trainFeatures(variant, { ...options, onStep: recorder.onStep });
  expect(features).toEqual(trainFeatures(variant, options));
  const run = recorder.finish(features);
  const numMoments = recordedSteps(60).length;
  expect([recordedSteps(60)[0], recordedSteps(60).at(-1), numMoments]).toEqual([0, 60, run.reach.length]);
  expect(run.accuracy[0]).toBeLessThan(2 / numDigits);
  expect(run.accuracy.at(-1)).toBeCloseTo(features.accuracy, 3);
  const bytes = new Int8Array(Buffer.from(run.points, 'base64'));
  expect(bytes).toHaveLength(numMoments * 160 * 2);
  const last = bytes.subarray(-160 * 2);
  const step = run.reach.at(-1)! / 127;
  for (const [i, value] of last.entries())
    expect(Math.abs(value * step - features.points[i >> 1]![i % 2]!)).toBeLessThan(step);
  const directions = new Int8Array(Buffer.from(run.directions, 'base64')).subarray(-numDigits * 2);
  for (const [i, value] of directions.entries())
    expect(value / 127).toBeCloseTo(features.directions[i >> 1]![i % 2]!, 2);
});
