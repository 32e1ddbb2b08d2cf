import { afterAll, beforeAll, describe } from 'vitest';
import { hasSlurm, needsSlurm, type SlurmCluster, startSlurm } from '../../testing/slurm.ts';
import { describeExecutor } from '../executor-suite.ts';
import { MARK } from '../local.ts';
import { processesMarked } from '../process-table.ts';
import { slurmExecutor } from './slurm.ts';

const numAlive = (mark: string): number => processesMarked((value) => value === mark, MARK).length;

describe.skipIf(!hasSlurm)(hasSlurm ? 'on a Slurm of its own' : needsSlurm, () => {
  let cluster: SlurmCluster;
  beforeAll(async () => {
    cluster = await startSlurm();
    Object.assign(process.env, cluster.env);
  });
  afterAll(() => cluster?.stop());

  describeExecutor('slurm', async () => slurmExecutor({}, { pollMs: 100 }), numAlive, { isContained: true });
});
