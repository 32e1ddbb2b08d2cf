import { expect, test, vi } from 'vitest';
import { BufferPool } from './buffers.ts';

const allocate = (length: number) => new Float32Array(length);

test('what was given back is lent again, also for less', () => {
  const made = vi.fn(allocate);
  const pool = new BufferPool(made, 2);
  const first = pool.borrow(800);
  pool.giveBack(first);
  const less = pool.borrow(100);
  expect(less.length).toBe(100);
  expect(less.buffer).toBe(first.buffer);
  pool.giveBack(less);
  expect(pool.borrow(800).buffer).toBe(first.buffer);
  expect(made).toHaveBeenCalledTimes(1);
});

test('two borrowers never share one, and the smallest that fits is taken', () => {
  const pool = new BufferPool(allocate, 2);
  const [small, large] = [pool.borrow(10), pool.borrow(20)];
  expect(small.buffer).not.toBe(large.buffer);
  pool.giveBack(large);
  pool.giveBack(small);
  expect(pool.borrow(8).buffer).toBe(small.buffer);
  expect(pool.borrow(8).buffer).toBe(large.buffer);
});

test('an enormous one is not taken for little, and goes when others have come', () => {
  const made = vi.fn(allocate);
  const pool = new BufferPool(made, 1);
  pool.giveBack(pool.borrow(1000));
  const little = pool.borrow(10);
  expect(little.buffer.byteLength).toBe(40);
  pool.giveBack(little);
  expect(pool.borrow(1000).buffer.byteLength).toBe(4000);
  expect(made).toHaveBeenCalledTimes(3);
});
