import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadAllYaml } from '@kubernetes/client-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Executor, GroupSpec, WorkerGroup, WorkerSight } from '../executor.ts';
import { describeExecutor, PATIENCE } from '../executor-suite.ts';
import { MARK } from '../local.ts';
import { processesMarked } from '../process-table.ts';
import { kubernetesExecutor } from './kubernetes.ts';
import { groupName } from './names.ts';
import { readOptions } from './options.ts';
import { ApiServer } from './testing/api-server.ts';

let cluster: ApiServer;
let dir: string;
const before = process.env.KUBECONFIG;
beforeAll(async () => {
  cluster = await ApiServer.start({ hasKubeflow: true });
  dir = mkdtempSync(join(tmpdir(), 'kubernetes-'));
  process.env.KUBECONFIG = join(dir, 'kubeconfig');
  writeFileSync(process.env.KUBECONFIG, cluster.kubeconfig);
});
afterAll(async () => {
  if (before === undefined) delete process.env.KUBECONFIG;
  else process.env.KUBECONFIG = before;
  await cluster[Symbol.asyncDispose]();
  rmSync(dir, { recursive: true });
});

const numAlive = (mark: string): number => processesMarked((value) => value === mark, MARK).length;
const open = (options: Record<string, string> = {}): Promise<Executor> =>
  kubernetesExecutor(readOptions({ image: 'toy:1', claim: 'jobs', ...options }), tmpdir());

describeExecutor('kubernetes, Jobs', () => open({ object: 'job' }), numAlive, { isContained: true });
describeExecutor('kubernetes, PyTorchJobs', () => open({ object: 'pytorchjob' }), numAlive, {
  isContained: true,
});

describe('workers in a cluster', () => {
  let executor: Executor;
  let group: WorkerGroup;
  let count = 0;
  const kinds = ['Job', 'PyTorchJob', 'Pod', 'Secret', 'Service'];
  beforeEach(async () => {
    executor = await open({ object: 'job' });
    group = { mark: `kubernetes-${process.pid}:${++count}`, dir: join(dir, `group-${count}`), numWorkers: 1 };
  });
  afterEach(async () => {
    await executor.endLeftovers(group.mark);
    await executor.close!();
    // nothing is left of it in the cluster, once that has collected what has no owner
    const left = () => kinds.flatMap((kind) => cluster.store.list(kind)).map(({ metadata }) => metadata.name);
    await vi.waitFor(() => expect(left()).toEqual([]), PATIENCE);
  });

  const log = (worker = 0): string => join(dir, `log-${count}-${worker}`);
  const specOf = (script: string, limits: Partial<GroupSpec['limits']> = {}): GroupSpec => ({
    limits: { cpus: null, memoryBytes: null, nice: 0, ...limits },
    workers: Array.from({ length: group.numWorkers }, (_, i) => ({
      command: ['sh', '-c', script],
      env: { RANK: String(i), GROUP: String(count) },
      cwd: dir,
      stdout: log(i),
      stderr: log(i),
    })),
  });
  const until = (is: (sights: WorkerSight[]) => boolean, by = executor): Promise<WorkerSight[]> =>
    vi.waitFor(async () => {
      const sights = await by.look(group);
      if (!is(sights)) throw new Error(`waited in vain: ${JSON.stringify(sights)}`);
      return sights;
    }, PATIENCE);
  const hasEnded = (sights: WorkerSight[]): boolean =>
    sights.every(({ state }) => state !== 'running' && state !== 'absent' && state !== 'waiting');
  const text = (worker = 0): string => (existsSync(log(worker)) ? readFileSync(log(worker), 'utf8') : '');
  /** In a script: waits until {@link go} is called. */
  const untilGo = 'while [ ! -e "go-$GROUP" ]; do sleep 0.05; done';
  const go = (): void => writeFileSync(join(dir, `go-${count}`), '');
  const podName = (): string => cluster.store.list('Pod')[0]!.metadata.name;

  test('several find each other by the names of a headless service', async () => {
    group = { ...group, numWorkers: 2 };
    const name = groupName(group);
    expect(await executor.rendezvous!(group)).toEqual({
      hosts: [`${name}-0.${name}`, `${name}-1.${name}`],
      port: 29500,
    });
    await executor.start(group, specOf('echo $RANK $HOSTNAME'));
    await until(hasEnded);
    expect([text(0), text(1)]).toEqual([`0 ${name}-0\n`, `1 ${name}-1\n`]);
    expect(cluster.store.list('Service')[0]!.spec).toMatchObject({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
    });
    expect(cluster.store.list('Pod')[0]!.spec.subdomain).toBe(name);
  });

  test('take Kubeflow’s object where the cluster has it, unless the version says otherwise', async () => {
    group = { ...group, numWorkers: 3 };
    const chooses = await open();
    const name = groupName(group);
    expect((await chooses.rendezvous!(group)).hosts).toEqual([
      `${name}-master-0`,
      `${name}-worker-0`,
      `${name}-worker-1`,
    ]);
    await chooses.start(group, specOf('echo $RANK of $WORLD_SIZE at $MASTER_ADDR'));
    expect((await until(hasEnded, chooses)).map((sight) => sight.state === 'ended' && sight.code)).toEqual([
      0, 0, 0,
    ]);
    expect(text(2)).toBe(`2 of 3 at ${name}-master-0\n`);
    await chooses.close!();
  });

  test('an object that the cluster has not is refused, and those that it has are named', async () => {
    const wants = await open({ object: 'trainjob' });
    await expect(wants.start(group, specOf('true'))).rejects.toThrow(
      'the cluster has no trainjob; it has pytorchjob, job',
    );
    await wants.close!();
  });

  test('hidden variables are in a secret that the pods name, and go with the job', async () => {
    await executor.start(group, specOf('echo "<$KEY>"; sleep 0.3'), { KEY: 'hidden $(HOME) value' });
    await until(hasEnded);
    expect(text()).toBe('<hidden $(HOME) value>\n');
    expect(JSON.stringify(['Pod', 'Job'].map((kind) => cluster.store.list(kind)))).not.toContain('hidden');
    expect(cluster.store.list('Secret')).toHaveLength(1);
  });

  test('each line is in the log once, whatever is cut and forgotten on the way', async () => {
    await executor.start(
      group,
      specOf('for i in $(seq 1 200); do echo line $i; [ $((i % 10)) -gt 0 ] || sleep 0.05; done'),
    );
    for (let i = 0; i < 5; i++) {
      await sleep(150);
      await executor.look(group);
      cluster.store.compact();
      cluster.cut();
    }
    await until(hasEnded);
    expect(text()).toBe(Array.from({ length: 200 }, (_, i) => `line ${i + 1}\n`).join(''));
  });

  test('whoever supervises next finds what runs, its log and its end', async () => {
    const first = await open({ object: 'job' });
    await first.start(group, specOf(`echo one; ${untilGo}; echo two; exit 7`));
    await until(() => text() === 'one\n', first);
    await first.close!();
    // what it had appended without writing down how far
    writeFileSync(log(), 'one\ntw');
    await until(([sight]) => sight!.state === 'running');
    go();
    expect(await until(hasEnded)).toMatchObject([{ state: 'ended', code: 7 }]);
    expect(text()).toBe('one\ntwo\n');
  });

  test('an end that nobody saw is known from the pod, from its script, and for good', async () => {
    await executor.start(group, specOf('sleep 0.2; exit 6'));
    const job = cluster.store.list('Job')[0]!.metadata.name;
    while (!cluster.store.list('Pod').some(({ status }) => status.phase === 'Failed')) await sleep(20);
    const late = await open({ object: 'job' });
    cluster.store.remove('Pod', podName());
    expect(await until(hasEnded, late)).toMatchObject([{ state: 'ended', code: 6 }]);
    cluster.store.remove('Job', job);
    await late.close!();
    await executor.start(group, specOf('exit 1'));
    expect(await executor.look(group)).toMatchObject([{ state: 'ended', code: 6 }]);
    expect(cluster.store.list('Job')).toEqual([]);
  });

  test('a job that somebody deleted is gone, and says so', async () => {
    await executor.start(group, specOf('touch up; sleep 600'));
    await until(([sight]) => sight!.state === 'running');
    cluster.store.remove('Job', groupName(group));
    const pod = podName();
    await executor.end(group, true);
    expect(await until(hasEnded)).toMatchObject([{ state: expect.stringMatching(/gone|ended/) }]);
    expect(pod).toContain(groupName(group));
    expect(numAlive(group.mark)).toBe(0);
  });

  test.each([
    [
      'an image that is not there',
      { image: 'no-such:1' },
      {},
      'ImagePullBackOff: Back-off pulling image "no-such:1"',
    ],
    [
      'a GPU that no node has',
      {},
      { gpus: 1 },
      'Unschedulable: 0/1 nodes are available: 1 Insufficient nvidia.com/gpu.',
    ],
    [
      'a secret that there is not',
      { secrets: 's3-keys' },
      {},
      'CreateContainerConfigError: secret "s3-keys" not found',
    ],
  ])('%s is waited for, and said', async (_, options, limits, why) => {
    const waits = await open({ object: 'job', ...options });
    await waits.start(group, specOf('true', limits));
    const [sight] = await until(([sight]) => sight!.state === 'waiting' && sight!.why !== undefined, waits);
    expect(sight).toEqual({ state: 'waiting', why });
    await waits.end(group, false);
    expect(await until(hasEnded, waits)).toEqual([{ state: 'barred' }]);
    await waits.close!();
  });

  test('what was killed for its memory says so', async () => {
    await executor.start(group, specOf('echo up; sleep 600', { memoryBytes: 2 ** 28 }));
    await until(() => text() === 'up\n');
    cluster.kubelet.runOutOfMemory(podName());
    expect(await until(hasEnded)).toMatchObject([
      { state: 'ended', code: 137, why: 'OOMKilled: it used more memory than its limit of 268435456 bytes' },
    ]);
  });

  test('an API server that is away loses nothing', async () => {
    await executor.start(group, specOf(`echo one; ${untilGo}; echo two; exit 3`));
    await until(() => text() === 'one\n');
    await cluster.close();
    expect(await executor.look(group)).toEqual([{ state: 'running' }]);
    const next = await open({ object: 'job' });
    expect(await next.look(group)).toMatchObject([
      { state: 'waiting', why: expect.stringContaining('does not answer') },
    ]);
    await expect(next.start({ ...group, dir: join(dir, 'another') }, specOf('true'))).rejects.toThrow(
      /cannot be asked/,
    );
    // a log is one supervisor's to follow
    await next.close!();
    go();
    while (!cluster.store.list('Pod').some(({ status }) => status.phase === 'Failed')) await sleep(20);
    await cluster.open();
    expect(await until(hasEnded)).toMatchObject([{ state: 'ended', code: 3 }]);
    expect(text()).toBe('one\ntwo\n');
  });
});

test('where there is no cluster to ask, it says what to do', async () => {
  const kept = process.env.KUBECONFIG;
  const home = process.env.HOME;
  process.env.HOME = dir;
  try {
    delete process.env.KUBECONFIG;
    await expect(open()).rejects.toMatchObject({
      code: 'JOBS_UNSUPPORTED',
      message: expect.stringContaining('KUBECONFIG'),
    });
    process.env.KUBECONFIG = kept;
    await expect(open({ context: 'prod' })).rejects.toThrow(
      "the kubeconfig has no context 'prod'; it has toy",
    );
  } finally {
    process.env.KUBECONFIG = kept;
    process.env.HOME = home;
  }
});

test('the role that is delivered lets it do all that it has done here', () => {
  const documents = readFileSync(
    new URL('../../../../../deploy/kubernetes/training.yaml', import.meta.url),
    'utf8',
  );
  const { rules } = (loadAllYaml(documents) as { kind: string; rules: Rule[] }[]).find(
    ({ kind }) => kind === 'Role',
  )!;
  const verbs: Record<string, string> = { GET: 'get', POST: 'create', PATCH: 'patch', DELETE: 'delete' };
  const refused = new Set<string>();
  let numAsked = 0;
  for (const line of cluster.requests) {
    const [, method, api, resource, name, part] =
      /^(\w+) \/(?:api|apis)\/(.+?)\/namespaces\/training\/([^/]+)(?:\/([^/]+)(?:\/(.+))?)?$/.exec(line) ??
      [];
    // what the cluster can do may be asked by everybody
    if (method === undefined) continue;
    numAsked++;
    const verb = name === undefined && method === 'GET' ? 'list' : verbs[method]!;
    const group = api!.includes('/') ? api!.split('/')[0]! : '';
    const what = part === undefined ? resource! : `${resource}/${part}`;
    const may = rules.some(
      (rule) => rule.apiGroups.includes(group) && rule.resources.includes(what) && rule.verbs.includes(verb),
    );
    if (!may) refused.add(`${verb} ${group}/${what}`);
  }
  expect(numAsked).toBeGreaterThan(100);
  expect([...refused]).toEqual([]);
  expect(rules.find(({ resources }) => resources.includes('pods'))!.verbs).toContain('watch');
});
interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}
