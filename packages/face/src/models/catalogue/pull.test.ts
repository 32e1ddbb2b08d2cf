import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashBytes } from '@semblance/core/files';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createImage, type Image } from '../../image/image.ts';
import { bytes, type FileServer, serveFiles } from '../../testing/file-server.ts';
import { tinyDetector, tinyRecognizer } from '../../testing/tiny-models.ts';
import { tinyOnnx } from '../../testing/tiny-onnx.ts';
import { findModel, pulledModels, readDefaults, writeDefaults } from '../home/index.ts';
import { loadDetector, loadRecognizer } from '../load.ts';
import type { CatalogueEntry } from './entry.ts';
import { type PullOptions, type PullResult, pullModel } from './pull.ts';

let dir = '';
let server: FileServer;
let env: Record<string, string>;
const detector = tinyDetector();
const recognizer = tinyRecognizer();
const pair = zipSync({ 'pack/det.onnx': detector, 'pack/rec.onnx': recognizer, 'pack/age.onnx': recognizer });

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pull-'));
  env = { SEMBLANCE_HOME: join(dir, 'home') };
  server = await serveFiles({
    '/d.onnx': bytes(detector),
    '/r.onnx': bytes(recognizer),
    '/pair.zip': bytes(pair),
  });
});
afterEach(async () => {
  await server.close();
  await rm(dir, { recursive: true });
});

const code = (expected: string) => expect.objectContaining({ code: expected });
const free = { name: 'MIT', trainedOn: 'nothing' };
const entries = (): Record<'d' | 'r' | 'pair', CatalogueEntry> => ({
  d: {
    name: 'd',
    summary: 'finds white squares',
    file: { url: `${server.url}/d.onnx`, sha256: hashBytes(detector), sizeBytes: detector.length },
    license: free,
    models: [{ task: 'detection', dialect: 'scrfd', conventions: { anchorsPerCell: 1 } }],
  },
  r: {
    name: 'r',
    summary: 'means of quarters',
    file: { url: `${server.url}/r.onnx`, sha256: hashBytes(recognizer) },
    license: free,
    models: [
      {
        task: 'recognition',
        dialect: 'adaface',
        conventions: { architecture: 'quarters' },
        threshold: { value: 0.3, basis: 'a guess' },
      },
    ],
  },
  pair: {
    name: 'pair',
    summary: 'both',
    file: { url: `${server.url}/pair.zip`, sha256: hashBytes(pair) },
    license: { name: 'Research', restriction: 'research only', url: 'https://x.example', trainedOn: 'x' },
    models: [
      {
        task: 'detection',
        dialect: 'scrfd',
        member: { file: 'det.onnx', sha256: hashBytes(detector) },
      },
      {
        task: 'recognition',
        dialect: 'arcface-insightface',
        member: { file: 'rec.onnx', sha256: hashBytes(recognizer) },
      },
    ],
  },
});
const pull = (entry: CatalogueEntry, options: PullOptions = {}): Promise<PullResult> =>
  pullModel(entry, { env, retryMs: 1, ...options });
const home = (...parts: string[]): string => join(dir, 'home', ...parts);

describe('pull', () => {
  test('a model by name: a folder that loads, with its license, threshold and conventions', async () => {
    const { models, madeDefault, isKept } = await pull(entries().r);
    expect(isKept).toBe(false);
    expect(models).toEqual(madeDefault);
    expect(models[0]!.manifest).toMatchObject({
      architecture: 'quarters',
      input: { channels: 'BGR', mean: [127.5, 127.5, 127.5] },
      threshold: { value: 0.3, basis: 'a guess' },
      origin: { name: 'r', file: 'r.onnx', url: `${server.url}/r.onnx`, license: free },
    });
    await using loaded = await loadRecognizer(await findModel('r', 'recognition', env));
    expect(loaded.embeddingSize).toBe(12);
    expect((await readdir(home('models'))).sort()).toEqual(['default.json', 'r']);
    expect(await readdir(home('downloads'))).toEqual([]);
  });

  test('a second call fetches nothing, unless it is told to', async () => {
    await pull(entries().d);
    expect((await pull(entries().d)).isKept).toBe(true);
    expect(server.requests.length).toBe(1);
    expect((await pull(entries().d, { force: true })).isKept).toBe(false);
    expect(server.requests.length).toBe(2);
  });

  test('a damaged one is told, and mended by --force', async () => {
    await pull(entries().d);
    await writeFile(home('models', 'd', 'model.onnx'), 'damaged');
    await expect(pull(entries().d)).rejects.toEqual(code('MODEL_TAMPERED'));
    await pull(entries().d, { force: true });
    await using _ = await loadDetector(await findModel('d', 'detection', env));
  });

  test('a license that restricts must be accepted; then both models of the archive are there', async () => {
    const { pair: entry } = entries();
    await expect(pull(entry)).rejects.toEqual(code('MODEL_LICENSE_NOT_ACCEPTED'));
    await expect(pull(entry)).rejects.toThrow('research only');
    expect(server.requests).toEqual([]);
    const { models } = await pull(entry, { acceptLicense: true });
    expect(models.map(({ task, path }) => [task, path])).toEqual([
      ['detection', home('models', 'pair', 'detector')],
      ['recognition', home('models', 'pair', 'recognizer')],
    ]);
    expect(models.map(({ manifest }) => manifest.origin?.file)).toEqual(['det.onnx', 'rec.onnx']);
    expect(await findModel('pair', 'recognition', env)).toBe(home('models', 'pair', 'recognizer'));
    expect(await findModel(undefined, 'detection', env)).toBe(home('models', 'pair', 'detector'));
    expect((await pull(entry, { acceptLicense: true })).isKept).toBe(true);
  });

  test('another file than the catalogue names is an error, and nothing is kept of it', async () => {
    const { d } = entries();
    const other = { ...d, file: { ...d.file, sha256: 'a'.repeat(64) } };
    await expect(pull(other)).rejects.toEqual(code('DOWNLOAD_WRONG_CONTENT'));
    const { pair: zip } = entries();
    zip.models[1]!.member!.sha256 = 'b'.repeat(64);
    await expect(pull(zip, { acceptLicense: true })).rejects.toEqual(code('DOWNLOAD_WRONG_CONTENT'));
    expect(await pulledModels(env)).toEqual([]);
    expect(await readdir(home('models'))).toEqual([]);
  });

  test('a detector that contradicts its dialect is not kept', async () => {
    const { d } = entries();
    const wrong = { ...d, models: [{ ...d.models[0]!, conventions: { anchorsPerCell: 2 } }] };
    await expect(pull(wrong, { images: async () => [squares()] })).rejects.toEqual(
      code('MODEL_DIALECT_MISMATCH'),
    );
    expect(await pulledModels(env)).toEqual([]);
    await pull(d, { images: async () => [squares()] });
  });

  test('a recognizer that gives the same for everything is not kept', async () => {
    const constant = tinyOnnx({
      inputs: { crop: ['batch', 3, 112, 112] },
      outputs: { embedding: ['batch', 12] },
      nodes: [
        {
          op: 'AveragePool',
          inputs: ['crop'],
          outputs: ['quarters'],
          attributes: { kernel_shape: [56, 56], strides: [56, 56] },
        },
        { op: 'Flatten', inputs: ['quarters'], outputs: ['flat'] },
        { op: 'Mul', inputs: ['flat', 'zero'], outputs: ['nothing'] },
        { op: 'Add', inputs: ['nothing', 'one'], outputs: ['embedding'] },
      ],
      floats: { zero: { shape: [1], values: [0] }, one: { shape: [1], values: [1] } },
    });
    await mkdir(home('downloads'), { recursive: true });
    await writeFile(home('downloads', 'r.onnx'), constant);
    const { r } = entries();
    await expect(pull({ ...r, file: { ...r.file, sha256: hashBytes(constant) } })).rejects.toThrow(
      'the same embedding for different pictures',
    );
  });

  test('two at once: one is refused, the other is done; what a killed one left is removed', async () => {
    const results = await Promise.allSettled([pull(entries().d), pull(entries().d)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'MODEL_BUSY' },
    });
    await mkdir(home('models', '.pulling-d-1'), { recursive: true }); // a process that lives
    await expect(pull(entries().d, { force: true })).rejects.toEqual(code('MODEL_BUSY'));
    await rm(home('models', '.pulling-d-1'), { recursive: true });
    const gone = home('models', '.pulling-d-4194304'); // above the highest number of a process
    await mkdir(gone);
    await writeFile(join(gone, 'half'), '');
    await pull(entries().d, { force: true });
    expect((await readdir(home('models'))).sort()).toEqual(['d', 'default.json']);
  });

  test('says what to do by hand where nothing can be fetched, and takes what was put in the place it names', async () => {
    const { d } = entries();
    const far = { ...d, file: { ...d.file, url: 'http://127.0.0.1:1/d.onnx' } };
    const error = await pull(far).catch((thrown: Error) => thrown.message);
    expect(error).toContain('semblance model pull d --from FILE');
    expect(error).toContain(home('downloads', 'd.onnx'));
    await writeFile(home('downloads', 'd.onnx'), 'another file');
    await expect(pull(far)).rejects.toEqual(code('DOWNLOAD_WRONG_CONTENT'));
    await writeFile(home('downloads', 'd.onnx'), detector);
    await pull(far);
    expect(await readdir(home('downloads'))).toEqual(['d.onnx']); // the user's own file stays
  });

  test('--from a file, a folder, and a folder of an archive unpacked', async () => {
    await writeFile(join(dir, 'any-name'), detector);
    await pull(entries().d, { from: join(dir, 'any-name') });
    await writeFile(join(dir, 'r.onnx'), recognizer);
    await pull(entries().r, { from: dir });
    await expect(pull(entries().d, { from: dir, force: true })).rejects.toEqual(code('PATH_NOT_FOUND'));
    await writeFile(join(dir, 'det.onnx'), detector);
    await writeFile(join(dir, 'rec.onnx'), recognizer);
    await pull(entries().pair, { from: dir, acceptLicense: true });
    await writeFile(join(dir, 'rec.onnx'), detector);
    await expect(pull(entries().pair, { from: dir, acceptLicense: true, force: true })).rejects.toEqual(
      code('DOWNLOAD_WRONG_CONTENT'),
    );
    expect(server.requests).toEqual([]);
  });

  test('a mirror is asked in place of where the entry says: a base URL, or a folder', async () => {
    const { d } = entries();
    const far = { ...d, file: { ...d.file, url: 'https://models.invalid/deep/d.onnx?raw=1' } };
    env.SEMBLANCE_MODEL_MIRROR = `${server.url}/`;
    await pull(far);
    expect(server.requests).toEqual(['GET /d.onnx']);
    await mkdir(join(dir, 'mirror'));
    await writeFile(join(dir, 'mirror', 'd.onnx'), detector);
    env.SEMBLANCE_MODEL_MIRROR = join(dir, 'mirror');
    await pull(far, { force: true });
    expect(server.requests.length).toBe(1);
    await rm(join(dir, 'mirror', 'd.onnx'));
    await expect(pull(far, { force: true })).rejects.toEqual(code('PATH_NOT_FOUND'));
  });
});

describe('names', () => {
  test('a path first, then a pulled model, then the default; else what to do', async () => {
    const find = (given?: string) => findModel(given, 'detection', env);
    await expect(find()).rejects.toEqual(code('MODEL_NOT_CHOSEN'));
    await expect(find()).rejects.toThrow('semblance model pull');
    await expect(find('yunet')).rejects.toThrow('download it with semblance model pull yunet');
    await expect(find('yunett')).rejects.toThrow('Did you mean yunet?');
    await expect(find('nowhere/d.onnx')).rejects.toThrow('no such model: nowhere/d.onnx');
    await pull(entries().d);
    await pull(entries().r);
    expect(await find('d')).toBe(home('models', 'd'));
    expect(await find()).toBe(home('models', 'd'));
    await expect(find('r')).rejects.toEqual(code('MODEL_WRONG_TASK'));
    await writeDefaults({ detector: home('models', 'd', 'model.onnx') }, env);
    expect(await find()).toBe(home('models', 'd', 'model.onnx'));
    expect(await readDefaults(env)).toEqual({
      detector: home('models', 'd', 'model.onnx'),
      recognizer: 'r',
    });
    expect(await find(dir)).toBe(dir);
  });

  test('a folder that is no model does not hide a pulled one; a model does', async () => {
    await pull(entries().d);
    await mkdir(join(dir, 'work', 'd'), { recursive: true });
    const before = process.cwd();
    process.chdir(join(dir, 'work'));
    try {
      expect(await findModel('d', 'detection', env)).toBe(home('models', 'd'));
      await writeFile(join('d', 'manifest.json'), await readFile(home('models', 'd', 'manifest.json')));
      expect(await findModel('d', 'detection', env)).toBe('d');
    } finally {
      process.chdir(before);
    }
  });
});

/** White squares of 8 pixels on black: one cell of the tiny detector sees each. */
function squares(): Image {
  const image = createImage(256, 256);
  for (const [left, top] of [
    [40, 40],
    [160, 120],
  ] as const)
    for (let y = top; y < top + 8; y++) image.data.fill(255, 3 * (y * 256 + left), 3 * (y * 256 + left + 8));
  return image;
}
