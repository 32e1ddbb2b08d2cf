import { expect, test } from 'vitest';
import { mulberry32 } from './random/index.ts';
import { dot, norm, normalize, normalized } from './vector.ts';

test('a dot product, also with a row of a block', () => {
  expect(dot([1, 2, 3], [4, 5, 6])).toBe(32);
  expect(dot(Float32Array.of(1, 2), Float32Array.of(9, 9, 3, 4), 2)).toBe(11);
  expect(dot([], [])).toBe(0);
});

test('is summed in order, so that results are the same to the bit wherever it runs', () => {
  const random = mulberry32(1);
  const [a, b] = [0, 1].map(() => Float32Array.from({ length: 511 }, () => random() - 0.5)) as [
    Float32Array,
    Float32Array,
  ];
  const inOrder = a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  expect(dot(a, b)).toBe(inOrder);
});

test('unit vectors, and zeros that stay', () => {
  expect(norm([3, 4])).toBe(5);
  const vector = Float32Array.of(3, 4);
  expect(normalize(vector)).toBe(vector);
  expect(norm(vector)).toBeCloseTo(1, 7);
  expect([...normalize(new Float64Array(2))]).toEqual([0, 0]);
  const given = [3e200, 4e200];
  expect(norm(normalized(given))).toBeCloseTo(1, 14);
  expect(given).toEqual([3e200, 4e200]);
  expect([...normalized(new Float32Array(2))]).toEqual([0, 0]);
});
