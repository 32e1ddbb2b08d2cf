import { Random } from '@semblance/core/random';
import { expect, test } from 'vitest';
import { numDirections } from './directions.ts';

test('counts the directions that points lie along', () => {
  const rng = Random.of(1, 2);
  // Three axes of variance 9 : 1 : 0.01, wherever their middle is.
  const points = Array.from({ length: 2000 }, () =>
    Float32Array.of(5 + rng.range(-3, 3), rng.range(-1, 1), 2, rng.range(-0.1, 0.1)),
  );
  expect([0.5, 0.89, 0.95, 0.9999].map((share) => numDirections(points, share))).toEqual([1, 1, 2, 3]);
});
