import { Random } from '@semblance/core/random';
import { dot, normalize } from '@semblance/core/vector';
import { describe, expect, test } from 'vitest';
import { adaptEmbeddings, applyLinearHead, fitLinearHead } from './index.ts';

const SIZE = 16;

/** People whose photos differ along the first directions by `noise`, people along all. */
function people(seed: number, numPeople: number, numPhotos: number, noise: number, directions = 4) {
  const random = new Random(seed);
  return Array.from({ length: numPeople }, () => {
    const own = Float32Array.from({ length: SIZE }, () => random.normal());
    return Array.from({ length: numPhotos }, () =>
      normalize(own.map((value, i) => value + random.normal(i < directions ? noise : 0.3))),
    );
  });
}

describe('fitLinearHead', () => {
  test('whitens the scatter within people: the inverse of what makes it', () => {
    // One person, photos ±3 along x and ±1 along y: S = diag(9, 1), scaled to trace 2: diag(1.8, 0.2)
    const own = [
      [3, 1],
      [3, -1],
      [-3, 1],
      [-3, -1],
    ].map((values) => Float32Array.from(values));
    const { rows } = fitLinearHead([own], 0);
    expect([...rows].map((value) => Number(value.toFixed(6)))).toEqual([
      ...[Number((1 / Math.sqrt(1.8)).toFixed(6)), 0],
      ...[0, Number((1 / Math.sqrt(0.2)).toFixed(6))],
    ]);
  });

  test('changes nothing at α = 1 or where nobody has two photos', () => {
    const one = people(1, 3, 1, 1);
    for (const head of [fitLinearHead(people(1, 3, 4, 1), 1), fitLinearHead(one, 0.2)])
      expect(dot(applyLinearHead(head, one[0]![0]!), one[0]![0]!)).toBeCloseTo(1, 5);
  });
});

describe('adaptEmbeddings', () => {
  test('helps where photos of a person differ along few directions', () => {
    const { head, before, after, gainInterval } = adaptEmbeddings(people(3, 40, 8, 2.5));
    expect(head).not.toBeNull();
    expect(after.tar[0]).toBeGreaterThan(before.tar[0] + 0.1);
    expect(gainInterval[0]).toBeGreaterThanOrEqual(0);
  });

  test('is never worse on what was held out, in 20 galleries, or it is refused', () => {
    let refused = 0;
    for (let seed = 0; seed < 20; seed++) {
      // From galleries where there is much to gain to such with nothing: noise alike in all directions.
      const [noise, directions] = seed % 2 === 0 ? [0.3, SIZE] : [1.5, 3];
      const { head, before, after } = adaptEmbeddings(
        people(50 + seed, 12, 2 + (seed % 5), noise, directions),
        seed,
      );
      if (head === null) refused++;
      else for (const [i, tar] of after.tar.entries()) expect(tar).toBeGreaterThanOrEqual(before.tar[i]!);
    }
    expect(refused).toBeGreaterThanOrEqual(5);
  });

  test('says how many people it needs', () => {
    expect(() => adaptEmbeddings(people(1, 4, 3, 1))).toThrow(
      /4 people have two photos or more, and adapting needs 5/,
    );
  });
});
