import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ranMs } from './run-time.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'run-time-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('what an attempt waits in a queue does not count, whoever looks and how often it waits', () => {
  const ran = (isWaiting: boolean, nowMs: number) => ranMs({ dir }, 1000, isWaiting, nowMs);
  expect(ran(false, 1500)).toBe(500); // inputs were brought
  expect([2000, 3000, 9000].map((now) => ran(true, now))).toEqual([1000, 1000, 1000]);
  expect([10_000, 12_000].map((now) => ran(false, now))).toEqual([1000, 3000]);
  // its place was taken away
  expect([13_000, 20_000].map((now) => ran(true, now))).toEqual([4000, 4000]);
  expect(ran(false, 21_000)).toBe(4000);
  expect(ran(false, 22_000)).toBe(5000);
});

test('one that never waits has run since it was started, and leaves no file', async () => {
  expect(ranMs({ dir: join(dir, 'not-there') }, 1000, false, 4000)).toBe(3000);
});
