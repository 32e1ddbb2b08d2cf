import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createImage } from '../image/image.ts';
import { tinyDetector, tinyRecognizer } from '../testing/tiny-models.ts';
import { tinyOnnx } from '../testing/tiny-onnx.ts';
import { draftManifest, recognizeConventions } from './conventions.ts';
import type { NamedDialect } from './dialects.ts';
import { importOnnx } from './import.ts';
import { loadDetector, loadRecognizer } from './load.ts';
import { verifyModel } from './model-folder.ts';
import type { Session } from './session.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'import-'));
  await writeFile(join(dir, 'detector.onnx'), tinyDetector());
  await writeFile(join(dir, 'recognizer.onnx'), tinyRecognizer());
});
afterEach(() => rm(dir, { recursive: true }));
const path = (name: string) => join(dir, name);
const code = (expected: string) => expect.objectContaining({ name: 'SemblanceError', code: expected });

/** A single-input graph whose outputs have these shapes. */
function shaped(
  input: (number | string)[],
  outputs: Record<string, (number | string)[]>,
  slope?: number,
): Uint8Array {
  const names = Object.keys(outputs);
  const nodes = names.map((name) => ({ op: 'Identity', inputs: ['x'], outputs: [name] }));
  const leaky =
    slope === undefined
      ? []
      : [{ op: 'LeakyRelu', inputs: ['x'], outputs: ['l'], attributes: { alpha: slope } }];
  return tinyOnnx({ inputs: { x: input }, outputs, nodes: [...leaky, ...nodes] });
}
const portsOf = (
  input: (number | null)[],
  outputs: Record<string, (number | null)[]>,
): Pick<Session, 'inputs' | 'outputs'> => ({
  inputs: [{ name: 'x', shape: input }],
  outputs: Object.entries(outputs).map(([name, shape]) => ({ name, shape })),
});

describe('import', () => {
  test('takes a dialect of one’s own, whose name the manifest records', async () => {
    const own: NamedDialect = {
      name: 'my-lab',
      task: 'recognition',
      architecture: 'mine',
      channels: 'BGR',
      mean: [0, 0, 0],
      std: [255, 255, 255],
      recognizer: { template: 'arcface', flip: false },
    };
    const { manifest } = await importOnnx({ file: path('recognizer.onnx'), dialect: own, out: path('own') });
    expect(manifest).toMatchObject({
      architecture: 'mine',
      input: { channels: 'BGR', std: [255, 255, 255] },
      origin: { dialect: 'my-lab', file: 'recognizer.onnx' },
    });
    await using recognizer = await loadRecognizer(path('recognizer.onnx'), { dialect: own });
    expect(recognizer.manifest.origin!.dialect).toBe('my-lab');
  });

  test('makes a folder that verifies and loads', async () => {
    const { manifest } = await importOnnx({
      file: path('recognizer.onnx'),
      dialect: 'arcface-insightface',
      out: path('out'),
      conventions: { channels: 'BGR', architecture: 'mine', flip: false },
    });
    expect(manifest).toMatchObject({
      task: 'recognition',
      architecture: 'mine',
      input: { channels: 'BGR', mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5], batch: null },
      recognizer: { output: 'embedding', embeddingSize: 12, flip: false },
      origin: { dialect: 'arcface-insightface', file: 'recognizer.onnx' },
    });
    expect(await verifyModel(path('out'))).toEqual(manifest);
    expect((await readdir(path('out'))).sort()).toEqual(['manifest.json', 'model.onnx']);
    expect(await readFile(path('out/model.onnx'))).toEqual(await readFile(path('recognizer.onnx')));
    await using recognizer = await loadRecognizer(path('out'));
    expect(recognizer.embeddingSize).toBe(12);
  });

  test('a folder and its bare file under the same conventions have one id', async () => {
    await importOnnx({ file: path('recognizer.onnx'), dialect: 'arcface-insightface', out: path('out') });
    await using folder = await loadRecognizer(path('out'));
    await using bare = await loadRecognizer(path('recognizer.onnx'), { dialect: 'arcface-insightface' });
    expect(folder.id).toBe(bare.id);
  });

  test('refuses a dialect that is unknown, of another shape, or has no place to go', async () => {
    const file = path('recognizer.onnx');
    const out = path('out');
    await expect(importOnnx({ file, dialect: 'klingon', out })).rejects.toEqual(
      code('MODEL_DIALECT_UNKNOWN'),
    );
    await expect(importOnnx({ file, dialect: 'toString', out })).rejects.toEqual(
      code('MODEL_DIALECT_UNKNOWN'),
    );
    await expect(importOnnx({ file, dialect: 'yunet', out })).rejects.toEqual(code('MODEL_DIALECT_MISMATCH'));
    await expect(importOnnx({ file: path('none.onnx'), dialect: 'yunet', out })).rejects.toEqual(
      code('PATH_NOT_FOUND'),
    );
    await expect(importOnnx({ file, dialect: 'custom', out })).rejects.toEqual(
      code('USAGE_MISSING_ARGUMENT'),
    );
    expect(await readdir(dir)).not.toContain('out');
    await importOnnx({ file, dialect: 'arcface-insightface', out });
    await expect(importOnnx({ file, dialect: 'arcface-insightface', out })).rejects.toEqual(
      code('PATH_EXISTS'),
    );
    await importOnnx({ file, dialect: 'arcface-insightface', out, overwrite: true });
  });

  test("every convention of 'custom' comes from options", async () => {
    const { manifest } = await importOnnx({
      file: path('detector.onnx'),
      dialect: 'custom',
      out: path('out'),
      conventions: {
        task: 'detection',
        head: 'scrfd',
        channels: 'RGB',
        mean: 127.5,
        std: [128, 128, 128],
        anchorsPerCell: 1,
      },
    });
    await using detector = await loadDetector(path('out'));
    const image = createImage(64, 64);
    for (let y = 24; y < 32; y++) image.data.fill(255, 3 * (y * 64 + 40), 3 * (y * 64 + 48));
    expect((await detector.detect(image, { scale: 1 }))[0]!.box).toEqual([28, 12, 52, 36]);
    expect(manifest.origin).toEqual({ dialect: 'custom', file: 'detector.onnx' });
  });
});

describe('dialects of bare files', () => {
  const retinaface = { a: [1, 16800, 4], b: [1, 16800, 2], c: [1, 16800, 10] };
  const image = [1, 3, 640, 640];
  const crop = [null, 3, 112, 112];
  const yunet = Object.fromEntries(
    ['cls', 'obj', 'bbox', 'kps'].flatMap((role) =>
      [8, 16, 32].map((stride) => [`${role}_${stride}`, [null, null, 1]]),
    ),
  );

  test.each([
    ['retinaface-mnet025', 0.1, image, retinaface],
    ['retinaface-mnet025-1mb', undefined, image, retinaface],
    ['retinaface-mnet025-1mb', 0, image, retinaface],
    ['yunet', undefined, image, yunet],
    ['ultralight', undefined, image, { boxes: [1, 4420, 4], scores: [1, 4420, 2] }],
    ['arcface-insightface', undefined, crop, { any: [null, 512] }],
    ['mobilefacenet-foamliu', undefined, crop, { output0: [null, 128] }],
  ] as const)('%s', (dialect, slope, input, outputs) => {
    const bytes = shaped([1], { y: [1] }, slope);
    const ports = portsOf(
      [...input],
      Object.fromEntries(Object.entries(outputs).map(([k, v]) => [k, [...v]])),
    );
    expect(recognizeConventions(bytes, ports)).toBe(dialect);
  });

  test('what tells nothing is not guessed at', () => {
    const bytes = shaped([1], { y: [1] });
    const unknown: Record<string, (number | null)[]>[] = [
      { y: [null, 128] },
      { y: [1, 3, 4] },
      { a: [1], b: [2], c: [3] },
    ];
    for (const outputs of unknown) {
      expect(() => recognizeConventions(bytes, portsOf(crop, outputs))).toThrow(
        code('MODEL_DIALECT_UNKNOWN'),
      );
    }
  });

  test('activations of the other RetinaFace dialect are a mismatch, both ways', () => {
    const ports = portsOf(image, retinaface);
    const [leaky, plain] = [shaped([1], { y: [1] }, 0.1), shaped([1], { y: [1] })];
    expect(() => draftManifest(leaky, ports, 'retinaface-mnet025-1mb')).toThrow(
      code('MODEL_DIALECT_MISMATCH'),
    );
    expect(() => draftManifest(plain, ports, 'retinaface-mnet025')).toThrow(code('MODEL_DIALECT_MISMATCH'));
    expect(draftManifest(leaky, ports, 'retinaface-mnet025').task).toBe('detection');
    expect(draftManifest(plain, ports, 'retinaface-mnet025-1mb').task).toBe('detection');
  });

  test('a network that normalises its input itself gets the pixels as they are', () => {
    const nodes = ['Sub', 'Mul'].map((op) => ({ op, inputs: ['x', 'x'], outputs: [op] }));
    const bytes = tinyOnnx({ inputs: { x: [1] }, outputs: { Mul: [1] }, nodes });
    const draft = draftManifest(bytes, portsOf([1, 3, 112, 112], { e: [1, 512] }), 'arcface-insightface');
    expect(draft.input).toMatchObject({ mean: [0, 0, 0], std: [1, 1, 1], batch: 1 });
  });
});
