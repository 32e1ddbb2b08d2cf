import { expect, test } from 'vitest';
import { TokenBuckets } from './token-bucket.ts';

test('lets a burst through, then the rate, for each key apart', () => {
  let nowMs = 0;
  const buckets = new TokenBuckets({ perSecond: 4, burst: 3 }, () => nowMs);
  expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 250]);
  expect(buckets.take('b')).toBe(0);
  nowMs = 125;
  expect(buckets.take('a')).toBe(125);
  nowMs = 250;
  expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 250]);
  nowMs = 1e6;
  expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 250]);
});
