import { expect, test } from 'vitest';
import { mean, median, quantile, standardDeviation, valueAt } from './statistics.ts';

test('means and deviations', () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(standardDeviation([1, 3, 5, 7])).toBeCloseTo(Math.sqrt(5), 14);
  expect([mean([]), standardDeviation([])]).toEqual([0, 0]);
});

test('quantiles between values: numpy.quantile([1, 2, 4, 8, 16], p)', () => {
  const sorted = [1, 2, 4, 8, 16];
  const at = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1].map((p) => quantile(sorted, p));
  for (const [i, wanted] of [1, 1.4, 2, 4, 8, 12.8, 16].entries()) expect(at[i]).toBeCloseTo(wanted, 12);
  expect(quantile([7], 0.3)).toBe(7);
});

test('quantiles that are one of the values, the last at most', () => {
  const sorted = Float32Array.of(1, 2, 4, 8);
  expect([0, 0.24, 0.25, 0.5, 0.99, 1].map((p) => valueAt(sorted, p))).toEqual([1, 1, 2, 4, 8, 8]);
});

test('the median, in any order of the values', () => {
  const given = [5, 1, 3];
  expect(median(given)).toBe(3);
  expect(given).toEqual([5, 1, 3]);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});
