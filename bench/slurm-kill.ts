/**
 * Kills the supervisor of jobs, slurmctld, slurmd, workers, their launchers, batch scripts, srun, slurmstepd and those
 * who submit jobs, by `kill -9` at random moments, on a Slurm of its own; then looks for a version that is lost, in a state
 * it was not in, or an output called complete that is not; for a process that is left, and a job in the queue.
 *
 *   node bench/slurm-kill.ts [200] [--seed 1]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killAtRandom } from '../packages/jobs/src/testing/kill-harness.ts';
import { hasSlurm, needsSlurm, startSlurm } from '../packages/jobs/src/testing/slurm.ts';
import { slurmKillEnv, slurmKills } from '../packages/jobs/src/testing/slurm-kills.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' } },
});
if (!hasSlurm) {
  console.error(needsSlurm);
  process.exit(1);
}
const cluster = await startSlurm({ cpus: 16 });
Object.assign(process.env, slurmKillEnv(cluster), { SEMBLANCE_JOB_SAMPLE_MS: '500' });
const dir = await mkdtemp(join(tmpdir(), 'slurm-kill-'));
const startMs = performance.now();
const report = await killAtRandom({
  dir,
  numKills: Number(positionals[0] ?? 200),
  seed: Number(values.seed),
  under: slurmKills(cluster, join(dir, 'home')),
  onKill: (done) => done % 20 === 0 && console.error(`${done} kills`),
});
console.log(
  JSON.stringify({ ...report, seconds: Math.round((performance.now() - startMs) / 1000) }, null, 2),
);
if (report.problems.length > 0) {
  console.error(`left to be looked at: ${dir}`);
  process.exitCode = 1;
} else await rm(dir, { recursive: true });
await cluster.stop();
