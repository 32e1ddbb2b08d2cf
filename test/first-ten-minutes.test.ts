// docs/first-ten-minutes.md, typed: from an empty home folder and models on loopback to the first right name, by the very
// lines of its transcript.
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { hashBytes } from '@semblance/core/files';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bytes, type FileServer, serveFiles } from '../packages/face/src/testing/file-server.ts';
import { root } from './source-files.ts';
import { describeRealData, realData } from './support/real-data.ts';

const MOST_SECONDS = 120;

/** Commands of the transcript, each with the lines it printed there. */
const transcript = [
  ...readFileSync(join(root, 'docs', 'first-ten-minutes.md'), 'utf8').matchAll(/^```console\n(.*?)^```/gms),
]
  .flatMap(([, block]) => block!.split(/^\$ /m).slice(1))
  .map((part) => part.trimEnd().split('\n'))
  .map(([command, ...lines]) => ({ command: command!, lines }));

test('the first right name comes after three commands or fewer', () => {
  const first = transcript.findIndex(({ lines }) => lines.some((line) => line.includes(' Ann ')));
  expect(transcript[0]!.command).toMatch(/^npx semblance init /);
  expect(first + 1).toBeLessThanOrEqual(3);
});

describeRealData('from nothing to a name', () => {
  let dir: string;
  let server: FileServer;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'first-'));
    server = await prepare(dir);
  });
  afterAll(async () => {
    await server.close();
    rmSync(dir, { recursive: true });
  });

  test('each command prints what the page says', { timeout: 2 * MOST_SECONDS * 1000 }, async () => {
    const startMs = performance.now();
    let namedMs = Number.POSITIVE_INFINITY;
    for (const { command, lines } of transcript) {
      const { status, printed } = await type(command, dir);
      expect(status, printed.join('\n')).toBe(0);
      let from = 0;
      for (const line of lines) {
        const at = printed.findIndex(
          (other, i) => i >= from && withoutNumbers(other) === withoutNumbers(line),
        );
        expect(at, `${command} printed\n${printed.join('\n')}\nand not\n${line}`).toBeGreaterThanOrEqual(0);
        from = at + 1;
      }
      if (printed.some((line) => line.startsWith('photo.jpg  Ann ')))
        namedMs = Math.min(namedMs, performance.now() - startMs);
    }
    expect(namedMs / 1000).toBeLessThan(MOST_SECONDS);
  });
});

/** A folder with photos and the program, an empty home, and the models on a server: nothing else is there. */
async function prepare(dir: string): Promise<FileServer> {
  // of those with many photos, under names of our own
  const known = readdirSync(realData('lfw'))
    .sort()
    .filter((name) => readdirSync(realData('lfw', name)).length >= 10);
  const people = { Ann: known[4]!, Bert: known[5]!, Cleo: known[7]! };
  const photo = (person: string, n: number): string => realData('lfw', person, `${person}_000${n}.jpg`);
  for (const [name, person] of Object.entries(people)) {
    mkdirSync(join(dir, 'photos', name), { recursive: true });
    for (const n of [1, 2]) copyFileSync(photo(person, n), join(dir, 'photos', name, `${n}.jpg`));
  }
  copyFileSync(photo(people.Ann, 4), join(dir, 'photo.jpg'));
  copyFileSync(photo(known[3]!, 1), join(dir, 'stranger.jpg'));
  mkdirSync(join(dir, 'home'));
  // as after npm i semblance
  mkdirSync(join(dir, 'node_modules', '.bin'), { recursive: true });
  mkdirSync(join(dir, 'node_modules', '@semblance'));
  const packages = join(root, 'packages');
  symlinkSync(
    join(packages, 'semblance', 'bin', 'semblance.mjs'),
    join(dir, 'node_modules', '.bin', 'semblance'),
  );
  symlinkSync(join(packages, 'face'), join(dir, 'node_modules', '@semblance', 'face'));

  const [detector, recognizer] = ['retinaface-mnet025.onnx', 'MobileFaceNet.onnx'].map((name) =>
    readFileSync(realData('weights', name)),
  ) as [Buffer, Buffer];
  const server = await serveFiles({ '/d.onnx': bytes(detector), '/r.onnx': bytes(recognizer) });
  const models = [
    {
      name: 'office-detector',
      summary: 'RetinaFace',
      file: { url: `${server.url}/d.onnx`, sha256: hashBytes(detector) },
      license: { name: 'MIT', trainedOn: 'WIDER FACE' },
      models: [{ task: 'detection', dialect: 'retinaface-mnet025' }],
    },
    {
      name: 'office-recognizer',
      summary: 'MobileFaceNet',
      file: { url: `${server.url}/r.onnx`, sha256: hashBytes(recognizer) },
      license: { name: 'Apache-2.0', trainedOn: 'MS-Celeb-1M' },
      models: [{ task: 'recognition', dialect: 'mobilefacenet-foamliu' }],
    },
  ];
  writeFileSync(join(dir, 'catalogue.json'), JSON.stringify({ format: 'semblance-catalogue/1', models }));
  return server;
}

/** Types a line into a shell and reads what comes, results and the rest as a terminal mixes them. */
async function type(command: string, dir: string): Promise<{ status: number | null; printed: string[] }> {
  // both streams as a terminal shows them: in the order in which they were written
  const child = spawn('sh', ['-c', `exec 2>&1; ${command}`], {
    cwd: dir,
    env: {
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      HOME: join(dir, 'home'),
      SEMBLANCE_MODEL_CATALOGUE: join(dir, 'catalogue.json'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, printed: text.split('\n') };
}

const withoutNumbers = (line: string): string => line.replace(/\d+(\.\d+)?/g, '0').trim();
