import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Version } from '@semblance/jobs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { record } from '../testing/recorder.ts';

let dir: string;
beforeAll(async () => {
  Object.assign(process.env, { SEMBLANCE_JOB_IDLE_MS: '300', SEMBLANCE_JOB_SLOTS: '2' });
  dir = await mkdtemp(join(tmpdir(), 'jobs-commands-'));
});
afterAll(() => rm(dir, { recursive: true, maxRetries: 10, retryDelay: 200 }));

const jobs = async (command: string, ...args: string[]) => {
  const [before, behind] = args.includes('--')
    ? [args.slice(0, args.indexOf('--')), args.slice(args.indexOf('--'))]
    : [args, []];
  return record('jobs', command, '--jobs', join(dir, 'jobs'), ...before, ...behind);
};
const json = <T>(lines: string[]): T => JSON.parse(lines.join('\n')) as T;

test('from making a version to deleting it', async () => {
  const script = 'echo lr {lr}; echo \'{"accuracy": {lr}, "lr": 0}\' > {outputs}/metrics.json';
  const made = await jobs('create', 'own', '--set', 'lr=0.1', '--follow', '--', 'sh', '-c', script);
  expect([made.code, made.out[0]]).toEqual([0, 'own/V0001']);
  expect(made.err).toContain('lr 0.1');
  expect(made.err.at(-1)).toBe('completed: done');

  expect((await jobs('modify', 'own', '--set', 'lr=0.2', '--description', 'faster')).out).toEqual([
    'own/V0002',
  ]);
  const log = await jobs('logs', 'own', '--tail', '1');
  expect(log.code === 0 || log.err[0]!.includes('LOG_NOT_FOUND')).toBe(true);
  await jobs('create', 'own', '--follow', '--', 'true'); // one slot may be behind the other, but it ends

  expect((await jobs('save-template', 'own/V0002', 'base')).out).toEqual(['base']);
  const third = await jobs('create', 'other', '--template', 'base', '--set', 'lr=0.3', '--follow');
  expect([third.code, third.out[0]]).toEqual([0, 'other/V0001']);
  expect(third.err).toContain('lr 0.3');

  const list = await jobs('list', 'own', '--format', 'json');
  const versions = list.out.map((line) => JSON.parse(line) as Version);
  expect(versions.map(({ number, description }) => [number, description])).toEqual([
    [3, ''],
    [2, 'faster'],
    [1, ''],
  ]);
  expect(versions[1]!.parentId).toBe(versions[2]!.id);
  expect((await jobs('list')).out[0]).toMatch(/^version +state +task/);

  const shown = await jobs('show', 'other', '--format', 'json');
  expect(json(shown.out)).toMatchObject({
    state: 'completed',
    metrics: { accuracy: { value: 0.3 } },
    hint: null,
  });
  expect((await jobs('show', 'own/V0001')).out).toContain('parameters');

  const page = join(dir, 'compare.html');
  const compared = await jobs('compare', 'own/V0001', 'other', '--format', 'json', '--html', page);
  const { parameters, metrics } = json<{ parameters: unknown[]; metrics: unknown[] }>(compared.out);
  expect(parameters).toEqual([{ name: 'lr', values: ['0.1', '0.3'], differs: true }]);
  expect(metrics).toEqual([
    { name: 'accuracy', values: [{ value: 0.1 }, { value: 0.3 }], differs: true },
    { name: 'lr', values: [{ value: 0 }, { value: 0 }], differs: false },
  ]);
  expect(readFileSync(page, 'utf8')).toContain('own/V0001');
  const table = (await jobs('compare', 'own/V0001', 'other')).out;
  expect(table[0]).toMatch(/^ +own\/V0001 +other\/V0001$/);
  expect(table.filter((line) => line.startsWith('lr'))).toEqual([
    expect.stringMatching(/^lr +0\.1 +0\.3$/),
    expect.stringMatching(/^lr \(measured\) +0 +0$/),
  ]);

  const found = await jobs('logs', 'other', '--search', 'lr', '--format', 'json');
  expect(json(found.out)).toEqual({ lines: [{ number: 2, text: 'lr 0.3' }], hasMore: false });
  expect((await jobs('logs', 'other', '--base-line', '2', '--lines', '1')).out).toEqual(['lr 0.3']);

  expect((await jobs('logs', 'other', '--follow')).err).toEqual(['other/V0001 completed: done']);
  const whole = await jobs('delete', 'own');
  expect([whole.code, whole.err[0]]).toEqual([
    2,
    expect.stringContaining('name its versions, such as own/V0003'),
  ]);
  expect((await jobs('delete', 'own/V0001')).out).toEqual(['own/V0001 deleted']);
  expect((await jobs('show', 'own/V0001')).err[0]).toMatch(/VERSION_NOT_FOUND/);
});

test('what fails says so, with its cause and what mends it', async () => {
  const failed = await jobs('create', 'fails', '--follow', '--', 'sh', '-c', 'no-such-program');
  expect(failed.code).toBe(1);
  expect(failed.err.at(-1)).toBe('error JOB_FAILED: fails/V0001 failed: worker 0 ended with exit code 127');
  const followed = await jobs('logs', 'fails', '--follow');
  expect([followed.code, followed.err]).toEqual([
    1,
    ['error JOB_FAILED: fails/V0001 failed: worker 0 ended with exit code 127'],
  ]);
  const { out } = await jobs('show', 'fails');
  expect(out.find((line) => line.startsWith('cause'))).toContain('no-such-program');
  expect(out.find((line) => line.startsWith('mend'))).toContain('PATH');
});

test.each([
  [['show', 'nobody'], 'JOB_NOT_FOUND'],
  [['show', '../x'], 'USAGE_INVALID_VALUE'],
  [['create', 'a b', '--', 'true'], 'USAGE_INVALID_VALUE'],
  [['create', 'a'], 'USAGE_MISSING_ARGUMENT'],
  [['create', 'a', '--template', 'none'], 'TEMPLATE_NOT_FOUND'],
  [['create', 'a', '--memory', 'much', '--', 'true'], 'USAGE_INVALID_VALUE'],
  [['create', 'a', '--timeout', 'long', '--', 'true'], 'USAGE_INVALID_VALUE'],
  [['create', 'a', '--env', 'AWS_SECRET_ACCESS_KEY=x', '--', 'true'], 'JOB_CREDENTIAL'],
  [['create', 'a', '--', 'train', 'recognition', '--data', '/nowhere'], 'PATH_NOT_FOUND'],
  [['create', 'a', '--', 'train', 'recognition', '--dta', 'x'], 'USAGE_UNKNOWN_FLAG'],
  [['create', 'a', '--', 'train', 'recognition', '--nproc', 'two'], 'USAGE_INVALID_VALUE'],
  [
    ['create', 'a', '--', 'train', 'recognition', '--data', '.', '--set', 'lossOptions.margn=0.4'],
    'RECIPE_UNKNOWN_KEY',
  ],
  [
    ['create', 'a', '--', 'train', 'recognition', '--data', '.', '--set', 'inputSize=50'],
    'RECIPE_INVALID_VALUE',
  ],
  [['sweep', 'a', '--', 'true'], 'USAGE_MISSING_ARGUMENT'],
  [['sweep', 'a', '--grid', 'x=1,2', '--halving', 'e=1..4', '--', 'true'], 'USAGE_MISSING_ARGUMENT'],
])('%j is refused', async ([command, ...args], code) => {
  const result = await jobs(command!, ...args);
  expect(result.code).toBe(2);
  expect(result.err[0]).toMatch(`error ${code}: `);
  expect((await jobs('list', 'a')).out.join('')).not.toContain('a/V');
});
