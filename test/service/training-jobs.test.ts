import { join } from 'node:path';
import { createClient } from '@semblance/client';
import { customTask, JobService } from '@semblance/jobs';
import { jobParts } from 'semblance';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createFixture, type Fixture, type Running } from './fixtures.ts';

// a supervisor and workers are started: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

const base = '/v1/anything/training-jobs';
let fixture: Fixture;
let service: Running;
let jobs: JobService;
const call: Running['call'] = (...args) => service.call(...args);

beforeAll(async () => {
  fixture = await createFixture();
  jobs = new JobService({ home: join(fixture.root, 'jobs'), parts: jobParts });
  service = await fixture.start({ jobs });
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

/** A version of a command of one's own, made on the machine itself. */
const custom = (script: string) =>
  jobs.create('mine', customTask(['sh', '-c', script]), { cwd: fixture.root });

/** The events of a stream until it ends: name and data of each. */
async function eventsOf(path: string): Promise<[string, Record<string, unknown>][]> {
  const reply = await fetch(service.url + path, { headers: { 'x-api-key': service.key } });
  expect([reply.status, reply.headers.get('content-type')]).toEqual([
    200,
    'text/event-stream; charset=utf-8',
  ]);
  const text = await reply.text();
  return [...text.matchAll(/^event: (\w+)\ndata: (.*)$/gm)].map(([, event, data]) => [
    event!,
    JSON.parse(data!),
  ]);
}

describe('versions over HTTP', () => {
  test('logs and metrics as they come, then by pages', async () => {
    const metrics = [1, 2, 3].map(
      (step) => `echo '{"step":${step},"loss":${4 - step}}' >> "$SEMBLANCE_METRICS"`,
    );
    const version = await custom(`echo begin; sleep 1; ${metrics.join('; ')}; echo "the end"`);
    const path = `${base}/mine/versions/${version.id}`;
    const client = createClient({ baseUrl: service.url, apiKey: service.key });
    const place = { job: 'mine', version: 'V0001' };
    const [log, points, followed, watched] = await Promise.all([
      eventsOf(`${path}/logs/stream`),
      eventsOf(`${path}/metrics/stream`),
      Array.fromAsync(client.followLog(place)),
      Array.fromAsync(client.watchMetrics(place)),
    ]);
    expect(followed.map((each) => (each.event === 'log' ? each.data.text : '')).join('')).toMatch(
      /the end\n$/,
    );
    expect(followed.at(-1)).toEqual({ event: 'end', data: {} });
    expect(watched.flatMap((each) => (each.event === 'point' ? [each.data.value] : []))).toEqual([3, 2, 1]);
    // whoever has enough leaves
    for await (const { event } of client.followLog(place)) if (event === 'log') break;
    await expect(client.followLog({ ...place, version: 'V0099' }).next()).rejects.toMatchObject({
      code: 'VERSION_NOT_FOUND',
    });
    const lines = log.filter(([event]) => event === 'log').map(([, { text }]) => text);
    expect(lines.join('')).toMatch(/begin\n(.*\n)*the end\n/);
    expect(log.at(-2)).toEqual(['state', { state: 'completed', reason: expect.any(String) }]);
    expect(log.at(-1)).toEqual(['end', {}]);
    expect(points.filter(([event]) => event === 'point').map(([, point]) => point)).toEqual([
      { name: 'loss', step: 1, value: 3 },
      { name: 'loss', step: 2, value: 2 },
      { name: 'loss', step: 3, value: 1 },
    ]);

    const page = await call('GET', `${path}/logs?order=desc&lines=1000&keyword=the end`);
    expect(page.json).toMatchObject({ is_success: true, lines: 1, content: 'the end' });
    expect((await call('GET', `${path}/logs?base_line=1&lines=2`)).json).toMatchObject({
      start_line: 1,
      end_line: 2,
    });
    expect((await call('GET', `${path}/log/file-names`)).json.log_file_list).toEqual(['worker-0.log']);
    expect((await call('GET', `${path}/logs/stream?worker=7`)).json).toMatchObject({
      is_success: false,
      error_code: 'LOG_NOT_FOUND',
    });

    const shown = await call('GET', path);
    expect(shown.json).toMatchObject({
      is_success: true,
      job_name: 'mine',
      version_name: 'V0001',
      status: 10,
    });
    expect((await call('GET', base)).json).toMatchObject({
      job_total_count: 1,
      jobs: [{ job_id: 'mine', version_count: 1, status: 10 }],
    });
    expect((await call('DELETE', path)).json).toEqual({ is_success: true });
    expect((await call('GET', path)).json).toMatchObject({
      is_success: false,
      error_code: 'VERSION_NOT_FOUND',
    });
  });

  test('what is said of them, what they left, their aliases and templates', async () => {
    const made = await jobs.create('kept', customTask(['sh', '-c', 'echo weights > {outputs}/model.onnx']));
    for await (const _ of jobs.follow(made)); // until it has ended
    const path = `${base}/kept/versions/V0001`;
    const marks = {
      version_desc: 'the one',
      note: 'a\nb',
      add_tags: ['paper', 'x'],
      is_starred: true,
      is_pinned: true,
    };
    expect((await call('PUT', path, marks)).json).toMatchObject({
      ...{ is_success: true, version_desc: 'the one', note: 'a\nb', tags: ['paper', 'x'] },
      ...{ is_starred: true, is_pinned: true },
    });
    expect((await call('PUT', path, { remove_tags: ['x'] })).json).toMatchObject({
      ...{ tags: ['paper'], note: 'a\nb', is_starred: true },
    });
    expect((await call('PUT', path, { add_tags: ['\u001b[2J'] })).status).toBe(400);
    expect((await call('PUT', path, { state: 'failed' })).status).toBe(400);

    const file = await fetch(`${service.url}${path}/artifacts?path=model.onnx`, {
      headers: { 'x-api-key': service.key },
    });
    expect([file.status, await file.text()]).toEqual([200, 'weights\n']);
    for (const name of ['../../../store.sqlite', 'none', '/etc/passwd'])
      expect((await call('GET', `${path}/artifacts?path=${encodeURIComponent(name)}`)).json).toMatchObject({
        ...{ is_success: false, error_code: 'PATH_NOT_FOUND' },
      });

    const alias = `${base}/kept/aliases/production`;
    expect((await call('PUT', alias, { version: 'V0001' })).json).toMatchObject({ version_name: 'V0001' });
    expect((await call('GET', `${base}/kept/aliases`)).json.aliases).toEqual([
      { name: 'production', version_name: 'V0001', since: expect.any(Number) },
    ]);
    expect((await call('GET', `${base}/kept/versions/production`)).json).toMatchObject({
      ...{ version_name: 'V0001', aliases: ['kept@production'], progress: null, used_by: [] },
    });
    expect((await call('DELETE', path)).json.error_code).toBe('VERSION_WRONG_STATE');
    expect((await call('DELETE', alias)).json).toEqual({ is_success: true });
    expect((await call('DELETE', alias)).status).toBe(404);

    await jobs.saveTemplate(made, 'base');
    const configs = '/v1/anything/training-job-configs';
    expect((await call('GET', configs)).json).toMatchObject({
      configs: [{ config_name: 'base', task: 'custom' }],
    });
    expect((await call('DELETE', `${configs}/base`)).json).toEqual({ is_success: true });
    expect((await call('DELETE', `${configs}/base`)).json.error_code).toBe('TEMPLATE_NOT_FOUND');
    await call('DELETE', path);
  });

  test('stops one that runs', async () => {
    const version = await custom('sleep 600');
    const path = `${base}/mine/versions/V${String(version.number).padStart(4, '0')}`;
    const stream = eventsOf(`${path}/logs/stream`);
    expect((await call('POST', `${path}/stop`)).json).toEqual({ is_success: true });
    const events = await stream;
    expect(events.at(-2)).toEqual(['state', { state: 'stopped', reason: 'stopped on request' }]);
    expect((await call('GET', path)).json).toMatchObject({ status: 12, state: 'stopped' });
  });
});

describe('who calls over a network', () => {
  const create = (config: object) => call('POST', base, { job_name: 'x', config });

  test.each([
    ['a path', { task: 'train-recognition', data_url: '/etc' }, 'PATH_OUTSIDE_ROOT'],
    ['a file', { task: 'train-recognition', data_url: 'file:///etc' }, 'PATH_OUTSIDE_ROOT'],
    [
      'a path as a parameter',
      { task: 'train-recognition', data_url: 's3://b12/x', parameter: [{ label: 'init', value: '/models' }] },
      'PATH_OUTSIDE_ROOT',
    ],
    [
      'a place to write',
      { task: 'train-recognition', data_url: 's3://b12/x', train_url: '/tmp' },
      'PATH_OUTSIDE_ROOT',
    ],
    [
      'a folder of the machine as a cache',
      {
        task: 'evaluate-identification',
        data_url: 's3://b12/x',
        parameter: [{ label: 'cache', value: '/srv' }],
      },
      'PATH_OUTSIDE_ROOT',
    ],
    [
      'a cache that only looks like a bucket',
      {
        task: 'evaluate-identification',
        data_url: 's3://b12/x',
        parameter: [{ label: 'cache', value: 's3://b12/c' }],
      },
      'PATH_OUTSIDE_ROOT',
    ],
    ...['/etc/passwd', '../x', '..', '~/x', '~', 'a\\b', 'file:///etc'].flatMap(
      (value): [string, object, string][] =>
        ['recipe', 'loss', 'freeze'].map((label) => [
          `${value} as the text ${label}`,
          { task: 'train-recognition', data_url: 's3://b12/x', parameter: [{ label, value }] },
          'PATH_OUTSIDE_ROOT',
        ]),
    ),
    ['a command of their own', { task: 'custom', command: ['id'] }, 'REQUEST_INVALID'],
    ['a task of no name', { task: 'custom' }, 'TASK_UNKNOWN'],
  ])('%s is refused', async (_, config, code) => {
    const reply = await create(config);
    expect(reply.status).toBe(400);
    expect(reply.json).toMatchObject({ is_success: false, error_code: code });
    expect(await jobs.jobs()).not.toContainEqual(expect.objectContaining({ name: 'x' }));
  });

  test('what is not there', async () => {
    expect((await call('GET', `${base}/none/versions`)).json.error_code).toBe('JOB_NOT_FOUND');
    expect((await call('GET', `${base}/none/versions/7`)).json.error_code).toBe('VERSION_NOT_FOUND');
    expect((await call('GET', `${base}/none/versions/..%2f..%2fx`)).status).toBe(404);
  });
});
