import { setTimeout as sleep } from 'node:timers/promises';
import type { Version } from '@semblance/jobs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasSlurm, needsSlurm, type SlurmCluster, startSlurm } from '../../../../jobs/src/testing/slurm.ts';
import { type TestJobs, testJobs } from '../../../../jobs/src/testing/with-jobs.ts';
import { writeToyPeople } from '../../../../train/src/testing/toy-people.ts';
import { jobParts } from './index.ts';
import { taskOfCommand } from './task-of-command.ts';

// each version starts the engine twice, which takes its time on a busy machine
vi.setConfig({ testTimeout: 300_000 });

describe.skipIf(!hasSlurm)(hasSlurm ? 'a training of two workers' : needsSlurm, () => {
  let cluster: SlurmCluster;
  let own: TestJobs;
  let here: Version;
  beforeAll(async () => {
    cluster = await startSlurm({ nodes: 2 });
    own = await testJobs(
      { ...cluster.env, SEMBLANCE_JOB_SLOTS: '1', SEMBLANCE_SLURM_POLL_MS: '200' },
      jobParts,
    );
    await writeToyPeople(`${own.dir}/people`, 3, 10);
    here = await own.until(await create(), 'completed');
  }, 300_000);
  afterAll(async () => {
    await own?.[Symbol.asyncDispose]();
    await cluster?.stop();
  });

  const settings = [
    ...['epochs=4', 'batchSize=8', 'inputSize=32', 'embeddingSize=16', 'backboneOptions.width=0.125'],
    ...['checkpointSteps=3', 'valPerPerson=2', 'threads=1', 'workers=0', 'device=cpu'],
  ];
  const create = (options?: Record<string, string>, retries = 0): Promise<Version> =>
    own.jobs.create(
      'pair',
      taskOfCommand([
        ...['train', 'recognition', '--data', `${own.dir}/people`],
        ...settings.flatMap((setting) => ['--set', setting]),
      ]),
      {
        resources: { workers: 2 },
        retries,
        ...(options ? { executor: { name: 'slurm', options } } : {}),
      },
    );
  const losses = async (version: Version) => (await own.jobs.curves(version)).loss;
  const weights = ({ artifacts }: Version) =>
    artifacts.find(({ path }) => path === 'model/model.safetensors')?.sha256;

  test('has the same losses and weights here, on Slurm, and on two of its nodes', async () => {
    expect(await losses(here)).toHaveLength(12);
    for (const nodes of ['1', '2']) {
      const far = await own.until(await create({ nodes }), 'completed');
      expect(await losses(far)).toEqual(await losses(here));
      expect(weights(far)).toBe(weights(here));
    }
  });

  test('that is killed on Slurm goes on from its checkpoint, with the same result', async () => {
    let ended: Version;
    do {
      const made = await create({ nodes: '2' }, 1);
      while (((await losses(made))?.length ?? 0) < 5) await sleep(20);
      own.kill(made);
      ended = await own.until(made, 'completed');
    } while (ended.attempt === 1); // a busy machine may be done with all of it before
    expect(ended).toMatchObject({ attempt: 2, retriesLeft: 0 });
    expect(await losses(ended)).toEqual(await losses(here));
    expect(weights(ended)).toBe(weights(here));
  });
});
