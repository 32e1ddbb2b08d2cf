import { expect, test } from 'vitest';
import { createSampler } from './sampler.ts';

test('an epoch shows every sample of its full batches once', () => {
  const sampler = createSampler(103, 10, 1);
  expect(sampler.batchesPerEpoch).toBe(10);
  const seen = new Set<number>();
  for (let step = 0; step < 10; step++) for (const i of sampler.batch(step)) seen.add(i);
  expect(seen.size).toBe(100);
});

test('a batch is a function of the seed and the step alone', () => {
  const forwards = createSampler(50, 8, 9);
  const expected = Array.from({ length: 20 }, (_, step) => [...forwards.batch(step)]);
  const resumed = createSampler(50, 8, 9);
  for (const step of [13, 2, 19, 7]) expect([...resumed.batch(step)]).toEqual(expected[step]);
  expect([...createSampler(50, 8, 10).batch(0)]).not.toEqual(expected[0]);
});

test('epochs differ in their order', () => {
  const sampler = createSampler(64, 64, 4);
  expect([...sampler.batch(0)]).not.toEqual([...sampler.batch(1)]);
  expect(sampler.position(1)).toEqual({ epoch: 1, batch: 0 });
});

test('a set smaller than a batch is repeated', () => {
  const sampler = createSampler(3, 8, 2);
  const batch = sampler.batch(0);
  expect(batch.length).toBe(8);
  expect(new Set(batch).size).toBe(3);
});
