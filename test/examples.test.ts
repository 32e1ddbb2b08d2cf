import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningService, startService } from '@semblance/serve';
import { writePeople } from '@semblance/synthetic';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { record } from '../packages/semblance/src/testing/recorder.ts';
import { createFixture, type Fixture, photo } from './service/fixtures.ts';
import { root } from './source-files.ts';

// each example is a process that loads networks or libtorch: on a busy machine that takes its time
vi.setConfig({ testTimeout: 180_000 });

/** Runs an example as a reader would; fails where it fails. */
async function example(name: string, args: string[], env: Record<string, string> = {}): Promise<string> {
  const flags = ['--disable-warning=ExperimentalWarning', join(root, 'examples', `${name}.ts`)];
  const child = spawn(process.execPath, [...flags, ...args], { env: { ...process.env, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  expect(code, said).toBe(0);
  return said;
}

let dir: string;
let models: Fixture;
let people: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'semblance-examples-'));
  models = await createFixture();
  people = join(dir, 'people');
  for (const name of ['ada', 'bob', 'eve']) {
    await mkdir(join(people, name), { recursive: true });
    for (const shade of [0, 6, 12])
      await writeFile(join(people, name, `${shade}.png`), await photo([name], shade));
  }
  const { code, err } = await record(
    ...['gallery', 'build', '--data', people, '--out', join(dir, 'gallery'), '--threshold', '0.9'],
    ...['--detector', models.detector, '--recognizer', models.recognizer],
  );
  expect(code, err.join('\n')).toBe(0);
  await mkdir(join(dir, 'photos'));
  await writeFile(join(dir, 'photos', '1-party.png'), await photo(['eve', 'ada'], 3));
  await writeFile(join(dir, 'photos', '2-wall.png'), await photo([], 3));
  await writeFile(join(dir, 'photos', '3-broken.jpg'), 'no picture');
}, 120_000);
afterAll(async () => {
  await models?.remove();
  await rm(dir, { recursive: true, force: true });
});

test('recognize-folder names the people, and skips what is no photo', async () => {
  const args = [join(dir, 'photos'), join(dir, 'gallery'), models.detector, models.recognizer];
  const lines = (await example('recognize-folder', args)).trimEnd().split('\n');
  expect(lines.length).toBe(3);
  expect(lines[0]).toMatch(/^1-party\.png: (eve \(1\.00\), ada \(1\.00\)|ada \(1\.00\), eve \(1\.00\))$/);
  expect(lines[1]).toBe('2-wall.png: nobody');
  expect(lines[2]).toMatch(/^3-broken\.jpg: skipped, .*is not a JPEG/);
});

test('verify tells one person from two', async () => {
  const face = (name: string, shade: number) => join(people, name, `${shade}.png`);
  const both = [models.detector, models.recognizer, '0.9'];
  expect(await example('verify', [face('ada', 0), face('ada', 12), ...both])).toMatch(
    /^same person\nsimilarity 0\.9\d\d, threshold 0\.9 \(given\)\n$/,
  );
  expect(await example('verify', [face('ada', 0), face('bob', 0), ...both])).toMatch(/^different people\n/);
});

describe('training', () => {
  let faces: string;
  beforeAll(async () => {
    faces = join(dir, 'faces');
    await writePeople({ out: faces, numPeople: 4, photosPerPerson: 8, seed: 1, size: 48, aligned: true });
  }, 120_000);

  test('train-recognizer leaves a model, and resumes one that was not finished', async () => {
    const out = join(dir, 'model');
    const said = await example('train-recognizer', [faces, out, '6']);
    expect(said).toMatch(/step 10\/\d+ {2}loss \d/);
    expect(said).toContain(`the model is ${out}`);
    expect(await readdir(out)).toContain('model.onnx');
    const numLines = async () =>
      (await readFile(join(out, 'metrics.jsonl'), 'utf8')).trim().split('\n').length;
    const before = await numLines();
    await example('train-recognizer', [faces, out, '6']);
    expect(await numLines()).toBe(before); // there was nothing left to train
  });

  test('watch-version follows a version to its end', async () => {
    const home = join(dir, 'home');
    const semblance = async (...args: string[]) => {
      const flags = ['--disable-warning=ExperimentalWarning', join(root, 'packages/semblance/src/main.ts')];
      const env = { ...process.env, SEMBLANCE_HOME: home, SEMBLANCE_JOB_IDLE_MS: '500' };
      const [code] = await once(
        spawn(process.execPath, [...flags, ...args], { env, stdio: 'ignore' }),
        'close',
      );
      expect(code).toBe(0);
    };
    const small = ['--recipe', 'arcface-synthetic-small', '--set', 'epochs=2', '--set', 'batchSize=16'];
    await semblance('jobs', 'create', 'faces', '--', 'train', 'recognition', '--data', faces, ...small);
    const said = await example('watch-version', ['faces'], { SEMBLANCE_HOME: home });
    expect(said).toMatch(/faces\/V0001 is completed, step \d+, loss \d/);
  });
});

describe('call-service', () => {
  let service: RunningService;
  beforeAll(async () => {
    const { detector, recognizer } = models;
    service = await startService({
      state: join(dir, 'state'),
      models: { detector, recognizer, gallery: join(dir, 'gallery') },
    });
  }, 120_000);
  afterAll(() => service?.close());

  test('names who is in the photo', async () => {
    const { text } = await service.keys.create('read', 'test');
    const args = [join(dir, 'photos', '1-party.png'), service.url];
    const said = await example('call-service', args, { SEMBLANCE_API_KEY: text });
    expect(said.trimEnd().split('\n').sort()).toEqual([
      expect.stringMatching(/^ada \((1|0\.99\d*)\)$/),
      expect.stringMatching(/^eve \((1|0\.99\d*)\)$/),
    ]);
  });
});
