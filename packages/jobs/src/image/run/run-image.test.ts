import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processesMarked } from '../../executor/process-table.ts';
import { ImageLayout } from '../oci/layout.ts';
import { findProgram } from '../run-program.ts';
import { tinyImage } from '../testing/tiny-image.ts';

/** Runs the image `shell` of a layout; the arguments are our module, the layout, a folder to unpack it to, and a script for its shell. */
const runner = `
  const [module, layoutDir, unpacked, script] = process.argv.slice(2);
  const { imageOf, ImageLayout, namedImage, ownArchitecture, runImage } = await import(module);
  const layout = ImageLayout.existing(layoutDir);
  const image = await imageOf(layout, await namedImage(layout, 'shell:1'), ownArchitecture());
  const options = { unpacked, args: ['-c', script], entrypoint: '/bin/sh', env: { SEMBLANCE_TEST_RUN: unpacked } };
  process.exitCode = await runImage(layout, image, options);
`;

const canRun = process.getuid?.() === 0 && findProgram('unshare') !== null;

describe.skipIf(!canRun)('a container without an engine (as root on Linux)', () => {
  let dir: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'run-image-'));
    // what a container is given lies in the folder for passing files
    mkdirSync(join(dir, 'tmp'));
    writeFileSync(join(dir, 'runner.ts'), runner);
    const programs = ['sh', 'sleep', 'setsid'].map((name) => findProgram(name)!);
    const libraries = programs.flatMap((path) =>
      [...execFileSync('ldd', [path], { encoding: 'utf8' }).matchAll(/(\/\S+)/g)].map(([, file]) => file!),
    );
    const entries = [
      ...programs.map((from) => ({ path: `/bin/${from.split('/').at(-1)}`, from, mode: 0o755 })),
      ...[...new Set(libraries)].map((from) => ({ path: from, from, mode: 0o755 })),
    ].map((entry) => ({
      ...entry,
      from: execFileSync('readlink', ['-f', entry.from], { encoding: 'utf8' }).trim(),
    }));
    await tinyImage(await ImageLayout.open(join(dir, 'layout')), 'shell:1', entries);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const start = (script: string) => {
    const words = [
      join(dir, 'runner.ts'),
      new URL('../index.ts', import.meta.url).href,
      join(dir, 'layout'),
      join(dir, 'unpacked'),
      script,
    ];
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], {
      env: { ...process.env, TMPDIR: join(dir, 'tmp') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    return { child, ended };
  };
  const processes = () => processesMarked((run) => run === join(dir, 'unpacked'), 'SEMBLANCE_TEST_RUN');
  const isUp = async (stdout: NodeJS.ReadableStream): Promise<void> => {
    for await (const text of stdout) if (String(text).includes('up')) return;
    throw new Error('it ended before it was up');
  };

  test.each([
    ['as it is', 'echo up; sleep 1000; exit'],
    ['in a session of its own, with children', 'echo up; sleep 1000 & exec setsid sleep 1000'],
  ])('ends with its runner, however that ends: %s', async (_, script) => {
    const { child, ended } = start(script);
    await isUp(child.stdout);
    expect(processes().length).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await ended;
    while (processes().length > 0) await sleep(20);
    while (readdirSync(join(dir, 'tmp')).length > 0) await sleep(20);
  });

  test('ends with what started its namespaces, too', async () => {
    const { child, ended } = start('echo up; sleep 1000; exit');
    await isUp(child.stdout);
    const [unshare] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ');
    process.kill(Number(unshare), 'SIGKILL');
    expect(await ended).toEqual([137, null]);
    while (processes().length > 0) await sleep(20);
    expect(readdirSync(join(dir, 'tmp'))).toEqual([]);
  });

  test('ends with its code, by SIGTERM as well, and leaves nothing', async () => {
    expect(await start('exit 7').ended).toEqual([7, null]);
    const { child, ended } = start('trap "exit 5" TERM; echo up; while :; do sleep 0.05; done');
    await isUp(child.stdout);
    child.kill('SIGTERM');
    expect(await ended).toEqual([5, null]);
    expect(processes()).toEqual([]);
    expect(readdirSync(join(dir, 'tmp'))).toEqual([]);
  });
});
