import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** 0 where the request is let through, else the milliseconds to wait. */
const waits = async (limit: (key: string) => Promise<void>, key: string, times = 1): Promise<number[]> => {
  const found: number[] = [];
  for (let i = 0; i < times; i++) {
    found.push(
      await limit(key).then(
        () => 0,
        (error) => error.details.retryMs,
      ),
    );
  }
  return found;
};

test('lets a burst through, then as many as the average allows, for each key apart', async () => {
  const limit = createRateLimit({ perSecond: 4, burst: 3 });
  expect(await waits(limit, 'a', 4)).toEqual([0, 0, 0, 250]);
  expect(await waits(limit, 'b')).toEqual([0]);
  vi.advanceTimersByTime(500);
  expect(await waits(limit, 'a', 3)).toEqual([0, 0, 250]);
  vi.advanceTimersByTime(10_000);
  expect(await waits(limit, 'a', 4)).toEqual([0, 0, 0, 250]);
});

test('one that floods is let through evenly', async () => {
  const limit = createRateLimit({ perSecond: 100, burst: 200 });
  await waits(limit, 'a', 1000);
  for (let i = 0; i < 20; i++) {
    vi.advanceTimersByTime(50);
    expect((await waits(limit, 'a', 50)).filter((ms) => ms === 0).length).toBeCloseTo(5, -1);
  }
});

test('less than one a second', async () => {
  const limit = createRateLimit({ perSecond: 0.7, burst: 1.4 });
  expect(await waits(limit, 'a', 2)).toEqual([0, expect.closeTo(600 / 0.7, -1)]);
  vi.advanceTimersByTime(1500);
  expect(await waits(limit, 'a')).toEqual([0]);
});

test('what is refused has the code of the table', async () => {
  const limit = createRateLimit({ perSecond: 1, burst: 1 });
  await limit('a');
  await expect(limit('a')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});
