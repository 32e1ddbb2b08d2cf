import { Random } from '@semblance/core/random';
import { percentileInterval } from '@semblance/core/statistics';
import { describe, expect, test } from 'vitest';
import { drawWithReplacement, pairWeights } from './bootstrap.ts';
import { peopleOfPairs } from './pair-people.ts';
import { verificationMetrics } from './verification.ts';
import { ratesByGroup } from './verification-groups.ts';

describe('the bootstrap', () => {
  test('draws as many as there are, with the variance of a multinomial', () => {
    const random = new Random(3);
    const counts = new Float64Array(50);
    let square = 0;
    for (let i = 0; i < 2000; i++) {
      drawWithReplacement(random, counts);
      expect(counts.reduce((sum, n) => sum + n, 0)).toBe(50);
      for (const n of counts) square += (n - 1) ** 2;
    }
    // variance of one count: n·p·(1 − p) = 1 − 1/50
    expect(square / 2000 / 50).toBeCloseTo(0.98, 1);
  });

  test('percentiles of known replicates', () => {
    const replicates = Array.from({ length: 101 }, (_, i) => 100 - i);
    const [low, high] = percentileInterval(replicates, 0.9)!;
    expect(low).toBeCloseTo(5, 9);
    expect(high).toBeCloseTo(95, 9);
    expect(percentileInterval([0, 1], 0.5)).toEqual([0.25, 0.75]);
    expect(percentileInterval([])).toBeNull();
  });

  test('a person’s genuine pairs weigh what the person does, impostor pairs the product', () => {
    const pairs = [
      [0, 0],
      [0, 1],
      [1, 2],
    ] as const;
    expect([...pairWeights(pairs, Float64Array.of(2, 3, 0), new Float64Array(3))]).toEqual([2, 6, 0]);
  });

  test('the interval of a rate has the width of its sampling distribution', () => {
    // 400 people with one genuine and one impostor pair each; 10 % of the genuine pairs fail at any useful threshold
    const numPeople = 400;
    const similarities: number[] = [];
    const same: boolean[] = [];
    const people: [string, string][] = [];
    for (let p = 0; p < numPeople; p++) {
      similarities.push(p % 10 === 0 ? -0.5 : 0.9, 0.1);
      same.push(true, false);
      people.push([`p${p}`, `p${p}`], [`p${p}`, `q${p}`]);
    }
    const { tarAtFar, tarAtFarInterval } = verificationMetrics(similarities, same, { people, fars: [0.5] });
    expect(tarAtFar['0.5']).toBeCloseTo(0.9, 12);
    const [low, high] = tarAtFarInterval['0.5']!;
    // binomial: ±1.96·√(0.9·0.1/400) = ±0.0294
    expect(high - low).toBeGreaterThan(0.045);
    expect(high - low).toBeLessThan(0.075);
    expect((low + high) / 2).toBeCloseTo(0.9, 1);
  });

  test('ten photos of one person are not ten people: the interval grows', () => {
    const build = (photosEach: number) => {
      const numPeople = 400 / photosEach;
      const similarities: number[] = [];
      const same: boolean[] = [];
      const people: [string, string][] = [];
      for (let p = 0; p < numPeople; p++) {
        for (let k = 0; k < photosEach; k++) {
          similarities.push(p % 10 === 0 ? -0.5 : 0.9, 0.1);
          same.push(true, false);
          people.push([`p${p}`, `p${p}`], [`p${p}`, `q${p}-${k}`]);
        }
      }
      const [low, high] = verificationMetrics(similarities, same, { people, fars: [0.5], replicates: 400 })
        .tarAtFarInterval['0.5']!;
      return high - low;
    };
    expect(build(10)).toBeGreaterThan(2 * build(1));
  });

  test('the same seed gives the same interval; without people, or with a handful, there is none', () => {
    const measure = (numPairs: number, seed: number) => {
      const same = Array.from({ length: numPairs }, (_, i) => i % 2 === 0);
      const similarities = same.map((isSame, i) => (isSame ? 0.6 : 0.2) + ((i * 7) % 11) / 20);
      const people = same.map((isSame, i): [string, string] => [`a${i}`, isSame ? `a${i}` : `b${i}`]);
      return verificationMetrics(similarities, same, { numFolds: 2, people, seed, replicates: 50 });
    };
    expect(measure(40, 1)).toEqual(measure(40, 1));
    expect(measure(40, 1).tarAtFarInterval).not.toEqual(measure(40, 2).tarAtFarInterval);
    expect(measure(10, 1).tarAtFarInterval).toEqual({}); // 15 people
    expect(verificationMetrics([0.9, 0.1], [true, false], { numFolds: 2 }).tarAtFarInterval).toEqual({});
    expect(() => verificationMetrics([0.9, 0.1], [true, false], { people: [] })).toThrow('people of 0 pairs');
  });
});

describe('peopleOfPairs', () => {
  const pair = (first: string, second: string, same: boolean) => ({ first, second, same });

  test('folders are people', () => {
    expect(peopleOfPairs([pair('a/1', 'a/2', true), pair('a/1', 'b/1', false)])).toEqual([
      ['a', 'a'],
      ['a', 'b'],
    ]);
  });

  test('unless an impostor pair lies in one folder: then genuine pairs tell', () => {
    const [chain1, chain2, apart] = peopleOfPairs([
      pair('all/1', 'all/2', true),
      pair('all/3', 'all/2', true),
      pair('all/1', 'all/4', false),
    ]);
    expect(new Set([...chain1!, ...chain2!]).size).toBe(1);
    expect(apart![0]).toBe(chain1![0]);
    expect(apart![1]).toBe('all/4');
  });
});

test('ratesByGroup counts each group at the common threshold', () => {
  const similarities = [0.9, 0.2, 0.6, 0.1, 0.5, 0.8];
  const same = [true, true, false, false, false, true];
  const groups = ['x', 'x', 'x', 'x', 'y', null];
  const [x, y] = ratesByGroup(similarities, same, groups, 0.5);
  expect(x).toMatchObject({ group: 'x', genuine: 2, impostor: 2, fnmr: 1 / 2, fmr: 1 / 2, auc: 3 / 4 });
  // the threshold itself matches
  expect(y).toMatchObject({ group: 'y', genuine: 0, impostor: 1, fnmr: null, fmr: 1, auc: null });
});
