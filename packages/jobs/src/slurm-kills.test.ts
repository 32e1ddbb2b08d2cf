import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killAtRandom } from './testing/kill-harness.ts';
import { hasSlurm, needsSlurm, startSlurm } from './testing/slurm.ts';
import { slurmKillEnv, slurmKills } from './testing/slurm-kills.ts';

test.skipIf(!hasSlurm)(
  hasSlurm ? 'whatever of Slurm is killed: no version is lost, and no job is left in the queue' : needsSlurm,
  async () => {
    const cluster = await startSlurm({ cpus: 16 });
    Object.assign(process.env, slurmKillEnv(cluster));
    const dir = await mkdtemp(join(tmpdir(), 'slurm-kills-'));
    const under = slurmKills(cluster, join(dir, 'home'));
    const report = await killAtRandom({ dir, numKills: 12, seed: 3, under });
    expect(report.problems).toEqual([]);
    expect(report.numKills).toBeGreaterThanOrEqual(12);
    await cluster.stop();
    await rm(dir, { recursive: true });
  },
  400_000,
);
