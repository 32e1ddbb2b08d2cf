import { expect, test } from 'vitest';
import { type CallOwner, chooseWorker as choose, type WorkerLoad } from './choose-worker.ts';

const load = (numCalls: number, numOwn = 0, rank = 0) => ({ numCalls, numOwn, rank });
const chooseWorker = (loads: WorkerLoad[], depth: number, owner: CallOwner, size = loads.length) =>
  choose(loads, { depth, size }, owner);
const alone = { isAlone: true, isHeavy: false };
const oneOfSeveral = { isAlone: false, isHeavy: false };
const heavy = { isAlone: false, isHeavy: true };

test('the worker with the fewest calls is asked', () => {
  expect(chooseWorker([load(2), load(1)], 2, alone)).toBe(1);
  expect(chooseWorker([], 2, alone)).toBeNull();
});

test('a worker has so many calls of one owner, and one of another beside them', () => {
  expect(chooseWorker([load(2, 2)], 2, alone)).toBeNull();
  expect(chooseWorker([load(2)], 2, oneOfSeveral)).toBe(0);
  expect(chooseWorker([load(3)], 2, oneOfSeveral)).toBeNull();
});

test('an owner who is not alone leaves one worker to the others', () => {
  expect(chooseWorker([load(2, 2), load(0)], 2, alone)).toBe(1);
  expect(chooseWorker([load(2, 2), load(0)], 2, oneOfSeveral)).toBeNull();
  expect(chooseWorker([load(1, 1), load(0)], 2, oneOfSeveral)).toBe(0);
  expect(chooseWorker([load(2, 2), load(0), load(0)], 2, oneOfSeveral)).toBe(1);
  // one worker alone is everybody's
  expect(chooseWorker([load(1)], 2, oneOfSeveral)).toBe(0);
});

test('a heavy owner has the second half of the workers alone', () => {
  expect(chooseWorker([load(0, 0, 0), load(1, 1, 1)], 2, heavy)).toBe(1);
  expect(chooseWorker([load(0, 0, 0), load(2, 2, 1)], 2, heavy)).toBeNull();
  expect(chooseWorker([load(0, 0, 0), load(0, 0, 1), load(1, 0, 2)], 2, heavy)).toBe(2);
  expect(chooseWorker([load(0, 0, 1), load(0, 0, 0)], 2, oneOfSeveral)).toBe(1);
  expect(chooseWorker([load(0)], 2, heavy)).toBe(0);
  // also while one of those is replaced
  expect(chooseWorker([load(0, 0, 0)], 2, heavy, 2)).toBeNull();
  expect(chooseWorker([load(0, 0, 0)], 2, oneOfSeveral, 2)).toBe(0);
});
