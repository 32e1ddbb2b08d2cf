import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { versionPaths } from '../../home.ts';
import type { Version } from '../../model.ts';
import type { RunOptions } from '../../request.ts';
import { supervisorOf } from '../../supervisor/lock.ts';
import { hasSlurm, needsSlurm, type SlurmCluster, startSlurm } from '../../testing/slurm.ts';
import { script, type TestJobs, testJobs } from '../../testing/with-jobs.ts';

describe.skipIf(!hasSlurm)(hasSlurm ? 'versions on a Slurm of two nodes' : needsSlurm, () => {
  let cluster: SlurmCluster;
  let own: TestJobs;
  beforeAll(async () => {
    cluster = await startSlurm({ nodes: 2 });
    own = await testJobs({ ...cluster.env, SEMBLANCE_SLURM_POLL_MS: '200' });
  });
  afterAll(async () => {
    await own?.[Symbol.asyncDispose]();
    await cluster?.stop();
  });

  const create = (
    text: string,
    options: Record<string, string> = {},
    run: RunOptions = {},
  ): Promise<Version> =>
    own.jobs.create('far', script(text), { ...run, executor: { name: 'slurm', options } });
  const log = (version: Version, worker = 0): Promise<string> =>
    readFile(versionPaths(own.jobs.home, version).workerLog(worker), 'utf8');
  const untilUp = async (version: Version): Promise<void> => {
    while (!(await log(version).catch(() => '')).includes('up\n')) await sleep(50);
  };
  const now = async ({ id }: Version): Promise<Version> => (await own.jobs.store.get(id))!;
  const untilReason = async (version: Version, pattern: RegExp): Promise<void> => {
    while (!pattern.test((await now(version)).reason)) {
      expect((await now(version)).endedMs).toBeNull();
      await sleep(50);
    }
  };
  const jobOf = (version: Version): string =>
    cluster
      .queue()
      .find((line) => line.includes(` ${own.jobs.store.id}:${version.id} `))!
      .split(' ')[0]!;
  const ask = (program: string, ...args: string[]): string =>
    execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe' });

  test('workers on several machines get torchrun’s variables, and find each other', async () => {
    const names = [
      'RANK',
      'WORLD_SIZE',
      'LOCAL_RANK',
      'LOCAL_WORLD_SIZE',
      'MASTER_ADDR',
      'MA_NUM_HOSTS',
      'VC_TASK_INDEX',
      'VC_WORKER_NUM',
      'VC_WORKER_HOSTS',
      'SLURM_PROCID',
    ];
    const text = `echo ${names.map((name) => `$${name}`).join(' ')}; echo port $MASTER_PORT on $SLURMD_NODENAME`;
    const version = await own.until(
      await create(text, { nodes: '2' }, { resources: { workers: 4 } }),
      'completed',
    );
    const said = await Promise.all([0, 1, 2, 3].map((worker) => log(version, worker)));
    const hosts = '127.0.0.1,127.0.0.1,127.0.0.1,127.0.0.1';
    for (const [rank, text] of said.entries())
      expect(text).toContain(`\n${rank} 4 ${rank % 2} 2 127.0.0.1 2 ${rank} 4 ${hosts} ${rank}\n`);
    expect(said.map((text) => /on (n\d)/.exec(text)?.[1])).toEqual(['n1', 'n1', 'n2', 'n2']);
    const ports = said.map((text) => /port (\d+)/.exec(text)?.[1]);
    expect(Number(ports[0])).toBeGreaterThanOrEqual(15000);
    expect(new Set(ports).size).toBe(1);
  });

  test('what waits says why, as the scheduler does, and ends where it is stopped', async () => {
    const held = { sbatch: '--hold' };
    const version = await create('echo ran', held);
    await untilReason(
      version,
      /^waits for a place to run: Slurm job \d+: JobHeldUser \(it is held: scontrol release \d+\)$/,
    );
    ask('scontrol', 'release', jobOf(version));
    await own.until(version, 'completed');
    expect(await log(version)).toContain('ran\n');
    const stopped = await create('echo ran', held);
    await untilReason(stopped, /JobHeldUser/);
    await own.jobs.stop(stopped);
    await own.until(stopped, 'stopped');
    expect(await log(stopped)).not.toContain('ran\n');
    await cluster.untilEmpty();
  });

  test('a job that is cancelled in Slurm is told of in Slurm’s words', async () => {
    const version = await create('echo up; sleep 600');
    await untilUp(version);
    ask('scancel', jobOf(version));
    expect(await own.until(version, 'failed')).toMatchObject({
      reason: expect.stringMatching(
        /^worker 0 was ended by SIGTERM \(Slurm job \d+ was cancelled in Slurm\)/,
      ),
      exitCode: 143,
    });
  });

  test('one that loses its node begins again, and no retry is used', async () => {
    const version = await create('[ $SEMBLANCE_ATTEMPT = 2 ] || { echo up; sleep 600; }', {
      sbatch: '--nodelist=n1',
    });
    await untilUp(version);
    ask('scontrol', 'update', 'nodename=n1', 'state=down', 'reason=test');
    while ((await now(version)).attempt < 2) await sleep(50);
    try {
      ask('scontrol', 'update', 'nodename=n1', 'state=resume');
    } catch {
      // it has come back by itself
    }
    expect(await own.until(version, 'completed')).toMatchObject({ attempt: 2, retriesLeft: 0 });
    const reasons = (await own.jobs.events({ versionId: version.id })).map(({ reason }) => reason);
    expect(reasons).toContainEqual(expect.stringMatching(/^Slurm job \d+ lost its node$/));
  });

  test('a supervisor that is killed while a job waits, runs or is over, is followed by one that knows', async () => {
    const kill = async (): Promise<void> => {
      const supervisor = supervisorOf(own.jobs.home);
      if (!supervisor) return;
      process.kill(supervisor.pid, 'SIGKILL');
      while (supervisorOf(own.jobs.home)?.pid === supervisor.pid) await sleep(20);
    };
    const text = 'echo "$SEMBLANCE_ATTEMPT" >> {job}/begun; while [ ! -e {job}/go ]; do sleep 0.05; done';
    const version = await create(text, { sbatch: '--hold' });
    const { dir } = versionPaths(own.jobs.home, version);
    await untilReason(version, /JobHeldUser/);
    await kill();
    const id = jobOf(version);
    ask('scontrol', 'release', id);
    await own.jobs.wakeIfActive();
    await untilReason(version, /^started$/);
    await kill();
    await writeFile(`${dir}/go`, '');
    while (cluster.queue().length > 0) await sleep(50);
    await own.until(version, 'completed');
    expect(await readFile(`${dir}/begun`, 'utf8')).toBe('1\n');
  });

  test('nodes that are away are waited for', async () => {
    ask('scontrol', 'update', 'nodename=ALL', 'state=drain', 'reason=test');
    const version = await create('true');
    await untilReason(version, /^waits for a place to run: Slurm job \d+: .*sinfo -R/);
    ask('scontrol', 'update', 'nodename=ALL', 'state=resume');
    await own.until(version, 'completed');
  });

  test('what the cluster would refuse is refused before anything is queued', async () => {
    const before = (await own.jobs.list()).length;
    await expect(create('true', { partition: 'gpus' })).rejects.toMatchObject({
      code: 'EXECUTOR_REFUSED',
      message: expect.stringMatching(
        /^Slurm refuses it: .*gpus.*; sinfo lists the partitions; name one with /,
      ),
    });
    await expect(create('true', {}, { resources: { workers: 9 } })).rejects.toMatchObject({
      message: expect.stringContaining('spread the workers with --executor-option nodes=N'),
    });
    await expect(create('true', { nodes: '2' }, { resources: { workers: 3 } })).rejects.toMatchObject({
      code: 'USAGE_INVALID_VALUE',
    });
    await expect(create('true', { partiton: 'main' })).rejects.toMatchObject({
      code: 'USAGE_UNKNOWN_FLAG',
    });
    const { PATH } = process.env;
    process.env.PATH = '/nowhere';
    await expect(create('true')).rejects.toMatchObject({
      code: 'EXECUTOR_UNAVAILABLE',
      message: expect.stringContaining('install Slurm'),
    });
    process.env.PATH = PATH;
    expect(await own.jobs.list()).toHaveLength(before);
  });
});
