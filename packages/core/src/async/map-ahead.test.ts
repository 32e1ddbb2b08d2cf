import { expect, test } from 'vitest';
import { mapAhead } from './map-ahead.ts';

test('keeps the order and the number in work, whatever finishes first', async () => {
  let [inWork, most] = [0, 0];
  const results: number[] = [];
  const slowFirst = async (i: number): Promise<number> => {
    most = Math.max(most, ++inWork);
    for (let turns = 20 - i; turns > 0; turns--) await Promise.resolve();
    inWork--;
    return i * i;
  };
  for await (const value of mapAhead([0, 1, 2, 3, 4, 5, 6, 7], slowFirst, 2)) results.push(value);
  expect(results).toEqual([0, 1, 4, 9, 16, 25, 36, 49]);
  expect(most).toBe(3); // two ahead of the one that is waited for
});

test('an error comes at its turn, after the results before it', async () => {
  const results: number[] = [];
  const failing = async (i: number): Promise<number> => {
    if (i === 2) throw new Error('two');
    return i;
  };
  await expect(async () => {
    for await (const value of mapAhead([0, 1, 2, 3], failing, 3)) results.push(value);
  }).rejects.toThrow('two');
  expect(results).toEqual([0, 1]);
});

test('takes no items beyond what the consumer wants', async () => {
  let taken = 0;
  function* endless() {
    while (true) yield taken++;
  }
  for await (const value of mapAhead(endless(), async (i) => i, 2)) if (value === 3) break;
  expect(taken).toBeLessThanOrEqual(7);
});

test('nothing is in work any more when the loop has ended early', async () => {
  let inWork = 0;
  const slow = async (i: number): Promise<number> => {
    inWork++;
    for (let turns = 5 * i; turns > 0; turns--) await Promise.resolve();
    inWork--;
    if (i === 5) throw new Error('nobody hears this');
    return i;
  };
  for await (const value of mapAhead([1, 2, 3, 4, 5, 6], slow, 4)) if (value === 1) break;
  expect(inWork).toBe(0);
});
