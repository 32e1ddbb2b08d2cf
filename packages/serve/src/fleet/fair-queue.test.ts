import { expect, test } from 'vitest';
import { FairQueue } from './fair-queue.ts';

const drain = (queue: FairQueue<string>): string[] => {
  const order: string[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) order.push(next);
  return order;
};

test('one owner’s come in their order', () => {
  const queue = new FairQueue<string>();
  for (const item of ['1', '2', '3']) queue.push('a', item);
  expect(queue.size).toBe(3);
  expect(drain(queue)).toEqual(['1', '2', '3']);
  expect(queue.size).toBe(0);
  expect(queue.shift()).toBeUndefined();
});

test('owners take turns, however much one has waiting', () => {
  const queue = new FairQueue<string>();
  for (const item of ['a1', 'a2', 'a3', 'a4']) queue.push('a', item);
  queue.push('b', 'b1');
  queue.push('c', 'c1');
  queue.push('b', 'b2');
  expect(drain(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']);
});

test('one who comes back stands behind those who wait', () => {
  const queue = new FairQueue<string>();
  queue.push('a', 'a1');
  queue.push('b', 'b1');
  expect(queue.shift()).toBe('a1');
  queue.push('a', 'a2');
  expect(drain(queue)).toEqual(['b1', 'a2']);
});

test('what is no longer wanted is taken out', () => {
  const queue = new FairQueue<string>();
  queue.push('a', 'a1');
  queue.push('a', 'a2');
  expect(queue.remove('a', 'a1')).toBe(true);
  expect(queue.remove('a', 'a1')).toBe(false);
  expect(queue.remove('b', 'a2')).toBe(false);
  expect(queue.size).toBe(1);
  expect(drain(queue)).toEqual(['a2']);
});

test('an owner that may have nothing now is passed over and keeps its turn', () => {
  const queue = new FairQueue<string>();
  for (const item of ['a1', 'a2']) queue.push('a', item);
  queue.push('b', 'b1');
  expect(queue.shift((owner) => owner !== 'a')).toBe('b1');
  expect(queue.shift((owner) => owner !== 'a')).toBeUndefined();
  expect(queue.size).toBe(2);
  expect(drain(queue)).toEqual(['a1', 'a2']);
});
