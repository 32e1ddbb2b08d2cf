import { Random } from '@semblance/core/random';
import { expect, test } from 'vitest';
import { Histogram } from './histogram.ts';

function histogramOf(values: Float32Array): Histogram {
  const histogram = new Histogram();
  histogram.widen(values);
  histogram.count(values);
  return histogram;
}

/** Mean squared error of rounding to 256 steps over a range, value by value. */
function errorOf(values: Float32Array, [low, high]: [number, number]): number {
  const step = (high - low) / 255;
  let sum = 0;
  for (const value of values) {
    const rounded = low + step * Math.min(255, Math.max(0, Math.round((value - low) / step)));
    sum += (value - rounded) ** 2;
  }
  return sum / values.length;
}

test('values spread evenly keep their whole range, and 0 is within it', () => {
  const rng = Random.of(1);
  const values = Float32Array.from({ length: 20_000 }, () => rng.range(2, 8));
  const [low, high] = histogramOf(values).bestRange();
  expect(low).toBe(0);
  expect(high).toBeCloseTo(8, 2);
  expect(new Histogram().bestRange()).toEqual([0, 0]);
});

test('a few far values are cut off where that makes the error smaller', () => {
  const rng = Random.of(2);
  const values = Float32Array.from({ length: 1_000_000 }, () => rng.range(-1, 1));
  values[7] = 3;
  const range = histogramOf(values).bestRange();
  expect(range[1]).toBeLessThan(2);
  expect(errorOf(values, range)).toBeLessThan(0.7 * errorOf(values, [-1, 3]));
});

test('the range is about the best there is', () => {
  const rng = Random.of(3);
  const values = Float32Array.from({ length: 20_000 }, () => -Math.log(1 - rng.range(0, 0.99999)));
  const chosen = errorOf(values, histogramOf(values).bestRange());
  const high = Math.max(...values);
  const tried = Array.from({ length: 400 }, (_, i) => errorOf(values, [0, (high * (i + 1)) / 400]));
  expect(chosen).toBeLessThan(1.05 * Math.min(...tried));
});
