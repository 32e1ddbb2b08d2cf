import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { customTask, JobService } from '@semblance/jobs';
import { jobParts } from 'semblance';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { encodePng } from '../../packages/face/src/image/encode.ts';
import { createImage } from '../../packages/face/src/image/image.ts';
import { loadRecognizer } from '../../packages/face/src/models/load.ts';
import { answeredBy, deploy, deployments } from './deploying.ts';
import { createFixture, type Fixture, type Running } from './fixtures.ts';

// a supervisor and workers are started: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

let fixture: Fixture;
let service: Running;
let jobs: JobService;
let stateDir: string;
const call: Running['call'] = (...args) => service.call(...args);

beforeAll(async () => {
  fixture = await createFixture();
  stateDir = join(fixture.root, 'state');
  jobs = new JobService({ home: join(fixture.root, 'jobs'), parts: jobParts });
  service = await fixture.start({ jobs, stateDir });
  const made = await jobs.create(
    'faces',
    customTask(['cp', '-r', fixture.otherRecognizer, '{outputs}/model']),
  );
  for await (const _ of jobs.follow(made)); // until it has ended
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

test('a version is measured on a set by another version, and the errors and worst pairs are told with it', async () => {
  const folder = join(stateDir, 'data', 'crops');
  await mkdir(folder, { recursive: true });
  const shades = { a: 20, b: 25, c: 200, d: 205 };
  for (const [name, shade] of Object.entries(shades))
    await writeFile(
      join(folder, `${name}.png`),
      await encodePng(createImage(112, 112, [shade, 90, 255 - shade])),
    );
  const pairs = ['a.png b.png 1', 'c.png d.png 1', 'a.png c.png 0', 'b.png d.png 0'];
  await writeFile(join(stateDir, 'data', 'pairs.txt'), `${pairs.join('\n')}\n`);

  const base = '/v1/p/training-job-evaluations';
  const set = { pairs: 'pairs.txt', data: 'crops', crops: 'true', fars: '0.5' };
  const parameter = Object.entries(set).map(([label, value]) => ({ label, value }));
  const begun = await call('POST', base, { versions: ['faces'], config: { parameter } });
  expect(begun.json).toEqual({
    is_success: true,
    evaluations: [{ version: 'faces/V0001', by: 'evaluations/V0001' }],
  });
  for await (const _ of jobs.follow(await jobs.find('evaluations/V0001')));
  const table = await call('GET', `${base}?versions=faces&misses=true`);
  expect(table.json.evaluations).toMatchObject([
    {
      ...{ version: 'faces/V0001', by: 'evaluations/V0001', set: 'pairs.txt', state: 'completed' },
      metrics: { 'fnmrAtFmr.0.5': { value: 0 }, eer: { value: 0 }, accuracy: { value: 1 } },
    },
  ]);
  const [{ misses }] = table.json.evaluations;
  expect(misses).toHaveLength(4);
  expect(misses[0]).toMatchObject({
    same: true,
    pictures: [expect.stringMatching(/^data:image/), expect.anything()],
  });
  const shown = await call('GET', '/v1/p/training-jobs/faces/versions/V0001');
  expect(shown.json.used_by).toEqual([expect.stringContaining('evaluations/V0001')]);

  const refused = await call('POST', base, { task: 'recognize', versions: ['faces'], config: {} });
  expect(refused.json.error_code).toBe('REQUEST_INVALID');
  const { json } = await call('GET', '/v1/p/training-job-tasks');
  const tasks = json.tasks.map(({ task, measures }: { task: string; measures: string | null }) => [
    task,
    measures,
  ]);
  expect(tasks).toContainEqual(['evaluate-verification', 'recognizer']);
});

test('a form for a training is told its parameters', async () => {
  const of = (query: string) => call('GET', `/v1/p/training-job-tasks/${query}`);
  const { json } = await of('train-recognition?loss=cosface');
  expect(json).toMatchObject({ trains: 'recognition', options: { data: 'input', loss: 'text' } });
  expect(json.parameter).toContainEqual({ label: 'loss', value: 'cosface' });
  expect((await of('train-recognition?recipe=none')).json.error_code).toBe('RECIPE_UNKNOWN');
  expect((await of('none')).json.error_code).toBe('TASK_UNKNOWN');
});

test('a version is deployed by its name, promoted, and its health told', async () => {
  const [first, other] = [
    (await loadRecognizer(fixture.recognizer)).id,
    (await loadRecognizer(fixture.otherRecognizer)).id,
  ];
  const canary = await deploy(service, { version: 'faces/V0001', weight: 10 });
  expect(canary.entries).toMatchObject([
    { name: 'start', weight: 90 },
    { name: 'faces.V0001', weight: 10 },
  ]);
  expect(await answeredBy(service, 10)).toEqual({ [first]: 9, [other]: 1 });
  expect((await call('GET', `${deployments}/health`)).json.entries).toEqual([
    {
      name: 'start',
      weight: 90,
      in_use: 0,
      queued: 0,
      requests: 9,
      faults: 0,
      requests_total: 9,
      faults_total: 0,
    },
    {
      name: 'faces.V0001',
      weight: 10,
      in_use: 0,
      queued: 0,
      requests: 1,
      faults: 0,
      requests_total: 1,
      faults_total: 0,
    },
  ]);
  await deploy(service, { version: 'faces/V0001' });
  expect(await answeredBy(service, 1)).toEqual({ [other]: 1 });
  const records = async () => (await call('GET', '/v1/p/training-jobs/faces/versions/V0001')).json.records;
  while ((await records()).length < 2) await sleep(50);
  expect(await records()).toMatchObject([
    { kind: 'deployment', text: 'deployed with 10 % of the requests' },
    { kind: 'deployment', text: 'deployed with 100 % of the requests' },
  ]);
  expect((await call('POST', `${deployments}/rollback`)).status).toBe(200);
  for (const [body, code] of [
    [{ version: 'faces/V0009' }, 'VERSION_NOT_FOUND'],
    [{ version: 'none' }, 'JOB_NOT_FOUND'],
    [{ version: '../x' }, 'USAGE_INVALID_VALUE'],
    [{ weight: 5 }, 'REQUEST_INVALID'],
  ] as const)
    expect((await call('POST', deployments, body)).json.error).toBe(code);
});

test('an alias is followed from the moment it is asked for, also after a restart, until it is not', async () => {
  const path = `${deployments}/aliases/faces@production`;
  expect((await call('PUT', path)).json.error).toBe('ALIAS_NOT_FOUND');
  expect((await call('PUT', `${deployments}/aliases/faces`)).json.error).toBe('REQUEST_INVALID');
  await jobs.registry.point('production', await jobs.find('faces/V0001'));
  expect((await call('PUT', path)).json).toEqual({ alias: 'faces@production', version: 'faces/V0001' });
  while (!service.lines.some((line) => line === 'faces@production is faces/V0001, which is deployed')) {
    expect(service.lines.filter((line) => line.includes('cannot'))).toEqual([]);
    await sleep(50);
  }
  await service.stop();
  jobs = new JobService({ home: join(fixture.root, 'jobs'), parts: jobParts });
  const { key } = service;
  service = await fixture.start({ jobs, stateDir, start: null });
  const again = (method: string, to: string) => service.call(method, to, undefined, { 'x-api-key': key });
  expect((await again('GET', `${deployments}/aliases`)).json.aliases).toEqual([
    { alias: 'faces@production', version: 'faces/V0001' },
  ]);
  expect((await again('DELETE', path)).status).toBe(200);
  expect((await again('DELETE', path)).json.error).toBe('ALIAS_NOT_FOUND');
  expect((await again('GET', `${deployments}/aliases`)).json.aliases).toEqual([]);
});
