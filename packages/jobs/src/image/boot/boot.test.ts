import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeCommand } from '@semblance/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bootPlan } from './arguments.ts';
import { serveArguments } from './serve-arguments.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'boot-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

const [node, ...entry] = nodeCommand(import.meta.url, './main');

/** The entry point as a process of its own, with a job folder of its own. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(node, [...entry, ...args], {
    env: { PATH: process.env.PATH!, MA_JOB_DIR: join(dir, 'job'), ...env },
    cwd: dir,
  });
  const ran: Ran = { code: null, out: '', err: '' };
  child.stdout.on('data', (data) => (ran.out += data));
  child.stderr.on('data', (data) => (ran.err += data));
  const end = new Promise<Ran>((resolve) => child.on('close', (code) => resolve({ ...ran, code })));
  return { child, ran, end };
}
const run = (args: readonly string[], env = {}): Promise<Ran> => start(args, env).end;

function put(path: string, content: string): string {
  const file = join(dir, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
  return file;
}
const text = (path: string): string => readFileSync(join(dir, path), 'utf8');
const at = (path: string): string => `file://${join(dir, path)}`;

describe('the entry point of an image', () => {
  test('fetches code and inputs, runs the command in the code, and carries outputs and the log away', async () => {
    put('code/train.sh', 'cat "$1/photo.txt" > "$2/model.txt"; pwd; echo wrong >&2');
    put('faces/photo.txt', 'a face');
    const { code, out, err } = await run([
      ...['--code', at('code'), '--input', `faces=${at('faces')}`, '--output', `model=${at('out')}`],
      ...['--logs', at('logs'), 'sh', '-c'],
      'mkdir -p {outputs.model} && sh train.sh {inputs.faces} {outputs}/model',
    ]);
    expect(err).toMatch(/input faces: 1 files, 6 bytes/);
    expect(code).toBe(0);
    expect(out).toBe(`${join(dir, 'job', 'code')}\n`);
    expect(text('out/model.txt')).toBe('a face');
    expect(text('logs/worker-0/worker-0.log').split('\n').sort()).toEqual(['', out.trim(), 'wrong']);
  });

  test.each([
    ['--input', 'faces='],
    ['--code', ''],
  ])('%s that is not there: 127, and nothing runs', async (flag, name) => {
    const value = name + at('nothing');
    const { code, err } = await run([flag, value, '--', 'touch', join(dir, 'ran')]);
    expect(code).toBe(127);
    expect(err).toMatch(/did not arrive: error \w+: .*nothing/);
    expect(existsSync(join(dir, 'ran'))).toBe(false);
  });

  test('ends as the command does, and carries what there is', async () => {
    const failed = await run([
      '--output',
      `model=${at('out')}`,
      'sh',
      '-c',
      'mkdir {outputs.model}; echo x > {outputs.model}/x; exit 3',
    ]);
    expect(failed.code).toBe(3);
    expect(text('out/x')).toBe('x\n');
    expect((await run(['--logs', at('logs'), 'sh', '-c', 'kill -9 $$'])).code).toBe(137);
    expect((await run(['--logs', at('logs'), 'no-such-program'])).code).toBe(127);
    expect((await run(['no-such-program'])).code).toBe(127);
  });

  test('a run whose outputs do not arrive has failed', async () => {
    // one that was never written has not arrived either, and a command's own failure counts more
    expect((await run(['--output', `model=${at('out')}`, 'true'])).code).toBe(1);
    expect((await run(['--output', `model=${at('out')}`, 'sh', '-c', 'exit 5'])).code).toBe(5);
    const blocked = `file://${put('file', '')}/below`;
    const { code, err } = await run([
      '--output',
      `model=${blocked}`,
      'sh',
      '-c',
      'mkdir {outputs.model}; echo x > {outputs.model}/x',
    ]);
    expect(code, err).toBe(1);
    expect(err).toMatch(/output model did not arrive/);
  });

  test('SIGTERM reaches the command, which may say goodbye', async () => {
    const { child, ran, end } = start([
      '--logs',
      at('logs'),
      'sh',
      '-c',
      "trap 'echo bye; exit 7' TERM; echo up; while :; do sleep 0.05; done",
    ]);
    while (!ran.out.includes('up')) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 7, out: 'up\nbye\n' });
    expect(text('logs/worker-0/worker-0.log')).toBe('up\nbye\n');
  });

  test('worker 1 of 2 carries its log, and no outputs', async () => {
    const env = { RANK: '1', WORLD_SIZE: '2', LOCAL_RANK: '1' };
    const { code } = await run(
      [
        '--output',
        `model=${at('out')}`,
        '--logs',
        at('logs'),
        'sh',
        '-c',
        'echo $RANK of $WORLD_SIZE, $VC_TASK_INDEX of $VC_WORKER_NUM',
      ],
      env,
    );
    expect(code).toBe(0);
    expect(existsSync(join(dir, 'out'))).toBe(false);
    expect(text('logs/worker-1/worker-1.log')).toBe('1 of 2, 1 of 2\n');
  });

  test('without anything to carry the command takes the process, with torchrun’s variables for one worker', async () => {
    const { ran, child, end } = start([
      'sh',
      '-c',
      'echo $$ $RANK $WORLD_SIZE $MASTER_ADDR $SEMBLANCE_OUTPUTS',
    ]);
    expect((await end).code).toBe(0);
    expect(ran.out).toBe(`${child.pid} 0 1 127.0.0.1 ${join(dir, 'job', 'outputs')}\n`);
    // a launcher that has variables of its own is not contradicted
    expect((await run(['sh', '-c', 'echo "[$RANK]"'], { SLURM_PROCID: '1', SLURM_NTASKS: '2' })).out).toBe(
      '[]\n',
    );
  });

  test('arguments may come in SEMBLANCE_BOOT', async () => {
    put('faces/photo.txt', 'a face');
    const SEMBLANCE_BOOT = JSON.stringify(['--input', `faces=${at('faces')}`]);
    expect(await run(['cat', '{inputs.faces}/photo.txt'], { SEMBLANCE_BOOT })).toMatchObject({
      code: 0,
      out: 'a face',
    });
    expect((await run(['true'], { SEMBLANCE_BOOT: 'nonsense' })).code).toBe(2);
  });

  test('predownload brings what an earlier run has left', async () => {
    const output = [
      '--predownload',
      '--output',
      `model=${at('out')}`,
      'sh',
      '-c',
      'mkdir -p {outputs.model}; echo run >> {outputs.model}/runs',
    ];
    expect((await run(output)).code).toBe(0);
    rmSync(join(dir, 'job'), { recursive: true });
    expect((await run(output)).code).toBe(0);
    expect(text('out/runs')).toBe('run\nrun\n');
  });

  test('no credential is printed', async () => {
    const env = { AWS_SECRET_ACCESS_KEY: 'very-secret-key' };
    const { code, err } = await run(['--input', `a=${at('very-secret-key')}`, 'true'], env);
    expect(code).toBe(127);
    expect(err).toContain('***');
    expect(err).not.toContain('very-secret-key');
  });
});

describe('arguments of the entry point', () => {
  test.each([
    [['--inputs', 'a=b', 'true'], /unknown option '--inputs'/],
    [['--input', 'a', 'true'], /expected --input NAME=LOCATION but received 'a'/],
    [['--input', '../a=b', 'true'], /expected --input NAME=LOCATION/],
    [['--input', 'a=b', '--input', 'a=c', 'true'], /--input a is given twice/],
    [['--logs'], /--logs needs a value/],
    [['--predownload'], /there is no command/],
    [['--'], /there is no command/],
  ])('%j are refused', (args, message) => {
    expect(() => bootPlan(args)).toThrow(message);
  });

  test('end at the command, whose own options are its own', () => {
    expect(bootPlan(['--input=a=s3://b/c=d', '--', 'train', '--input', 'x'])).toMatchObject({
      inputs: [{ name: 'a', location: 's3://b/c=d' }],
      command: ['train', '--input', 'x'],
    });
  });
});

describe('serve in an image', () => {
  const places = () => ({ models: join(dir, 'models'), gallery: join(dir, 'gallery') });

  test('takes the models and the gallery that are there, and listens to other machines at 8080', async () => {
    put('models/a/manifest.json', '{"task":"detection"}');
    put('models/b/manifest.json', '{"task":"recognition"}');
    put('gallery/gallery.sqlite', '');
    const { models, gallery } = places();
    expect(await serveArguments(['--rate', '5'], places())).toEqual([
      ...[
        '--host',
        '0.0.0.0',
        '--port',
        '8080',
        '--detector',
        join(models, 'a'),
        '--recognizer',
        join(models, 'b'),
      ],
      ...['--gallery', gallery, '--rate', '5'],
    ]);
    expect(await serveArguments(['--port=1', '--detector', 'x', '--recognizer', 'y'], places())).toEqual([
      ...['--host', '0.0.0.0', '--gallery', gallery, '--port=1', '--detector', 'x', '--recognizer', 'y'],
    ]);
  });

  test('leaves to variables and to a file what they set', async () => {
    put('gallery/gallery.sqlite', '');
    put('serve.json', '{"port": 9, "detector": "x"}');
    const { gallery } = places();
    const env = { SEMBLANCE_SERVE_HOST: '127.0.0.1', SEMBLANCE_SERVE_PORT: '' };
    expect(await serveArguments([], places(), env)).toEqual(['--port', '8080', '--gallery', gallery]);
    const file = ['--config', join(dir, 'serve.json')];
    const others = ['--host', '0.0.0.0', '--gallery', gallery];
    expect(await serveArguments(file, places(), {})).toEqual([...others, ...file]);
    expect(await serveArguments([], places(), { SEMBLANCE_SERVE_CONFIG: file[1] })).toEqual(others);
    const broken = ['--config=/nowhere/serve.json'];
    expect(await serveArguments(broken, places(), {})).toEqual([
      ...['--host', '0.0.0.0', '--port', '8080', '--gallery', gallery],
      ...broken,
    ]);
  });

  test('does not choose between several models, and needs none', async () => {
    for (const name of ['a', 'b']) put(`models/${name}/manifest.json`, '{"task":"recognition"}');
    expect(await serveArguments([], places())).toEqual(['--host', '0.0.0.0', '--port', '8080']);
  });
});
