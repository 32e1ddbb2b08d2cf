// Every command that writes, on a disk without room, on one that can only be read, and without files left to open.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installTinyModels, writePicture } from '../packages/face/src/testing/patterned-people.ts';
import { tinyRecognizer } from '../packages/face/src/testing/tiny-models.ts';
import { recordIn } from '../packages/semblance/src/testing/recorder.ts';
import { writeToyPeople } from '../packages/train/src/testing/toy-people.ts';
import { root } from './source-files.ts';
import { canMount, type Disk, mountDisk } from './support/disks.ts';

let dir: string;
let env: Record<string, string>;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'full-disk-'));
  env = { SEMBLANCE_HOME: join(dir, 'home'), XDG_CACHE_HOME: join(dir, 'cache') };
  await installTinyModels(join(dir, 'home'));
  await recordIn(env, 'model', 'use', 'squares', 'quarters');
  await writePicture(join(dir, 'people', 'ada', '1.png'), ['ada']);
  await writePicture(join(dir, 'people', 'ada', '2.png'), ['ada'], 20);
  await writePicture(join(dir, 'people', 'bo', '1.png'), ['bo']);
  await writePicture(join(dir, 'people', 'bo', '2.png'), ['bo'], 20);
  await writeToyPeople(join(dir, 'crops'), 4, 6, 112);
  await writeFile(join(dir, 'recognizer.onnx'), tinyRecognizer());
  await mkdir(join(dir, 'scenes', 'images'), { recursive: true });
  await writePicture(join(dir, 'scenes', 'images', 'a.png'), ['ada']);
  await writeFile(join(dir, 'scenes', 'label.txt'), '# a.png\n20 20 30 30\n');
});
afterAll(() => rm(dir, { recursive: true }));

/** A command line that writes below a folder; `{}` stands for the tests' own. */
const people = ['--data', '{}/people'];
const writers: [name: string, write: (out: string) => string[]][] = [
  [
    'recognize --annotate',
    (out) => ['recognize', '{}/people/ada/1.png', '--gallery', '{}/known', '--annotate', `${out}/a`],
  ],
  ['detect --annotate', (out) => ['detect', ...people, '--annotate', `${out}/a`]],
  ['gallery build', (out) => ['gallery', 'build', ...people, '--out', `${out}/g`]],
  ['gallery add', (out) => ['gallery', 'add', `${out}/g`, 'ada', '{}/people/ada/1.png']],
  ['find --cache', (out) => ['find', '{}/people/ada/1.png', '--in', '{}/people', '--cache', `${out}/c`]],
  ['data align', (out) => ['data', 'align', ...people, '--out', `${out}/a`]],
  [
    'data convert to a folder',
    (out) => ['data', 'convert', '--data', '{}/people.tar', '--to', 'folder', '--out', `${out}/a`],
  ],
  ['data convert to a tar', (out) => ['data', 'convert', ...people, '--to', 'tar', '--out', `${out}/a.tar`]],
  [
    'data convert to RecordIO',
    (out) => ['data', 'convert', ...people, '--to', 'recordio', '--out', `${out}/a`],
  ],
  [
    'data convert of labels',
    (out) => ['data', 'convert', '--data', '{}/scenes', '--to', 'coco', '--out', `${out}/a`],
  ],
  ['data clean', (out) => ['data', 'clean', ...people, '--out', `${out}/a`]],
  ['data preview', (out) => ['data', 'preview', '--data', '{}/scenes', '--out', `${out}/a.jpg`]],
  [
    'model import',
    (out) => [
      'model',
      'import',
      '{}/recognizer.onnx',
      '--dialect',
      'arcface-insightface',
      '--set',
      'flip=false',
      '--out',
      `${out}/m`,
    ],
  ],
  ['losses plot', (out) => ['losses', 'plot', '--out', `${out}/p`]],
  [
    'evaluate identification --report',
    (out) => ['evaluate', 'identification', ...people, '--report', `${out}/r`],
  ],
  ['evaluate --cache', (out) => ['evaluate', 'identification', ...people, '--cache', `${out}/c`]],
  [
    'train recognition',
    (out) => [
      'train',
      'recognition',
      '--data',
      '{}/crops',
      '--out',
      `${out}/m`,
      '--recipe',
      'arcface-synthetic-small',
      '--set',
      'epochs=1',
      '--set',
      'batchSize=4',
    ],
  ],
  [
    'jobs create',
    (out) => ['jobs', 'create', 'faces', '--jobs', `${out}/j`, '--task', 'custom', '--', 'true'],
  ],
  ['keys create', (out) => ['keys', 'create', '--state', `${out}/s`]],
  ['serve', (out) => ['serve', '--state', `${out}/s`, '--port', '0']],
  ['init', (out) => ['init', `${out}/project`]],
  ['storage copy', (out) => ['storage', 'copy', '{}/people', `${out}/copy`]],
];
const call = (words: string[], use = env) => recordIn(use, ...words.map((word) => word.replace('{}', dir)));

describe.skipIf(!canMount)('a disk (mounted in memory, which takes root)', { timeout: 120_000 }, () => {
  let disk: Disk;
  beforeAll(async () => {
    disk = mountDisk(4);
    expect((await call(['gallery', 'build', ...people, '--out', '{}/known'])).code).toBe(0);
    expect((await call(['data', 'convert', ...people, '--to', 'tar', '--out', '{}/people.tar'])).code).toBe(
      0,
    );
  });
  afterAll(() => disk?.[Symbol.dispose]());

  test.each(writers)('%s says that there is no room left, where, and what to do', async (name, write) => {
    disk.fill();
    const { code, err, out } = await call(write(`${disk.path}/full`));
    disk.free();
    const last = err.findLast((line) => line.startsWith('error '));
    expect([code, last], `${name}: ${[...err, ...out].join('\n')}`).toEqual([
      1,
      expect.stringMatching(new RegExp(`^error STORAGE_FULL: .*${disk.path}.*: free some`)),
    ]);
  });

  test.each(writers)('%s says that the disk can only be read', async (name, write) => {
    disk.setReadOnly(true);
    const { code, err, out } = await call(write(`${disk.path}/read-only`));
    disk.setReadOnly(false);
    const last = err.findLast((line) => line.startsWith('error '));
    expect([code, last], `${name}: ${[...err, ...out].join('\n')}`).toEqual([
      1,
      expect.stringMatching(new RegExp(`^error STORAGE_READ_ONLY: .*${disk.path}.*: choose another place`)),
    ]);
  });
});

describe('what else is in the way', { timeout: 120_000 }, () => {
  const shell = (line: string) =>
    execFileSync('sh', ['-c', `${line}; echo "exit $?"`], {
      encoding: 'utf8',
      env: {
        ...process.env,
        ...env,
        MAIN: `${process.execPath} ${join(root, 'packages/semblance/src/main.ts')}`,
      },
    });

  test('a port that is taken, and an address that is not this machine’s', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const taken = await call(['serve', '--state', '{}/service', '--port', String(port)]);
    server.close();
    expect([taken.code, taken.err.at(-1)]).toEqual([
      2,
      `error ADDRESS_IN_USE: another program listens at port ${port} of 127.0.0.1: end it, or choose another port (0 takes a free one)`,
    ]);
    const foreign = await call(['serve', '--state', '{}/service', '--host', '192.0.2.1', '--port', '0']);
    expect([foreign.code, foreign.err.at(-1)]).toEqual([
      2,
      expect.stringMatching(/^error ADDRESS_UNAVAILABLE: this machine has no address 192\.0\.2\.1: use 127/),
    ]);
  });

  test('a place for results that is full', () => {
    const said = shell(`$MAIN detect --data ${dir}/people/ada/1.png 2>&1 >/dev/full`);
    expect(said).toContain(
      'error STORAGE_FULL: the results cannot be written: there is no room left on the disk: free some, or choose a ' +
        'place on another disk\nexit 1\n',
    );
  });

  test('a folder or file in the place of the other, and a name that is too long', async () => {
    const file = join(dir, 'file');
    await writeFile(file, 'x');
    const below = await call(['losses', 'plot', '--out', `${file}/x`]);
    expect(below.err.at(-1)).toBe(
      `error PATH_NOT_FOUND: a file stands where a folder was expected: ${file}/x`,
    );
    const on = await call(['data', 'preview', '--data', '{}/scenes', '--out', '{}/people']);
    expect(on.err.at(-1)).toMatch(/^error PATH_EXISTS: a folder stands where a file was expected.*people/);
    const long = await call(['losses', 'plot', '--out', `{}/${'x'.repeat(300)}`]);
    expect(long.err[0]).toMatch(/^error USAGE_INVALID_VALUE: a name that is too long for the disk: .*xxx/);
  });

  test('too many open files', () => {
    // a process that has opened all it may
    const code = `
      import { openSync } from 'node:fs';
      import { openSqliteStore } from ${JSON.stringify(join(root, 'packages/face/src/gallery/index.ts'))};
      import { listImages } from ${JSON.stringify(join(root, 'packages/core/src/files/index.ts'))};
      try { for (;;) openSync('/dev/null', 'r'); } catch {}
      const codeOf = async (action) => { try { await action(); return 'none'; } catch (error) { return error.code; } };
      console.log(await codeOf(() => openSqliteStore(process.argv[1])), await codeOf(() => listImages(process.argv[2])));`;
    const known = join(dir, 'many', 'gallery.db');
    execFileSync(process.execPath, [
      '--input-type=module-typescript',
      '-e',
      `import { Gallery } from ${JSON.stringify(join(root, 'packages/face/src/gallery/index.ts'))};
       await (await Gallery.create(process.argv[1], { modelId: 'm-0', embeddingSize: 4 })).close();`,
      join(dir, 'many'),
    ]);
    const said = execFileSync('sh', [
      '-c',
      'ulimit -n 60; exec "$@"',
      'sh',
      process.execPath,
      '--input-type=module-typescript',
      '-e',
      code,
      known,
      join(dir, 'people'),
    ]);
    expect(String(said)).toBe('TOO_MANY_OPEN_FILES TOO_MANY_OPEN_FILES\n');
  });
});
