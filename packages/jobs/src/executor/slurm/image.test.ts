import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { versionPaths } from '../../home.ts';
import type { Version } from '../../model.ts';
import { hasBuildah, needsBuildah } from '../../testing/buildah-store.ts';
import { type ShellImage, shellImage } from '../../testing/shell-image.ts';
import { hasSlurm, needsSlurm, type SlurmCluster, startSlurm } from '../../testing/slurm.ts';
import { numProcesses, script, type TestJobs, testJobs } from '../../testing/with-jobs.ts';

const isPossible = hasSlurm && hasBuildah;
const needs = hasSlurm ? needsBuildah : needsSlurm;

describe.skipIf(!isPossible)(isPossible ? 'an image on Slurm' : needs, () => {
  let cluster: SlurmCluster;
  let image: ShellImage;
  let own: TestJobs;
  beforeAll(async () => {
    image = await shellImage();
    cluster = await startSlurm({ nodes: 2 });
    own = await testJobs({ ...cluster.env, ...image.env, SEMBLANCE_SLURM_POLL_MS: '200' });
  });
  afterAll(async () => {
    await own?.[Symbol.asyncDispose]();
    await cluster?.stop();
    image?.remove();
  });
  const create = (text: string, workers: number): Promise<Version> =>
    own.jobs.create('boxed', script(text), {
      resources: { workers },
      executor: {
        name: 'slurm',
        options: { image: image.name, engine: 'buildah', nodes: String(workers) },
      },
    });
  const log = (version: Version, worker = 0): Promise<string> =>
    readFile(versionPaths(own.jobs.home, version).workerLog(worker), 'utf8');

  test('runs its entry point on each node, with what the nodes know', async () => {
    const text =
      'echo $IMAGE_GREETS $PATH $RANK/$WORLD_SIZE $LOCAL_RANK $MASTER_ADDR $SLURMD_NODENAME; mkdir -p {outputs}/r; echo done > {outputs}/r/$RANK';
    const version = await own.until(await create(text, 2), 'completed');
    for (const rank of [0, 1])
      expect(await log(version, rank)).toContain(`hello /bin ${rank}/2 0 127.0.0.1 n${rank + 1}\n`);
    expect(version.artifacts.map(({ path }) => path)).toEqual(['r/0', 'r/1']);
  });

  test('lets a worker that is stopped say goodbye, and leaves nothing', async () => {
    const version = await create(`trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.1; done`, 1);
    while (!(await log(version).catch(() => '')).includes('up\n')) await sleep(50);
    await own.jobs.stop(version);
    await own.until(version, 'stopped');
    expect(await log(version)).toContain('bye\n');
    expect(numProcesses(own.jobs.store.id)).toBe(0);
    await cluster.untilEmpty();
  });
});
