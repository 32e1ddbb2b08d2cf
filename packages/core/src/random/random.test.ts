import { describe, expect, test } from 'vitest';
import { mulberry32 } from './mulberry32.ts';
import { permutation } from './permutation.ts';
import { Random } from './random.ts';

test('the same keys give the same stream, other keys another', () => {
  const take = (...keys: number[]) => {
    const rng = Random.of(...keys);
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
    const x = Random.of(7, i).next();
    const y = Random.of(7, i + 1).next();
    sum += x;
    product += (x - 0.5) * (y - 0.5);
  }
  expect(sum / n).toBeCloseTo(0.5, 2);
  expect(product / n).toBeCloseTo(0, 2);
});

test('below stays in range and reaches both ends', () => {
  const rng = Random.of(3);
  const seen = new Set(Array.from({ length: 200 }, () => rng.below(5)));
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4]);
});

test('a permutation holds every index once', () => {
  const order = permutation(1000, Random.of(5));
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  expect([...order.slice(0, 10)]).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

describe('sequences that results rest on', () => {
  /** The next four numbers as the 32 bits they are made of. */
  const four = (next: () => number) => Array.from({ length: 4 }, () => next() * 2 ** 32);

  test('by one seed', () => {
    expect(four(new Random(0).next)).toEqual([1859495586, 3621635297, 4001635706, 1933979279]);
    const large = new Random(2 ** 40 + 5);
    expect(four(large.next)).toEqual([3226764878, 1572343303, 3942495681, 57564194]);
    expect(four(large.fork(3).next)).toEqual([2152022105, 3272614095, 3972053593, 2233992370]);
  });

  test('by keys', () => {
    expect(four(Random.of(1).next)).toEqual([3262578107, 3829312479, 192304665, 293128132]);
    expect(four(Random.of(7, 0xc0, 2, 99).next)).toEqual([642981401, 1425580065, 521828853, 3069494748]);
    expect(four(Random.of(2 ** 32 - 1).next)).toEqual([1286602184, 886384855, 1893652141, 3176247120]);
    expect([...permutation(12, Random.of(5))]).toEqual([5, 7, 9, 2, 8, 4, 3, 10, 6, 0, 1, 11]);
  });

  test('of mulberry32', () => {
    expect(four(mulberry32(42))).toEqual([2581720956, 1925393290, 3661312704, 2876485805]);
    expect(four(mulberry32(-1))).toEqual([3850105811, 813802916, 3073704848, 4054706436]);
    expect(new Random(1, mulberry32(42)).next() * 2 ** 32).toBe(2581720956);
  });

  test('of the draws', () => {
    const random = new Random(3);
    expect([
      random.normal(),
      random.int(2, 9),
      random.range(2, 3),
      random.logRange(1, 100),
      random.weighted({ a: 1, b: 2 }),
      random.pick([1, 2, 3]),
    ]).toEqual([-1.0123821261691215, 7, 2.3970174486748874, 3.4683192687369955, 'a', 1]);
  });
});
