import { expect, test } from 'vitest';
import { createRng, permutation } from './rng.ts';

test('the same keys give the same stream, other keys another', () => {
  const take = (...keys: number[]) => {
    const rng = createRng(...keys);
    return Array.from({ length: 8 }, () => rng.next());
  };
  expect(take(1, 2, 3)).toEqual(take(1, 2, 3));
  expect(take(1, 2, 3)).not.toEqual(take(1, 3, 2));
  expect(take(0)).not.toEqual(take(0, 0));
});

test('numbers of neighbouring keys are uniform and uncorrelated', () => {
  const n = 20_000;
  let sum = 0;
  let product = 0;
  for (let i = 0; i < n; i++) {
    const x = createRng(7, i).next();
    const y = createRng(7, i + 1).next();
    sum += x;
    product += (x - 0.5) * (y - 0.5);
  }
  expect(sum / n).toBeCloseTo(0.5, 2);
  expect(product / n).toBeCloseTo(0, 2);
});

test('int stays in range and reaches both ends', () => {
  const rng = createRng(3);
  const seen = new Set(Array.from({ length: 200 }, () => rng.int(5)));
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4]);
});

test('a permutation holds every index once', () => {
  const order = permutation(1000, createRng(5));
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  expect([...order.slice(0, 10)]).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
