// Models and galleries by name, from pulling to recognizing, as a user types it: a catalogue of one's own on loopback.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashBytes } from '@semblance/core/files';
import { encodePng } from '@semblance/face';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bytes, type FileServer, serveFiles } from '../../../face/src/testing/file-server.ts';
import { tinyDetectorModel, tinyRecognizer } from '../../../face/src/testing/tiny-models.ts';
import { tinyOnnx } from '../../../face/src/testing/tiny-onnx.ts';
import { type Recorded, recordIn } from '../testing/recorder.ts';
import { taskOfCommand } from './job-kinds/task-of-command.ts';

let dir: string;
let server: FileServer;
let env: Record<string, string>;
const run = (...args: string[]): Promise<Recorded> => recordIn(env, ...args);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'models-'));
  // sees pure white alone, so that rendered faces, on which pulled detectors are tried, tell nothing about it
  const onlyWhite = tinyDetectorModel();
  onlyWhite.floats!.bright!.values = [10 / 3, 10 / 3, 10 / 3];
  onlyWhite.floats!.add_score!.values = [-9.3];
  const [detector, recognizer] = [tinyOnnx(onlyWhite), tinyRecognizer()];
  server = await serveFiles({ '/d.onnx': bytes(detector), '/r.onnx': bytes(recognizer) });
  const license = { name: 'MIT', trainedOn: 'nothing' };
  const catalogue = {
    format: 'semblance-catalogue/1',
    models: [
      {
        name: 'squares',
        summary: 'finds white squares',
        file: { url: `${server.url}/d.onnx`, sha256: hashBytes(detector) },
        license,
        models: [{ task: 'detection', dialect: 'scrfd', conventions: { anchorsPerCell: 1 } }],
      },
      {
        name: 'quarters',
        summary: 'means of quarters',
        file: { url: `${server.url}/r.onnx`, sha256: hashBytes(recognizer) },
        license: { ...license, restriction: 'tests only', url: 'https://license.example' },
        models: [{ task: 'recognition', dialect: 'arcface-insightface' }],
      },
    ],
  };
  await writeFile(join(dir, 'catalogue.json'), JSON.stringify(catalogue));
  env = { SEMBLANCE_HOME: join(dir, 'home'), SEMBLANCE_MODEL_CATALOGUE: join(dir, 'catalogue.json') };
});
afterAll(async () => {
  await server.close();
  await rm(dir, { recursive: true });
});

test('nothing is fetched by listing, and the list says what there is', async () => {
  const { code, out, err } = await run('model', 'list');
  expect(code).toBe(0);
  expect(out.find((line) => line.startsWith('buffalo-l '))).toMatch(/non-commercial research only/);
  expect(out.find((line) => line.startsWith('squares '))).toMatch(/detector +– +MIT +finds white squares/);
  expect(err[0]).toContain('semblance model pull');
  expect(server.requests).toEqual([]);
});

test('the first detector and recognizer pulled become the defaults; a license is asked for', async () => {
  const { code, out } = await run('model', 'pull', 'squares');
  expect(code).toBe(0);
  expect(out).toEqual([
    `${join(dir, 'home/models/squares')}: detection model squares`,
    'license MIT; trained on: nothing',
    'squares is now the default for detection',
  ]);
  const refused = await run('model', 'pull', 'quarters');
  expect(refused.code).toBe(2);
  expect(refused.err[0]).toMatch(/MODEL_LICENSE_NOT_ACCEPTED: .*tests only.*https:\/\/license.example/);
  const accepted = await run('model', 'pull', 'quarters', '--accept-license', '--format', 'json');
  expect(JSON.parse(accepted.out[0]!)).toMatchObject({ name: 'quarters', models: [{ default: true }] });
  expect((await run('model', 'use')).out).toEqual(['detector    squares', 'recognizer  quarters']);
  const again = await run('model', 'pull', 'squares');
  expect(again.out[0]).toContain('here already');
});

test('inspect says the license of a restricted model', async () => {
  const { out } = await run('model', 'inspect', 'quarters');
  expect(out).toContain('restriction   tests only: check that your use is allowed');
  expect(out.find((line) => line.startsWith('license'))).toContain('https://license.example');
});

test('use takes names, paths and pairs, and refuses two of a kind', async () => {
  const path = join(dir, 'home/models/squares/model.onnx');
  expect((await run('model', 'use', 'squares', 'squares')).err[0]).toContain('both a detector');
  expect((await run('model', 'use', 'squarez')).err[0]).toMatch(/MODEL_NOT_FOUND.*Did you mean squares/);
  expect((await run('model', 'use', join(dir, 'home/models/squares'), '--format', 'json')).out).toEqual([
    JSON.stringify({ detector: join(dir, 'home/models/squares'), recognizer: 'quarters' }),
  ]);
  expect((await run('model', 'use', 'squares')).code).toBe(0);
  expect(JSON.parse(await readFile(join(dir, 'home/models/default.json'), 'utf8'))).toEqual({
    detector: 'squares',
    recognizer: 'quarters',
  });
  expect(path).toContain('squares');
});

test('a gallery by name, of default models; recognize needs no flag', async () => {
  const { encodePng, createImage } = await import('@semblance/face/image');
  const face = createImage(256, 256);
  // a white square of one cell, and a shade around it for the recognizer to see
  const person = async (name: string, shade: number): Promise<string> => {
    face.data.fill(shade);
    for (let y = 128; y < 136; y++) face.data.fill(255, 3 * (y * 256 + 128), 3 * (y * 256 + 136));
    const path = join(dir, 'people', name, '1.png');
    await mkdir(join(dir, 'people', name), { recursive: true });
    await writeFile(path, await encodePng(face));
    return path;
  };
  const photo = await person('Ada', 20);
  await person('Bo', 90);
  const built = await run('gallery', 'build', '--data', join(dir, 'people'), '--gallery', 'office');
  expect(built.err.filter((line) => line.includes('error'))).toEqual([]);
  expect(built.code).toBe(0);
  for (const args of [
    [photo],
    [photo, '--gallery', 'office'],
    ['--data', photo, '--gallery', join(dir, 'home/galleries/office'), '--detector', 'squares'],
  ]) {
    const { out, code } = await run('recognize', ...args, '--format', 'csv');
    expect([code, out]).toEqual([0, [`${photo},Ada`]]);
  }
  // the default may be another: the gallery tells what it was built with
  await run('model', 'use', 'squares');
  expect((await run('recognize', photo, photo, '--format', 'csv')).out).toEqual([
    `${photo},Ada`,
    `${photo},Ada`,
  ]);
  const other = await run('recognize', photo, '--gallery', 'ofice');
  expect(other.err[0]).toMatch(/GALLERY_NOT_FOUND.*Did you mean office/);
  expect((await run('detect', '--data', photo)).code).toBe(0);
});

test('a gallery whose recognizer is not here says so', async () => {
  const elsewhere = { ...env, SEMBLANCE_HOME: join(dir, 'other') };
  await recordIn(elsewhere, 'model', 'pull', 'squares');
  const { code, err } = await recordIn(
    elsewhere,
    'recognize',
    join(dir, 'people', 'Ada', '1.png'),
    '--gallery',
    join(dir, 'home/galleries/office'),
  );
  expect(code).toBe(2);
  expect(err[0]).toMatch(/MODEL_NOT_FOUND: the gallery was built with the recognizer arcface-/);
  expect(err[0]).toContain('--recognizer');
});

test('a job records the paths of the models that names and defaults stand for', async () => {
  const { withNamedInputs } = await import('./job-kinds/named-inputs.ts');
  const task = taskOfCommand([
    'recognize',
    '--data',
    'photos',
    '--gallery',
    'office',
    '--detector',
    'squares',
  ]);
  expect((await withNamedInputs(task, env)).options).toEqual({
    data: 'photos',
    gallery: join(dir, 'home/galleries/office'),
    detector: join(dir, 'home/models/squares'),
    recognizer: join(dir, 'home/models/quarters'),
  });
  const crops = taskOfCommand(['evaluate', 'verification', '--crops', '--pairs', 'p']);
  expect((await withNamedInputs(crops, env)).options).toEqual({
    crops: 'true',
    pairs: 'p',
    recognizer: join(dir, 'home/models/quarters'),
  });
  const tuned = taskOfCommand(['train', 'recognition', '--data', 'crops', '--init', 'quarters']);
  expect((await withNamedInputs(tuned, env)).options).toEqual({
    data: 'crops',
    init: join(dir, 'home/models/quarters'),
  });
  expect(() => taskOfCommand(['gallery', 'build', '--gallery', 'office'])).toThrow(/as a job takes/);
});

test('a recognizer is calibrated on people, and its manifest keeps the curve', async () => {
  const people = join(dir, 'strangers');
  for (let i = 0; i < 24; i++) {
    await mkdir(join(people, `p${i}`), { recursive: true });
    // a shade of its own in each quarter, of which the recognizer takes the means
    const data = new Uint8Array(112 * 112 * 3);
    for (let at = 0; at < data.length; at++) {
      const [x, y] = [Math.floor(at / 3) % 112 >= 56 ? 1 : 0, Math.floor(at / 336) >= 56 ? 2 : 0];
      data[at] = (37 * i * (x + y + 1) + 90 * (x + y)) % 256;
    }
    await writeFile(join(people, `p${i}`, '0.png'), await encodePng({ data, width: 112, height: 112 }));
  }
  const [file, model] = [join(dir, 'bare.onnx'), join(dir, 'calibrated')];
  await writeFile(file, tinyRecognizer());
  await run('model', 'import', file, '--dialect', 'arcface-insightface', '--out', model);
  const args = ['--data', people, '--crops', '--no-cache', '--format', 'json'];
  const { code, out, err } = await run('model', 'calibrate', model, ...args);
  expect(err.join('\n') + code).toMatch(/0$/);
  const { missed, isStored, ...curve } = JSON.parse(out[0]!);
  expect({ missed, isStored }).toEqual({ missed: 0, isStored: true });
  expect(curve).toMatchObject({ pairs: 276, people: 24, data: 'strangers, one photo each of 24 people' });
  // 30 of 276 pairs and more above each
  expect(curve.fmr).toEqual([0.5, 0.2]);
  expect(JSON.parse(await readFile(join(model, 'manifest.json'), 'utf8')).impostors).toEqual(curve);
  expect((await run('model', 'inspect', model)).out.join('\n')).toContain('276 pairs of different people');
});
