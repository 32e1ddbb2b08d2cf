import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killAtRandom } from './testing/kill-harness.ts';

test('whatever is killed at whatever moment: no version is lost, none is in a state it was not in, nothing is left running', async () => {
  Object.assign(process.env, {
    SEMBLANCE_JOB_SLOTS: '4',
    SEMBLANCE_JOB_IDLE_MS: '300',
    SEMBLANCE_JOB_GRACE_MS: '1000',
    SEMBLANCE_JOB_SAMPLE_MS: '500',
  });
  const dir = await mkdtemp(join(tmpdir(), 'kills-'));
  const report = await killAtRandom({ dir, numKills: 12, seed: 1 });
  expect(report.problems).toEqual([]);
  expect(report.numKills).toBeGreaterThanOrEqual(12);
  await rm(dir, { recursive: true });
}, 240_000);
