import { expect, test } from 'vitest';
import { inTurns } from './in-turns.ts';

test('what else is to be done is not behind all of it', async () => {
  let numDone = 0;
  let doneBefore = -1;
  setImmediate(() => (doneBefore = numDone));
  const items = Array.from({ length: 100 }, (_, i) => i);
  const results = await inTurns(items, (item) => {
    numDone++;
    return 2 * item;
  });
  expect(results).toEqual(items.map((item) => 2 * item));
  expect(doneBefore).toBeGreaterThan(0);
  expect(doneBefore).toBeLessThan(20);
});

test('what fails ends it', async () => {
  const work = inTurns([1, 2, 3], (value) => {
    if (value === 2) throw new Error('two');
    return value;
  });
  await expect(work).rejects.toThrow('two');
});
