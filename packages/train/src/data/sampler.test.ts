import { Random } from '@semblance/core/random';
import { expect, test } from 'vitest';
import { grouped, sharded } from './orders.ts';
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

test('with shards, an epoch shows every sample once and reads from few shards at a time', () => {
  const [n, shardSize] = [40_000, 16]; // 2,500 shards
  const order = sharded(shardSize)(n, Random.of(3));
  expect([...order].sort((a, b) => a - b)).toEqual([...Array(n).keys()]);
  const windowOf = (from: number, to: number) =>
    new Set([...order.subarray(from, to)].map((i) => Math.floor(i / shardSize)));
  // the first 4,096 samples are those of 256 shards, which are not the first 256 of the file
  expect(windowOf(0, 4096).size).toBe(256);
  expect(Math.max(...windowOf(0, 4096))).toBeGreaterThan(2000);
  // and they are mixed: a batch of 64 touches many of them
  expect(windowOf(0, 64).size).toBeGreaterThan(40);

  const sampler = createSampler(103, 10, 1, sharded(4));
  expect(new Set(Array.from({ length: 10 }, (_, step) => [...sampler.batch(step)]).flat()).size).toBe(100);
  expect([...sampler.batch(0)]).toEqual([...createSampler(103, 10, 1, sharded(4)).batch(0)]);
});

test('grouped, an epoch shows every sample once, several of a class at a time', () => {
  // classes of 9, 4 and 6 samples, in turn
  const labels = [...Array(9).fill(0), ...Array(4).fill(1), ...Array(6).fill(2)];
  const order = grouped(labels, 4)(labels.length, Random.of(5));
  expect([...order].sort((a, b) => a - b)).toEqual([...labels.keys()]);
  const runs = [...order].reduce<number[][]>((all, i) => {
    const last = all.at(-1);
    if (last && last.length < 4 && labels[last[0]!] === labels[i]) last.push(i);
    else all.push([i]);
    return all;
  }, []);
  expect(runs.filter(({ length }) => length === 4).length).toBeGreaterThanOrEqual(4);
  expect([...grouped(labels, 4)(labels.length, Random.of(6))]).not.toEqual([...order]);
});
