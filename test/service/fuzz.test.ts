import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { failureText, fuzz } from './hostile/fuzz.ts';
import { startTarget, type Target } from './hostile/target.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

// 100,000 of them: bench/fuzz-service.ts
const REQUESTS = 750;

for (const compat of ['compreface', 'none'] as const) {
  let target: Target;
  beforeAll(async () => {
    target = await startTarget({ compat, hasJobs: compat === 'none' });
  });
  afterAll(() => target?.[Symbol.asyncDispose]());

  test(`requests of every kind to every route are answered or refused as the documents say (${compat})`, async () => {
    const { failures, statuses } = await fuzz(target, {
      requests: REQUESTS,
      seed: compat === 'none' ? 0 : 50_000,
    });
    expect(failures.map(failureText).slice(0, 10)).toEqual([]);
    expect(target.isAlive).toBe(true);
    // it is of no use to be refused everywhere at the door
    expect(statuses.get(200)).toBeGreaterThan(REQUESTS / 5);
  });
}
