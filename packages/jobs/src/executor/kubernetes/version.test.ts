import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { versionPaths } from '../../home.ts';
import type { Version } from '../../model.ts';
import { supervisorOf } from '../../supervisor/lock.ts';
import { script, type TestJobs, testJobs } from '../../testing/with-jobs.ts';
import type { GroupSpec } from '../executor.ts';
import { readOptions } from './options.ts';
import { ApiServer } from './testing/api-server.ts';
import { workKinds } from './work-objects.ts';

let cluster: ApiServer;
let own: TestJobs;
let dir: string;
beforeAll(async () => {
  cluster = await ApiServer.start();
  dir = mkdtempSync(join(tmpdir(), 'kubernetes-version-'));
  writeFileSync(join(dir, 'kubeconfig'), cluster.kubeconfig);
  own = await testJobs({ KUBECONFIG: join(dir, 'kubeconfig') });
});
afterAll(async () => {
  await own[Symbol.asyncDispose]();
  await cluster[Symbol.asyncDispose]();
  delete process.env.KUBECONFIG;
  rmSync(dir, { recursive: true });
});

const inCluster = { name: 'kubernetes', options: { image: 'toy:1', claim: 'jobs' } };
const log = (version: Version, worker: number): string =>
  readFileSync(versionPaths(own.jobs.home, version).workerLog(worker), { encoding: 'utf8', flag: 'a+' });

describe('a version in a cluster', () => {
  test('goes on while its supervisor is killed, and the next one finds it', async () => {
    const text =
      'echo $RANK/$WORLD_SIZE local $LOCAL_RANK/$LOCAL_WORLD_SIZE at $MASTER_ADDR:$MASTER_PORT; ' +
      'echo result > {outputs}/result-$RANK; while [ ! -e {job}/go ]; do sleep 0.05; done; echo done';
    const made = await own.jobs.create('far', script(text), {
      executor: inCluster,
      resources: { workers: 2, memoryBytes: 2 ** 30 },
    });
    await own.until(made, 'running');
    while (![0, 1].every((worker) => log(made, worker).includes(' local '))) await sleep(20);
    process.kill(supervisorOf(own.jobs.home)!.pid, 'SIGKILL');
    while (supervisorOf(own.jobs.home)) await sleep(20);
    writeFileSync(join(versionPaths(own.jobs.home, made).dir, 'go'), '');
    const version = await own.until(made, 'completed');
    const host = /far-v0001-work-[0-9a-f]+/.exec(log(version, 0))![0];
    const rendezvous = `at ${host}-0.${host}:29500`;
    const expected = (worker: number): string =>
      `[worker ${worker}] attempt 1 begins\n${worker}/2 local 0/1 ${rendezvous}\ndone\n`;
    expect([log(version, 0), log(version, 1)]).toEqual([expected(0), expected(1)]);
    expect(version.artifacts.map(({ path }) => path)).toEqual(['result-0', 'result-1']);
    expect(cluster.requests.filter((line) => line.startsWith('POST') && line.endsWith('/jobs'))).toHaveLength(
      1,
    );
    expect(cluster.store.list('Job')).toEqual([]);
  });

  test('says what it waits for, and can be stopped while it waits', async () => {
    const made = await own.jobs.create('far', script('true'), {
      executor: inCluster,
      resources: { gpus: 2 },
    });
    let reason = '';
    while (!reason.includes('Insufficient')) {
      await sleep(50);
      ({ reason } = (await own.jobs.store.get(made.id))!);
    }
    expect(reason).toBe(
      'waits for a place to run: Unschedulable: 0/1 nodes are available: 1 Insufficient nvidia.com/gpu.',
    );
    await own.jobs.stop(made);
    expect((await own.until(made, 'stopped')).reason).toBe('stopped on request');
  });

  test('may wait longer than it may run', async () => {
    const made = await own.jobs.create('far', script('true'), {
      executor: inCluster,
      resources: { gpus: 2 },
      timeoutMs: 600_000,
    });
    const now = async (): Promise<Version> => (await own.jobs.store.get(made.id))!;
    while (!(await now()).reason.includes('Insufficient')) await sleep(50);
    // as if it had been given no more than it took to come so far, which only this machine knows
    const { spec, startedMs } = await now();
    const timeoutMs = Date.now() - startedMs! + 100;
    await own.jobs.store.update(made.id, { spec: { ...spec, timeoutMs } });
    while (Date.now() - startedMs! < timeoutMs + 1500) await sleep(50);
    expect(await now()).toMatchObject({ state: 'running', ending: null });
    await own.jobs.stop(made);
    expect((await own.until(made, 'stopped')).reason).toBe('stopped on request');
  });

  test('fails by its own code, and keeps the other worker’s log', async () => {
    // it fails once the other has spoken
    const text =
      '[ $RANK -eq 0 ] || { while [ ! -e {job}/spoken ]; do sleep 0.05; done; exit 9; }; echo $RANK; touch {job}/spoken; sleep 600';
    const made = await own.jobs.create('far', script(text), {
      executor: inCluster,
      resources: { workers: 2 },
    });
    const version = await own.until(made, 'failed');
    expect(version).toMatchObject({ exitCode: 9, reason: 'worker 1 ended with exit code 9' });
    expect(log(version, 0)).toContain('\n0\n');
  });

  test('without an image, or with inputs that pods would not find, is refused before it is queued', async () => {
    const before = (await own.jobs.list({})).length;
    const train = { task: 'custom', options: {}, parameters: {}, command: ['true'], outputs: {} };
    await expect(own.jobs.create('far', train, { executor: 'kubernetes' })).rejects.toMatchObject({
      code: 'USAGE_MISSING_ARGUMENT',
    });
    expect((await own.jobs.list({})).length).toBe(before);
  });
});

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
const title = hasKubectl
  ? 'kubectl takes'
  : 'kubectl takes (skipped: there is no kubectl; semblance setup tests installs it)';
describe.skipIf(!hasKubectl)(title, () => {
  const options = readOptions(inCluster.options);
  test.each([
    ['job', 1, 0],
    ['job', 1, 1],
    ['job', 4, 0],
    ['job', 4, 4],
  ])('a %s of %i workers with %i GPUs', async (object, numWorkers, gpus) => {
    const spec: GroupSpec = {
      limits: { cpus: 2, memoryBytes: 2 ** 30, nice: 0, gpus: gpus / numWorkers },
      workers: Array.from({ length: numWorkers }, (_, i) => ({
        command: ['semblance', 'train'],
        env: { RANK: String(i) },
        cwd: '/jobs',
        stdout: `/jobs/${i}`,
        stderr: `/jobs/${i}`,
      })),
    };
    const group = { mark: 's:1', dir: '/jobs/a', numWorkers };
    const made = workKinds
      .find((kind) => kind.object === object)!
      .make(group, spec, { options, home: '/jobs', secret: null }, { hasIndexLimits: true });
    const args = ['create', '--dry-run=client', '--validate=false', '-o', 'json', '-f', '-'];
    // it asks the cluster which kinds there are
    const kubectl = execFile('kubectl', ['--kubeconfig', join(dir, 'kubeconfig'), ...args], {
      env: { PATH: process.env.PATH, HOME: dir },
    });
    kubectl.stdin!.end(JSON.stringify(made));
    const [printed, errors] = await Promise.all([kubectl.stdout!.toArray(), kubectl.stderr!.toArray()]);
    expect(errors.join('')).toBe('');
    expect(JSON.parse(printed.join(''))).toMatchObject({ kind: 'Job', spec: { completions: numWorkers } });
  });
});
