import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { PodTemplate } from 'kubernetes-models/v1/PodTemplate';
import { Secret } from 'kubernetes-models/v1/Secret';
import { Service } from 'kubernetes-models/v1/Service';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anySpec } from '../../testing/any-version.ts';
import type { GroupSpec, WorkerGroup } from '../executor.ts';
import { environmentSecret, rendezvousService } from './dependents.ts';
import { kubernetes } from './kind.ts';
import { groupName, markLabel } from './names.ts';
import { readOptions } from './options.ts';
import type { PodPlace } from './pod.ts';
import { barredObject, type WorkObject, workKinds } from './work-objects.ts';

const group = (numWorkers: number): WorkerGroup => ({
  mark: 'a1b2:7',
  dir: '/jobs/versions/faces/V0003/attempts/1/work',
  numWorkers,
  title: 'faces/V0003 work',
});
const specOf = (numWorkers: number, gpus: number): GroupSpec => ({
  limits: { cpus: 4, memoryBytes: 2 ** 33, nice: 0, gpus },
  workers: Array.from({ length: numWorkers }, (_, i) => ({
    command: ['semblance', 'train', 'recognition', '--data', '/jobs/in'],
    env: { RANK: String(i), WORLD_SIZE: String(numWorkers), SEMBLANCE_JOB: 'faces/V0003' },
    cwd: '/jobs/versions/faces/V0003',
    stdout: i === 0 ? '/jobs/out/results.jsonl' : `/jobs/logs/worker-${i}.log`,
    stderr: `/jobs/logs/worker-${i}.log`,
  })),
});
const options = readOptions({
  image: 'registry.example/faces:3',
  claim: 'jobs',
  volumes: 'faces:/srv/faces',
  secrets: 's3-keys',
  'service-account': 'trainer',
  'pull-secret': 'registry',
  'node-selector': 'disk=ssd',
  tolerations: 'gpu=yes:NoSchedule,spot',
  user: '1000:1000',
});
const place: PodPlace = { options, home: '/jobs', secret: null };
const make = (object: string, numWorkers: number, gpus: number, hasIndexLimits = true): WorkObject =>
  workKinds
    .find((kind) => kind.object === object)!
    .make(group(numWorkers), specOf(numWorkers, gpus), place, { hasIndexLimits });

/** Throws by the validators that are made from Kubernetes' published OpenAPI. */
const check = (Model: new (data: never) => { validate(): void }, object: unknown): void =>
  new Model(object as never).validate();

describe.each([1, 4])('a version of %i workers', (numWorkers) => {
  test.each([0, 1])('with %i GPUs each is a Job that Kubernetes takes', (gpus) => {
    for (const hasIndexLimits of [true, false]) {
      const job = make('job', numWorkers, gpus, hasIndexLimits);
      check(Job as never, job);
      expect(job.spec).toMatchObject({
        completionMode: 'Indexed',
        completions: numWorkers,
        parallelism: numWorkers,
      });
      const { resources } = (job.spec as { template: { spec: { containers: { resources: unknown }[] } } })
        .template.spec.containers[0]!;
      const wanted = { cpu: '4', memory: '8589934592', ...(gpus ? { 'nvidia.com/gpu': '1' } : {}) };
      expect(resources).toEqual({ requests: wanted, limits: wanted });
    }
  });

  test('has pods of Kubernetes in Kubeflow’s objects', () => {
    const { spec } = make('pytorchjob', numWorkers, 1) as unknown as {
      spec: { pytorchReplicaSpecs: Record<string, { replicas: number; template: object }> };
    };
    const replicas = Object.values(spec.pytorchReplicaSpecs);
    expect(replicas.reduce((sum, { replicas }) => sum + replicas, 0)).toBe(numWorkers);
    for (const { template } of replicas)
      check(PodTemplate as never, { apiVersion: 'v1', kind: 'PodTemplate', template });
    // its operator says who the master is
    expect(JSON.stringify(spec)).not.toContain('WORLD_SIZE');
    const { trainer, podTemplateOverrides } = (
      make('trainjob', numWorkers, 1) as unknown as {
        spec: { trainer: Record<string, object>; podTemplateOverrides: { spec: object; metadata: object }[] };
      }
    ).spec;
    const { numNodes, resourcesPerNode, ...container } = trainer;
    expect(numNodes).toBe(numWorkers);
    const [{ metadata, spec: frame }] = podTemplateOverrides as [{ spec: object; metadata: object }];
    const pod = { ...frame, containers: [{ name: 'node', ...container, resources: resourcesPerNode }] };
    check(PodTemplate as never, { apiVersion: 'v1', kind: 'PodTemplate', template: { metadata, spec: pod } });
  });
});

test.each(['job', 'pytorchjob'])(
  'a time limit is one of the pods of a %s, which begins when a node has taken them',
  (object) => {
    const limited = { ...specOf(2, 0), limits: { ...specOf(2, 0).limits, timeoutMs: 3_600_500 } };
    const kind = workKinds.find((one) => one.object === object)!;
    const made = kind.make(group(2), limited, place, { hasIndexLimits: true });
    const text = JSON.stringify(made);
    // an hour, and the time that its supervisor takes to end it in order
    expect(text.match(/"activeDeadlineSeconds":\d+/g)).toEqual(
      Array.from({ length: object === 'job' ? 1 : 2 }, () => '"activeDeadlineSeconds":3721'),
    );
    expect(Object.keys(made.spec as object)).not.toContain('activeDeadlineSeconds');
    expect(JSON.stringify(make(object, 2, 0))).not.toContain('activeDeadlineSeconds');
  },
);

test('the validators refuse what Kubernetes would', () => {
  const job = make('job', 1, 0);
  expect(() => check(Job as never, { ...job, spec: { ...job.spec, parallelism: 'two' } })).toThrow(
    /parallelism/,
  );
  // fields that do not exist are the compiler's to find, by the client's types
  expect(() => check(Job as never, { ...job, spec: { parallelism: 2 } })).toThrow(/template/);
});

test('service, secret and what holds the place of a group are valid, and go with its object', () => {
  const owner = { apiVersion: 'batch/v1', kind: 'Job', name: groupName(group(4)), uid: 'u' };
  check(Service as never, rendezvousService(group(4), owner));
  const secret = environmentSecret(group(4), { KEY: 'hidden' }, owner);
  check(Secret as never, secret);
  expect(secret.metadata!.ownerReferences).toEqual([owner]);
  check(Job as never, barredObject(group(1)));
});

test('no value of a secret is in a manifest: pods name it', () => {
  const kind = workKinds.find(({ object }) => object === 'job')!;
  const job = kind.make(group(1), specOf(1, 0), { ...place, secret: 'its-env' }, { hasIndexLimits: true });
  expect(JSON.stringify(job)).toContain(
    '"envFrom":[{"secretRef":{"name":"s3-keys"}},{"secretRef":{"name":"its-env"}}]',
  );
});

describe('the script of the workers', () => {
  let dir: string;
  beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'worker-script-'))));
  afterAll(() => rmSync(dir, { recursive: true }));

  test('gives each its number, variables, command and files', () => {
    const { containers } = (
      workKinds.at(-1)!.make(
        { mark: 'm:1', dir, numWorkers: 3 },
        {
          limits: { cpus: null, memoryBytes: null, nice: 0 },
          workers: [0, 1, 2].map((i) => ({
            command: [
              'sh',
              '-c',
              i === 1 ? "echo 'it'\\''s' $RANK $OWN" : 'echo $RANK $OWN $ALL $$OWN; exit 4',
            ],
            env: { RANK: String(i), OWN: `own ${i}'s`, ALL: 'a $(b) $$' },
            cwd: dir,
            stdout: i === 0 ? join(dir, 'results') : join(dir, `log-${i}`),
            stderr: join(dir, `log-${i}`),
          })),
        },
        place,
        { hasIndexLimits: true },
      ).spec as { template: { spec: { containers: { command: string[]; args: string[]; env: Pair[] }[] } } }
    ).template.spec;
    const { command, args, env } = containers[0]!;
    // as Kubernetes reads it
    const plain = (text: string): string => text.replaceAll('$$', '$');
    const run = (index: number): string => {
      try {
        return execFileSync(plain(command[0]!), args.map(plain), {
          env: {
            PATH: process.env.PATH,
            JOB_COMPLETION_INDEX: String(index),
            ...Object.fromEntries(env.map(({ name, value }) => [name, plain(value)])),
          },
          encoding: 'utf8',
        });
      } catch (error) {
        const { status, stdout } = error as { status: number; stdout: string };
        return `${status}: ${stdout}`;
      }
    };
    expect(run(1)).toBe("it's 1 own 1's\n");
    expect(run(2)).toMatch(/^4: 2 own 2's a \$\(b\) \$\$ \d+OWN\n$/);
    expect(run(0)).toBe('4: ');
    expect(readFileSync(join(dir, 'results'), 'utf8')).toMatch(/^0 own 0's a/);
    expect([0, 1, 2].map((i) => readFileSync(join(dir, `worker-${i}/exit`), 'utf8'))).toEqual([
      '4\n',
      '0\n',
      '4\n',
    ]);
    expect(run(1)).toMatch(/^125: /);
  });
});
interface Pair {
  name: string;
  value: string;
}

test('names are those of DNS, the same for whoever asks, and another for another group', () => {
  const name = groupName(group(2));
  expect(name).toMatch(/^faces-v0003-work-[0-9a-f]{10}$/);
  expect(groupName({ ...group(2) })).toBe(name);
  expect(groupName({ ...group(2), dir: '/elsewhere' })).not.toBe(name);
  const long = groupName({ ...group(2), title: `${'9-Ü_'.repeat(40)}x` });
  expect(`${long}-worker-1023`.length).toBeLessThanOrEqual(63);
  expect(long).toMatch(/^[a-z]([-a-z0-9]*[a-z0-9])?$/);
  expect(markLabel('a:1')).toBe('a.1');
  expect(markLabel('ä'.repeat(80))).toMatch(/^sha\.[0-9a-f]{10}$/);
});

test.each([
  [{}, 'USAGE_MISSING_ARGUMENT', 'needs --image'],
  [{ image: 'i' }, 'USAGE_MISSING_ARGUMENT', 'claim=NAME'],
  [{ image: 'i', claim: 'Not A Name' }, 'USAGE_INVALID_VALUE', "received 'Not A Name'"],
  [{ image: 'i', claim: 'c', tolerations: 'gpu:Never' }, 'USAGE_INVALID_VALUE', "received 'gpu:Never'"],
  [{ image: 'i', claim: 'c', volumes: 'faces' }, 'USAGE_INVALID_VALUE', 'CLAIM:/path'],
  [{ image: 'i', claim: 'c', 'node-selector': 'ssd' }, 'USAGE_INVALID_VALUE', 'LABEL=value'],
  [{ image: 'i', claim: 'c', user: 'root' }, 'USAGE_INVALID_VALUE', 'UID:GID'],
  [{ image: 'i', claim: 'c', object: 'pod' }, 'USAGE_INVALID_VALUE', 'job, pytorchjob or trainjob'],
])('options %j are refused', (given, code, message) => {
  expect(() => readOptions(given as Record<string, string>)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  );
});

test('inputs of this machine that no claim holds are refused, and what to do is said', () => {
  const check = (data: string) =>
    kubernetes.check!(
      { ...anySpec, options: { data, loss: 'arcface' } },
      { image: 'i', claim: 'jobs', volumes: 'faces:/srv/faces' },
      '/jobs',
    );
  expect(() => check('/home/ada/faces')).toThrow('pods see /jobs, /srv/faces alone');
  for (const data of ['/srv/faces/lfw', '/jobs/versions/faces/V0001/outputs/model', 's3://bucket/faces'])
    check(data);
});
