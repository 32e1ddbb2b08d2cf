import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createFixture, type Fixture, people, photo } from './service/fixtures.ts';
import { root } from './source-files.ts';

vi.setConfig({ testTimeout: 300_000 });

let dir: string;
let fixture: Fixture;
let models: string[];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'semblance-early-'));
  fixture = await createFixture();
  models = ['--detector', fixture.detector, '--recognizer', fixture.recognizer];
  for (const name of Object.keys(people)) {
    await mkdir(join(dir, 'people', name), { recursive: true });
    for (let i = 0; i < 2; i++)
      await writeFile(join(dir, 'people', name, `${i}.png`), await photo([name], 4 * i));
  }
  await mkdir(join(dir, 'photos'));
  // large enough that a thread is in the network most of the time
  const large = await photo(['ada', 'eve'], 0, 1200);
  for (let i = 0; i < 40; i++) await writeFile(join(dir, 'photos', `${i}.png`), large);
  const built = start(
    'gallery',
    'build',
    '--data',
    join(dir, 'people'),
    ...models,
    '--out',
    join(dir, 'gallery'),
  );
  built.stdout.resume();
  const { code, stderr } = await built.ended;
  expect(code, stderr).toBe(0);
});
afterAll(async () => {
  await fixture.remove();
  await rm(dir, { recursive: true, force: true });
});

function start(...args: string[]) {
  const file = join(root, 'packages/semblance/src/main.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args]);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stderr }));
  return { stdout: child.stdout, kill: (signal: NodeJS.Signals) => child.kill(signal), ended };
}

const recognize = () =>
  start(
    'recognize',
    '--data',
    join(dir, 'photos'),
    '--gallery',
    join(dir, 'gallery'),
    ...models,
    '--set',
    'scale=1',
  );

test('a reader that has seen enough ends the command with exit code 0', async () => {
  for (let i = 0; i < 10; i++) {
    const { stdout, ended } = recognize();
    const [first] = await once(stdout, 'data');
    stdout.destroy();
    expect(String(first)).toContain('ada');
    const { code, signal, stderr } = await ended;
    expect({ code, signal }, stderr).toEqual({ code: 0, signal: null });
    expect(stderr).not.toMatch(/error|terminate/i);
  }
});

test.each([
  ['recognize', recognize],
  ['detect', () => start('detect', '--data', join(dir, 'photos'), ...models.slice(0, 2))],
  [
    'gallery build',
    () => start('gallery', 'build', '--data', join(dir, 'people'), ...models, '--out', join(dir, 'other')),
  ],
  [
    'evaluate identification',
    () => start('evaluate', 'identification', '--data', join(dir, 'people'), '--enrol', '1', ...models),
  ],
] as const)('a signal ends %s by that signal and no other', async (_, begin) => {
  for (const [signal, ms] of [
    ['SIGINT', 300],
    ['SIGTERM', 600],
    ['SIGINT', 900],
  ] as const) {
    const { stdout, kill, ended } = begin();
    stdout.resume();
    await sleep(ms);
    kill(signal);
    const how = await ended;
    // It may have been done by then; what has begun on photos says what is complete, and ends with 130.
    const ends = [0, ...(signal === 'SIGINT' ? [130] : [])];
    if (how.signal === null) expect(ends, how.stderr).toContain(how.code);
    else expect(how.signal, how.stderr).toBe(signal);
  }
});
