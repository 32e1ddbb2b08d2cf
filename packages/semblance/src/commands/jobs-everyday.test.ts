import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeCommand } from '@semblance/core';
import type { Version } from '@semblance/jobs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { record } from '../testing/recorder.ts';

vi.setConfig({ testTimeout: 120_000 });

let dir: string;
beforeAll(async () => {
  Object.assign(process.env, { SEMBLANCE_JOB_IDLE_MS: '300', SEMBLANCE_JOB_SLOTS: '1', TZ: 'Europe/Paris' });
  dir = await mkdtemp(join(tmpdir(), 'jobs-everyday-'));
});
afterAll(() => rm(dir, { recursive: true, maxRetries: 20, retryDelay: 200 }));

const jobs = async (command: string, ...args: string[]) => {
  const at = args.includes('--') ? args.indexOf('--') : args.length;
  return record('jobs', command, '--jobs', join(dir, 'jobs'), ...args.slice(0, at), ...args.slice(at));
};
const shown = async (name: string) =>
  JSON.parse((await jobs('show', name, '--format', 'json')).out.join('')) as Version & {
    progress: { share: number; etaMs: number } | null;
    usedBy: string[];
    aliases: string[];
  };
/** A run with these losses and accuracies, one of each a step. */
const run = (name: string, losses: readonly number[], accuracies: readonly number[]) => {
  const lines = losses.map((loss, i) => `{"step":${i + 1},"loss":${loss},"accuracy":${accuracies[i]}}`);
  const script = `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} > "$SEMBLANCE_METRICS"; echo model > {outputs}/model.onnx; mkdir {outputs}/more; echo x > {outputs}/more/x.txt`;
  return jobs('create', name, '--follow', '--', 'sh', '-c', script);
};

describe('figures of runs', () => {
  beforeAll(async () => {
    await run('figures', [3, 1, 2], [0.1, 0.9, 0.2]);
    await run('figures', [3, 2, 1.5], [0.1, 0.2, 0.5]);
    await jobs('create', 'figures', '--follow', '--', 'true');
  });

  test('are listed as they last were and at their best, with times in the zone of this machine', async () => {
    const { out } = await jobs('list', 'figures');
    expect(out[0]).toMatch(/^version +state +task +time +created +accuracy +loss +why$/);
    expect(out[3]).toMatch(
      /^figures\/V0001 +completed +custom +\d+ s +\d{4}-\d\d-\d\d \d\d:\d\d \+0[12]:00 +0\.2 \(0\.9\) +2 \(1\) +done$/,
    );
    expect((await jobs('list', 'figures', '--metrics', 'step')).out[0]).toMatch(/created +step +why$/);
  });

  test.each([
    ['accuracy', ['V0001', 'V0002', 'V0003']],
    ['loss', ['V0001', 'V0002', 'V0003']],
    ['-loss', ['V0002', 'V0001', 'V0003']],
    ['step', ['V0002', 'V0001', 'V0003']],
  ])('are sorted by %s: the best first, those without it last', async (metric, names) => {
    const sort = `--sort=${metric}`;
    const { out } = await jobs('list', 'figures', sort);
    expect(
      out
        .slice(1)
        .map((line) => line.slice(8, 13))
        .sort(),
    ).toEqual([...names].sort());
    if (metric !== 'step') expect(out.slice(1).map((line) => line.slice(8, 13))).toEqual(names);
    const [first] = (await jobs('list', 'figures', sort, '--limit', '1', '--format', 'json')).out;
    expect(JSON.parse(first!).metrics).toHaveProperty(metric.replace('-', ''));
  });

  test('that are not there are named', async () => {
    expect((await jobs('list', 'figures', '--sort', 'acuracy')).err[0]).toBe(
      "error METRIC_NOT_FOUND: none of these versions has the metric 'acuracy': there are accuracy, loss, step. Did you mean accuracy?",
    );
  });

  test('show tells the last and the best, when it was made, began and ended', async () => {
    const { out } = await jobs('show', 'figures/V0001');
    expect(out.find((line) => line.startsWith('  accuracy'))).toMatch(/accuracy +0\.2 +best 0\.9 at step 2$/);
    for (const name of ['created', 'started', 'ended'])
      expect(out.find((line) => line.startsWith(name))).toMatch(/ \d\d:\d\d:\d\d \+0[12]:00$/);
  });
});

test('a running version tells its figures, how far it is, and what is behind it that it waits for it', async () => {
  const script = `echo '{"step":25,"totalSteps":100,"loss":1.5,"etaSeconds":90}' > "$SEMBLANCE_METRICS"; sleep 600`;
  const made = await jobs('create', 'slow', '--', 'sh', '-c', script);
  expect(made).toMatchObject({ out: ['slow/V0001'], code: 0 });
  expect(made.err).toEqual(['runs in the background: semblance jobs logs slow/V0001 --follow']);
  await jobs('create', 'behind', '--', 'true');
  await jobs('create', 'behind', '--', 'true');
  while ((await shown('slow')).progress === null) await sleep(50);
  expect(await shown('slow')).toMatchObject({
    metrics: { loss: { value: 1.5 } },
    progress: { share: 0.25, etaMs: 90_000 },
  });
  const { out } = await jobs('show', 'slow');
  expect(out.find((line) => line.startsWith('progress'))).toMatch(
    /step 25 of 100, 25 %, 1 min 30 s left \(until \d{4}-.*\)$/,
  );
  expect(out).toContain('metrics so far');
  const list = (await jobs('list', 'slow')).out;
  expect(list[1]).toMatch(/running 25 % +custom +\d+ s +1 min 30 s +.* 1\.5 +started$/);
  const waiting = (await jobs('show', 'behind/V0002')).out.find((line) => line.startsWith('state'));
  expect(waiting).toBe(
    'state        pending: waits behind slow/V0001, which runs, and behind/V0001, which waits longer'.replace(
      /^state +/,
      waiting!.slice(0, waiting!.indexOf('pending')),
    ),
  );
  expect((await jobs('list', 'behind')).out[2]).toMatch(/waits behind slow\/V0001, which runs$/);
  await jobs('stop', 'slow');
});

test('what people say of a version is written, found again and taken back', async () => {
  await run('marks', [1], [0.5]);
  await run('marks', [1], [0.5]);
  expect((await jobs('tag', 'marks/V0001', 'paper', 'base line')).out).toEqual(['paper', 'base line']);
  expect((await jobs('tag', 'marks/V0001', '--remove', 'paper')).out).toEqual(['base line']);
  await jobs('note', 'marks/V0001', 'first');
  await jobs('note', 'marks/V0001', 'then \u001b[2Jmore', '--append');
  expect((await jobs('note', 'marks/V0001')).out).toEqual(['first', 'then \\x1b[2Jmore']);
  await jobs('describe', 'marks/V0001', 'the one to beat');
  await jobs('pin', 'marks/V0001');
  await jobs('star', 'marks/V0001', 'marks/V0002');
  await jobs('star', 'marks/V0002', '--off');
  const { out } = await jobs('list', 'marks');
  expect(out[1]).toMatch(/^\* marks\/V0001 .* ★ #base line the one to beat$/);
  expect((await jobs('list', 'marks', '--starred', '--tag', 'base line')).out).toHaveLength(2);
  const none = await jobs('list', 'marks', '--tag', 'paper');
  expect([none.out, none.err]).toEqual([[], ['no version is like that: leave out a filter to see more']]);
  expect((await jobs('tag', 'marks/V0001', '\u001b[31m')).err[0]).toMatch(
    /^error USAGE_INVALID_VALUE: expected a tag/,
  );
  expect((await jobs('describe', 'marks/V0001', 'x'.repeat(257))).err[0]).toMatch('at most 256 characters');
  expect((await shown('marks/V0001')).description).toBe('the one to beat');
});

test('an alias stands for a version until it is moved, and keeps it from being deleted', async () => {
  await run('registry', [1], [0.5]);
  await run('registry', [1], [0.6]);
  expect((await jobs('alias', 'registry/V0001', 'production')).out).toEqual([
    'registry@production is registry/V0001',
  ]);
  await jobs('alias', 'registry', 'candidate');
  expect((await shown('registry@candidate')).number).toBe(2);
  expect((await jobs('delete', 'registry/V0001')).err[0]).toMatch(
    'error VERSION_WRONG_STATE: registry/V0001 is completed: registry@production stands for it',
  );
  await jobs('alias', 'registry@candidate', 'production');
  const table = (await jobs('aliases', 'registry')).out;
  expect(table[2]).toMatch(/^registry@production +registry\/V0002 +\d{4}-/);
  expect((await jobs('delete', 'registry/V0001')).code).toBe(0);
  expect((await shown('registry')).aliases).toEqual(['registry@candidate', 'registry@production']);
  expect((await jobs('show', 'registry@producton')).err[0]).toBe(
    "error ALIAS_NOT_FOUND: the job registry has no alias 'producton'; there are candidate, production. Did you mean production?",
  );
  expect((await jobs('alias', 'registry@candidate', '--remove')).code).toBe(0);
  expect((await jobs('alias', 'registry@candidate', '--remove')).err[0]).toMatch('ALIAS_NOT_FOUND');
  expect((await jobs('alias', 'registry', 'V0003')).err[0]).toMatch('USAGE_INVALID_VALUE');
});

test('artifacts are copied as they were left, and what has changed since is refused', async () => {
  await run('files', [1], [0.5]);
  const out = join(dir, 'download');
  const done = await jobs('download', 'files', 'more', '*.onnx', '--out', out);
  expect(done.out).toEqual([join(out, 'model.onnx'), join(out, 'more/x.txt')]);
  expect(readFileSync(join(out, 'model.onnx'), 'utf8')).toBe('model\n');
  expect(existsSync(join(out, 'metrics.jsonl'))).toBe(false);
  expect((await jobs('download', 'files', 'model.onx', '--out', out)).err[0]).toBe(
    'error PATH_NOT_FOUND: files/V0001 has no artifact model.onx. Did you mean model.onnx?',
  );
  writeFileSync(join(dir, 'jobs/versions/files/V0001/outputs/model.onnx'), 'other\n');
  expect((await jobs('download', 'files', 'model.onnx', '--out', out)).err[0]).toMatch(
    'error STORAGE_CORRUPT',
  );
  expect(readFileSync(join(out, 'model.onnx'), 'utf8')).toBe('model\n');
});

describe('a version made from another', () => {
  test('differs in everything that create takes', async () => {
    await jobs('create', 'all', '--set', 'a=1', '--env', 'KEPT=1', '--timeout', '1h', '--', 'true', '{a}');
    const changes = [
      '--input',
      `in=${dir}`,
      '--output',
      `out=${join(dir, 'o')}`,
      '--predownload',
      '--cpus',
      '2',
    ];
    const limits = ['--nice', '3', '--memory', '1G', '--timeout', '2h', '--retries', '1', '--code', dir];
    const made = await jobs(
      ...(['modify', 'all', ...changes, ...limits, '--env', 'MORE=2', '--set', 'a=2'] as [
        string,
        ...string[],
      ]),
      ...['--', 'echo', '{a}', '{inputs.in}'],
    );
    expect(made.out).toEqual(['all/V0002']);
    const { spec } = await shown('all/V0002');
    expect(spec).toMatchObject({
      command: ['echo', '{a}', '{inputs.in}'],
      parameters: { a: '2' },
      inputs: [{ name: 'in' }],
      outputs: [{ name: 'out' }],
      predownload: true,
      resources: { cpus: 2, nice: 3, memoryBytes: 2 ** 30, workers: 1, gpus: 0 },
      timeoutMs: 7_200_000,
      retries: 1,
      codeDir: dir,
      env: { KEPT: '1', MORE: '2' },
    });
    const back = [
      '--input',
      'in=',
      '--output',
      'out=',
      '--no-predownload',
      '--timeout',
      'none',
      '--memory',
      'none',
    ];
    expect((await jobs('modify', 'all/V0002', ...back, '--', 'true')).out).toEqual(['all/V0003']);
    expect((await shown('all/V0003')).spec).toMatchObject({
      ...{ inputs: [], outputs: [], predownload: false, timeoutMs: null },
      resources: { memoryBytes: null, cpus: 2 },
    });
  });

  test('a template takes what create takes, is listed and is deleted', async () => {
    await jobs('create', 'plan', '--set', 'a=1', '--nice', '4', '--', 'true', '{a}');
    await jobs('save-template', 'plan', 'base');
    expect((await jobs('templates')).out[1]).toMatch(/^base +custom +true \{a\} a=1$/);
    await jobs('create', 'from', '--template', 'base', '--timeout', '5m', '--env', 'X=1');
    expect((await shown('from')).spec).toMatchObject({
      ...{ timeoutMs: 300_000, env: { X: '1' }, resources: { nice: 4 } },
    });
    expect((await jobs('delete-template', 'base')).code).toBe(0);
    expect((await jobs('delete-template', 'base')).err[0]).toMatch('TEMPLATE_NOT_FOUND');
  });
});

test.each([
  [['--timeout', '0'], 'above 0, or none for --timeout'],
  [['--memory', '0G'], 'above 0, or none for --memory'],
  [['--input', `a=${tmpdir()}`, '--input', 'a=/usr'], '--input a is given twice'],
])('%j is refused before anything is made', async (flags, text) => {
  const result = await jobs('create', 'refused', ...flags, '--', 'true');
  expect(result.code).toBe(2);
  expect(result.err[0]).toMatch(/^error USAGE_INVALID_VALUE: /);
  expect(result.err[0]).toContain(text);
});

test('Ctrl-C ends the looking on, and says that the work goes on', async () => {
  // a store of its own: what the tests before left waiting has one place to run, and takes its time
  const home = join(dir, 'looked-at');
  const [node, ...main] = nodeCommand(import.meta.url, '../main');
  const args = [
    'jobs',
    'create',
    'looked-at',
    '--jobs',
    home,
    '--follow',
    '--',
    'sh',
    '-c',
    'echo begun; sleep 600',
  ];
  const child = spawn(node, [...main, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  child.stderr.on('data', (data) => {
    err += data;
    if (err.includes('begun') && !child.killed) child.kill('SIGINT');
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code).toBe(130);
  expect(err).toContain(
    'looked-at/V0001 goes on in the background. Look on: semblance jobs logs looked-at/V0001 --follow',
  );
  const { out } = await record('jobs', 'show', 'looked-at', '--jobs', home, '--format', 'json');
  expect(JSON.parse(out.join(''))).toMatchObject({ state: 'running' });
  await record('jobs', 'stop', 'looked-at', '--jobs', home);
});
