import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { customTask, JobService } from '@semblance/jobs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { jobParts } from '../../packages/jobs/src/testing/toy-parts.ts';
import { createFixture, type Fixture, type Reply, type Running } from './fixtures.ts';

// a supervisor and workers are started: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

const base = '/v1/p/training-jobs';
let fixture: Fixture;
let service: Running;
let jobs: JobService;
let data: string;
const call: Running['call'] = (...args) => service.call(...args);
/** An answer that has to be a good one. */
async function good(reply: Promise<Reply>): Promise<Reply['json']> {
  const { status, json } = await reply;
  expect([status, json]).toEqual([200, expect.objectContaining({ is_success: true })]);
  return json;
}
const codeOf = async (reply: Promise<Reply>): Promise<string> => (await reply).json.error_code;

beforeAll(async () => {
  fixture = await createFixture();
  const stateDir = join(fixture.root, 'state');
  data = join(stateDir, 'data');
  for (const [name, text] of Object.entries({ few: 'abc', many: 'abcdefgh' })) {
    await mkdir(join(data, 'texts', name), { recursive: true });
    await writeFile(join(data, 'texts', name, 'letter.txt'), text);
  }
  await symlink('/etc', join(data, 'out'));
  jobs = new JobService({ home: join(fixture.root, 'jobs'), parts: jobParts });
  service = await fixture.start({ jobs, stateDir });
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

/** Waits until a version has ended, and gives it as it then is. */
async function ended(job: string, version: string): Promise<Reply['json']> {
  for await (const _ of jobs.follow(await jobs.find(`${job}/${version}`)));
  return good(call('GET', `${base}/${job}/versions/${version}`));
}
const count = (config: object, job_name = 'counted') =>
  call('POST', base, { job_name, config: { task: 'count-letters', ...config } });

describe('a version made over HTTP', () => {
  test('reads what lies in the folder of data, and what another version left', async () => {
    await good(
      count({ parameter: [{ label: 'text', value: 'texts/few' }], timeout_seconds: 60, retries: 1 }),
    );
    const first = await ended('counted', 'V0001');
    expect(first).toMatchObject({
      ...{ state: 'completed', metrics: { letters: 3 }, timeout_seconds: 60, retries: 1 },
      options: { text: join(data, 'texts/few') },
      data: [{ name: 'text', numFiles: 1 }],
    });
    // whatever else is said stays: data by another place
    const changed = { pre_version_id: 'V0001', parameter: [{ label: 'text', value: 'texts/many' }] };
    await good(call('POST', `${base}/counted/versions`, { config: { ...changed, timeout_seconds: null } }));
    expect(await ended('counted', 'V0002')).toMatchObject({
      ...{ metrics: { letters: 8 }, timeout_seconds: null, retries: 1, pre_version_id: first.version_id },
    });
    const left = await jobs.create('writes', customTask(['sh', '-c', 'echo ab > {outputs}/letter.txt']));
    for await (const _ of jobs.follow(left));
    await good(count({ parameter: [{ label: 'text', value: 'writes/V0001' }] }));
    expect(await ended('counted', 'V0003')).toMatchObject({
      ...{ metrics: { letters: 2 }, uses: { text: 'writes/V0001' } },
    });
  });

  test.each([
    ['out of the folder', '../keys.json', 'PATH_OUTSIDE_ROOT'],
    ['through a link', 'out/ssh', 'PATH_OUTSIDE_ROOT'],
    ['as an absolute path', '/etc', 'PATH_OUTSIDE_ROOT'],
    ['at home', '~/x', 'PATH_OUTSIDE_ROOT'],
    ['as a file', 'file:///etc', 'PATH_OUTSIDE_ROOT'],
    ['where nothing lies', 'texts/none', 'PATH_NOT_FOUND'],
    ['below a version, out of it', 'counted/V0001/../../x', 'PATH_OUTSIDE_ROOT'],
    ['of a version that is not there', 'counted/V0099', 'VERSION_NOT_FOUND'],
  ])('reaches nothing %s', async (_, value, code) => {
    expect(await codeOf(count({ parameter: [{ label: 'text', value }] }, 'never'))).toBe(code);
    expect(await codeOf(count({ inputs: { more: value } }, 'never'))).toBe(code);
  });

  test('brings no image, no variables, no folder of code and no option of an executor that names a place', async () => {
    const text = { parameter: [{ label: 'text', value: 'texts/few' }] };
    for (const own of [{ env: { A: 'b' } }, { code: '/x' }, { command: ['id'] }, { image: 'x' }])
      expect(await codeOf(count({ ...text, ...own }, 'never'))).toBe('REQUEST_INVALID');
    const shed = { ...text, executor: 'shed', executor_options: { image: 'mine' } };
    expect(await codeOf(count(shed, 'never'))).toBe('REQUEST_INVALID');
    expect(await codeOf(count({ ...text, executor: 'none' }, 'never'))).toBe('EXECUTOR_UNKNOWN');
    const slurm = { ...text, executor: 'slurm', executor_options: { partition: '../x' } };
    expect(await codeOf(count(slurm, 'never'))).toBe('PATH_OUTSIDE_ROOT');
    expect((await jobs.jobs()).map(({ name }) => name)).not.toContain('never');
  });

  test('of a command that was written on the machine takes words for the parameters that it has', async () => {
    const made = await jobs.create('own', customTask(['sh', '-c', 'echo {n}; exit 1'], { n: '1' }));
    for await (const _ of jobs.follow(made));
    const modify = (label: string, value: string) =>
      call('POST', `${base}/own/versions`, {
        config: { pre_version_id: 1, ...{ parameter: [{ label, value }] } },
      }).then(({ json }) => json);
    const of = (label: string, value: string) =>
      call('POST', `${base}/own/versions`, {
        config: { pre_version_id: 'V0001', parameter: [{ label, value }] },
      });
    for (const value of ['1; id', '$(id)', '`id`', '-rf', 'a b', '../x', ''])
      expect(await codeOf(of('n', value))).toBe('REQUEST_INVALID');
    expect(await codeOf(of('m', '1'))).toBe('REQUEST_INVALID');
    expect((await modify('n', '2')).error_code).toBe('VERSION_NOT_FOUND'); // the id of another job's version
    expect(await good(of('n', '-2.5e-3'))).toMatchObject({ parameter: [{ label: 'n', value: '-2.5e-3' }] });
    // and begins again
    expect(await codeOf(call('POST', `${base}/counted/versions/V0001/resume`))).toBe('VERSION_WRONG_STATE');
    const again = `${base}/own/versions/V0001/resume`;
    expect((await call('POST', again, { timeout_seconds: 0 })).json.error_code).toBe('USAGE_INVALID_VALUE');
    expect(await good(call('POST', again, { timeout_seconds: 90 }))).toMatchObject({ timeout_seconds: 90 });
    expect(await ended('own', 'V0001')).toMatchObject({ attempt: 2, state: 'failed' });
  });
});

test('templates are kept, shown and used', async () => {
  const configs = '/v1/p/training-job-configs';
  expect(await codeOf(call('PUT', `${configs}/base`, { version: 'counted/V0099' }))).toBe(
    'VERSION_NOT_FOUND',
  );
  await good(call('PUT', `${configs}/base`, { version: 'counted/V0001' }));
  expect(await good(call('GET', `${configs}/base`))).toMatchObject({ config_name: 'base', retries: 1 });
  const config = { config_name: 'base', parameter: [{ label: 'times', value: '2' }] };
  await good(call('POST', base, { job_name: 'twice', job_desc: 'again', config }));
  expect(await ended('twice', 'V0001')).toMatchObject({ metrics: { letters: 6 }, version_desc: 'again' });
  expect(await codeOf(call('POST', base, { job_name: 'x', config: { config_name: 'none' } }))).toBe(
    'TEMPLATE_NOT_FOUND',
  );
});

describe('sweeps', () => {
  const sweeps = '/v1/p/training-job-sweeps';
  const config = { task: 'count-letters', parameter: [{ label: 'text', value: 'texts/few' }] };
  const create = (body: object) => call('POST', sweeps, { job_name: 'swept', config, ...body });

  test('are made, seen until their best is known, and listed', async () => {
    const halving = { parameter: 'epochs', min: 1, max: 2, eta: 2, metric: 'letters' };
    const { id } = await good(create({ grid: { lr: '0.1,0.2' }, halving }));
    let view: Reply['json'];
    do {
      await sleep(100);
      view = await good(call('GET', `${sweeps}/${id}`));
    } while (view.state === 'running');
    expect(view).toMatchObject({
      ...{ state: 'completed', metric: 'letters', best: { version: 'swept/V0003', value: 3 } },
      rungs: [
        { budget: 'epochs=1', size: 2 },
        { budget: 'epochs=2', size: 1 },
      ],
    });
    expect((await good(call('GET', `${sweeps}?job_name=swept`))).sweeps).toMatchObject([{ id }]);
    expect(await codeOf(call('POST', `${sweeps}/${id}/stop`))).toBe('VERSION_WRONG_STATE');
    expect(await codeOf(call('GET', `${sweeps}/999`))).toBe('SWEEP_NOT_FOUND');
  });

  test.each([
    ['nothing to try', {}, 'USAGE_MISSING_ARGUMENT'],
    [
      'too many',
      { grid: Object.fromEntries([...'abcdefgh'].map((key) => [key, '1,2,3,4,5,6,7,8,9'])) },
      'USAGE_INVALID_VALUE',
    ],
    ['a path', { grid: { init: '/etc' } }, 'PATH_OUTSIDE_ROOT'],
    [
      'a budget that does not rise',
      { grid: { a: '1' }, halving: { parameter: 'e', min: 1, max: 9, eta: 1, metric: 'letters' } },
      'USAGE_INVALID_VALUE',
    ],
    [
      'a metric that will not come',
      { grid: { a: '1' }, halving: { parameter: 'e', min: 1, max: 9, metric: 'rank1' } },
      'METRIC_NOT_FOUND',
    ],
  ])('of %s are refused', async (_, body, code) => {
    expect(await codeOf(create(body))).toBe(code);
  });

  test('are stopped with all of their versions', async () => {
    const made = await jobs.sweep('slow', customTask(['sh', '-c', 'sleep 600 # {n}']), {
      candidates: [{ n: '1' }, { n: '2' }],
      halving: null,
    });
    expect(await good(call('POST', `${sweeps}/${made.sweep.id}/stop`))).toMatchObject({ state: 'stopped' });
    for (const version of made.versions) for await (const _ of jobs.follow(version));
    const states = (await jobs.list({ sweepId: made.sweep.id })).map(({ state }) => state);
    expect(states).toEqual(['stopped', 'stopped']);
  });
});

test('versions are compared as the command line does it', async () => {
  const compare = (query: string) => call('GET', `/v1/p/training-job-comparisons?${query}`);
  const found = await good(compare('versions=counted/V0001,counted/V0002&diff=true'));
  expect(found).toMatchObject({
    baseline: 'counted/V0001',
    versions: [{ name: 'counted/V0001' }, { name: 'counted/V0002' }],
    metrics: [{ name: 'letters', values: [{ value: 3 }, { value: 8 }], differs: true }],
    data: [{ name: 'text', differs: true }],
    differences: [{ from: 'counted/V0001', to: 'counted/V0002', code: '', data: [{ numChanged: 1 }] }],
  });
  expect(found.environment).toEqual([]);
  const all = await good(compare('versions=counted&all=1'));
  expect(all.versions).toHaveLength(3);
  expect(all.environment.length).toBeGreaterThan(3);
  expect(all.differences).toEqual([]);
  expect(await codeOf(compare('versions=counted/V0001'))).toBe('REQUEST_INVALID');
  expect(await codeOf(compare('versions=none'))).toBe('JOB_NOT_FOUND');
  expect(await codeOf(compare('versions=a/b/c'))).toBe('USAGE_INVALID_VALUE');
});

test('curves, the machine and the states of a version are told', async () => {
  const lines = [1, 2].map(
    (step) => `echo '{"step":${step},"loss":${9 - step},"lr":1}' >> "$SEMBLANCE_METRICS"`,
  );
  const made = await jobs.create('curved', customTask(['sh', '-c', lines.join('; ')]));
  for await (const _ of jobs.follow(made));
  const path = `${base}/curved/versions/V0001`;
  expect((await good(call('GET', `${path}/curves?names=loss`))).curves).toEqual({
    loss: [
      [1, 8],
      [2, 7],
    ],
  });
  expect(Object.keys((await good(call('GET', `${path}/curves`))).curves)).toEqual(['loss', 'lr']);
  expect((await good(call('GET', `${path}/system`))).samples).toEqual(expect.any(Array));
  expect((await good(call('GET', `${path}/events`))).events.map(({ to }: { to: string }) => to)).toEqual([
    ...['creating', 'pending', 'running', 'completed'],
  ]);
  expect((await good(call('GET', `${base}/curved/versions?state=failed`))).versions).toEqual([]);
  expect((await good(call('GET', `${base}/curved/versions?state=completed`))).versions).toMatchObject([
    { version_name: 'V0001', progress: null, waiting: null, best_metrics: { loss: { value: 7, step: 2 } } },
  ]);
});

test('all versions are watched by one stream: states, figures, and that one is gone', async () => {
  const leaving = new AbortController();
  const reply = await fetch(`${service.url}/v1/p/training-job-events/stream`, {
    headers: { 'x-api-key': service.key },
    signal: leaving.signal,
  });
  let text = '';
  const reading = (async () => {
    for await (const piece of reply.body!.pipeThrough(new TextDecoderStream())) text += piece;
  })().catch(() => {}); // we leave
  const until = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(text)) await sleep(50);
  };
  const go = join(fixture.root, 'go');
  const script = `echo '{"step":1,"loss":0.5,"totalSteps":2}' >> "$SEMBLANCE_METRICS"; while [ ! -e ${go} ]; do sleep 0.1; done`;
  const made = await jobs.create('watched', customTask(['sh', '-c', script]));
  await until(/event: version\ndata: .*"watched".*"state":"running"/);
  await until(/event: metrics\ndata: .*"watched".*"loss":0.5.*"totalSteps":2/);
  await writeFile(go, '');
  await until(/event: version\ndata: .*"watched".*"state":"completed"/);
  await jobs.remove(await jobs.find(`watched/${made.number}`));
  await until(/event: gone\ndata: .*"watched"/);
  // what had ended before is no news
  expect(text).not.toContain('"counted"');
  leaving.abort();
  await reading;
});
