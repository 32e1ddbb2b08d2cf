import { expect, test } from 'vitest';
import { chooseWorker } from './choose-worker.ts';

const load = (numCalls: number, numOwn = 0) => ({ numCalls, numOwn });

test('the worker with the fewest calls is asked', () => {
  expect(chooseWorker([load(2), load(1)], 2, true)).toBe(1);
  expect(chooseWorker([], 2, true)).toBeNull();
});

test('a worker has so many calls of one owner, and one of another beside them', () => {
  expect(chooseWorker([load(2, 2)], 2, true)).toBeNull();
  expect(chooseWorker([load(2)], 2, false)).toBe(0);
  expect(chooseWorker([load(3)], 2, false)).toBeNull();
});

test('an owner who is not alone leaves one worker to the others', () => {
  expect(chooseWorker([load(2, 2), load(0)], 2, true)).toBe(1);
  expect(chooseWorker([load(2, 2), load(0)], 2, false)).toBeNull();
  expect(chooseWorker([load(1, 1), load(0)], 2, false)).toBe(0);
  expect(chooseWorker([load(2, 2), load(0), load(0)], 2, false)).toBe(1);
  // one worker alone is everybody's
  expect(chooseWorker([load(1)], 2, false)).toBe(0);
});
