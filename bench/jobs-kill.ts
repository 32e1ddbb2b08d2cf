/**
 * Kills the supervisor of jobs, workers, their launchers, our own steps and those who make versions, by `kill -9` at
 * random moments, and then looks for a version that is lost, in a state it was not in, or an output called complete
 * that is not; and for a process that is left.
 *
 *   node bench/jobs-kill.ts [200] [--seed 1]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killAtRandom } from '../packages/jobs/src/testing/kill-harness.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' } },
});
Object.assign(process.env, {
  SEMBLANCE_JOB_SLOTS: '4',
  SEMBLANCE_JOB_IDLE_MS: '1000',
  SEMBLANCE_JOB_GRACE_MS: '1000',
  SEMBLANCE_JOB_SAMPLE_MS: '500',
});
const dir = await mkdtemp(join(tmpdir(), 'jobs-kill-'));
const numKills = Number(positionals[0] ?? 200);
const startMs = performance.now();
const report = await killAtRandom({
  dir,
  numKills,
  seed: Number(values.seed),
  onKill: (done) => done % 20 === 0 && console.error(`${done} kills`),
});
console.log(
  JSON.stringify({ ...report, seconds: Math.round((performance.now() - startMs) / 1000) }, null, 2),
);
if (report.problems.length > 0) {
  console.error(`left to be looked at: ${dir}`);
  process.exitCode = 1;
} else await rm(dir, { recursive: true });
