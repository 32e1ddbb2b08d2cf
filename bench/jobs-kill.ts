/**
 * Kills the supervisor of jobs, workers, their launchers, our own steps and those who make versions, by `kill -9` at
 * random moments, and then looks for a version that is lost, in a state it was not in, or an output called complete
 * that is not; and for a process that is left.
 *
 *   node bench/jobs-kill.ts [200] [--seed 1] [--slurm] [--postgres]
 *
 * `--slurm` runs versions on a Slurm of its own, whose daemons, batch scripts, srun and slurmstepd are killed as well; then no
 * job may be left in the queue. `--postgres` keeps versions in a PostgreSQL of its own, which is killed as well.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hasPostgres, needsPostgres, startPostgres } from '../packages/core/src/testing/postgres.ts';
import { killAtRandom } from '../packages/jobs/src/testing/kill-harness.ts';
import { hasSlurm, needsSlurm, startSlurm } from '../packages/jobs/src/testing/slurm.ts';
import { slurmKillEnv, slurmKills } from '../packages/jobs/src/testing/slurm-kills.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    slurm: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
  },
});
for (const [isWanted, isThere, needs] of [
  [values.slurm, hasSlurm, needsSlurm],
  [values.postgres, hasPostgres, needsPostgres],
] as const) {
  if (!isWanted || isThere) continue;
  console.error(needs);
  process.exit(1);
}
const cluster = values.slurm ? await startSlurm({ cpus: 16 }) : null;
const server = values.postgres ? await startPostgres() : null;
Object.assign(process.env, cluster && slurmKillEnv(cluster), {
  SEMBLANCE_JOB_SLOTS: '4',
  SEMBLANCE_JOB_IDLE_MS: '1000',
  SEMBLANCE_JOB_GRACE_MS: '1000',
  SEMBLANCE_JOB_SAMPLE_MS: '500',
});
const dir = await mkdtemp(join(tmpdir(), 'jobs-kill-'));
const startMs = performance.now();
const report = await killAtRandom({
  dir,
  numKills: Number(positionals[0] ?? 200),
  seed: Number(values.seed),
  ...(cluster && { under: slurmKills(cluster, join(dir, 'home')) }),
  ...(server && { database: { ...server, url: await server.newDatabase() } }),
  onKill: (done) => done % 20 === 0 && console.error(`${done} kills`),
});
console.log(
  JSON.stringify({ ...report, seconds: Math.round((performance.now() - startMs) / 1000) }, null, 2),
);
if (report.problems.length > 0) {
  console.error(`left to be looked at: ${dir}`);
  process.exitCode = 1;
} else await rm(dir, { recursive: true });
await cluster?.stop();
await server?.stop();
