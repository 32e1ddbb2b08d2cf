import { describe, expect, test } from 'vitest';
import { type RevisionEntry, withEntry } from './revision.ts';

const entry = (name: string, weight: number): RevisionEntry => ({
  ...{ name, weight },
  detector: `/${name}/d`,
  recognizer: `/${name}/r`,
  gallery: null,
  origin: null,
});
const weights = (entries: readonly RevisionEntry[]) =>
  Object.fromEntries(entries.map(({ name, weight }) => [name, weight]));

describe('weights', () => {
  test('the new entry gets its percent, the others share the rest as before', () => {
    const one = withEntry([], entry('a', 10));
    expect(weights(one)).toEqual({ a: 100 });
    const two = withEntry(one, entry('b', 10));
    expect(weights(two)).toEqual({ a: 90, b: 10 });
    expect(weights(withEntry(two, entry('c', 33)))).toEqual({ a: 60, b: 7, c: 33 });
    expect(weights(withEntry(two, entry('b', 50)))).toEqual({ a: 50, b: 50 });
    expect(weights(withEntry(two, entry('b', 100)))).toEqual({ b: 100 });
    expect(weights(withEntry(two, entry('c', 99)))).toEqual({ a: 1, c: 99 });
  });

  test('they add up to 100, whatever they were', () => {
    for (let weight = 1; weight <= 100; weight++) {
      for (const split of [1, 33, 50, 67, 99]) {
        const entries = withEntry(withEntry([entry('a', 100)], entry('b', split)), entry('c', weight));
        expect(entries.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
        expect(entries.every(({ weight }) => weight > 0)).toBe(true);
        expect(entries.find(({ name }) => name === 'c')!.weight).toBe(weight);
      }
    }
  });

  test('the same models under another name are no second entry', () => {
    const same = { ...entry('a', 10), name: 'b' };
    expect(weights(withEntry([entry('a', 100)], same))).toEqual({ b: 100 });
  });
});
