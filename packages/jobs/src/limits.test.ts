import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { script, type TestJobs, testJobs } from './testing/with-jobs.ts';

// a supervisor and workers are started: on a busy machine that takes its time
vi.setConfig({ testTimeout: 120_000 });

let own: TestJobs;
beforeAll(async () => {
  own = await testJobs();
});
afterAll(() => own[Symbol.asyncDispose]());

describe('a version', () => {
  test('is ended when it runs too long or takes too much memory', async () => {
    const slow = await own.jobs.create('limits', script('sleep 600'), { timeoutMs: 300 });
    const large = await own.jobs.create(
      'limits',
      {
        ...script(''),
        command: [process.execPath, '-e', 'const a = Buffer.alloc(3e8, 1); setInterval(() => a, 1e6)'],
      },
      { resources: { memoryBytes: 2e8 } },
    );
    expect(await own.until(slow)).toMatchObject({ state: 'failed', reason: 'it ran longer than 0.3 s' });
    const ended = await own.jobs.find('limits/V0001');
    expect((await own.jobs.hint(ended))?.fix).toContain('--timeout 24h');
    await expect(own.jobs.resume(slow, { timeoutMs: 0 })).rejects.toMatchObject({
      code: 'USAGE_INVALID_VALUE',
    });
    // another limit holds from the next attempt on, and stays
    await own.jobs.resume(slow, { timeoutMs: 400 });
    expect(await own.until(slow)).toMatchObject({ attempt: 2, reason: 'it ran longer than 0.4 s' });
    await own.jobs.resume(slow);
    expect(await own.until(slow)).toMatchObject({ attempt: 3, reason: 'it ran longer than 0.4 s' });
    const version = await own.until(large);
    expect(version.state).toBe('failed');
    expect(version.reason).toMatch(/more than its limit of 191 MiB/);
  });
});
