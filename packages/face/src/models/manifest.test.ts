import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tinyRecognizer } from '../testing/tiny-models.ts';
import { loadDetector, loadRecognizer } from './load.ts';
import { type ManifestDraft, parseManifest } from './manifest.ts';
import { readManifest, verifyModel, writeManifest } from './model-folder.ts';
import { modelId } from './model-id.ts';

const draft: ManifestDraft = {
  task: 'recognition',
  architecture: 'tiny',
  createdAt: '2026-01-01T00:00:00.000Z',
  input: {
    name: 'crop',
    width: 112,
    height: 112,
    multipleOf: 1,
    batch: null,
    channels: 'RGB',
    mean: [127.5, 127.5, 127.5],
    std: [127.5, 127.5, 127.5],
  },
  recognizer: { output: 'embedding', embeddingSize: 12, template: 'arcface', flip: true },
  recipe: { name: 'tiny', steps: 3 },
};

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'model-'));
  await writeFile(join(dir, 'model.onnx'), tinyRecognizer());
});
afterEach(() => rm(dir, { recursive: true }));
const code = (expected: string) => expect.objectContaining({ name: 'SemblanceError', code: expected });

describe('writing and reading', () => {
  test('what was written is read, with the hash and size of each file', async () => {
    await writeFile(join(dir, 'model.safetensors'), 'weights');
    const written = await writeManifest(dir, draft);
    expect(await readManifest(dir)).toEqual(written);
    expect(written).toMatchObject({ ...draft, format: 'semblance-model/1' });
    expect(Object.keys(written.files)).toEqual(['model.onnx', 'model.safetensors']);
    expect(written.files['model.safetensors']).toEqual({
      sha256: '9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c',
      sizeBytes: 7,
    });
  });

  test('a folder without model.onnx, without a manifest, or with a broken one is told apart', async () => {
    await expect(readManifest(dir)).rejects.toEqual(code('MODEL_NOT_FOUND'));
    await writeFile(join(dir, 'manifest.json'), '{"task":');
    await expect(readManifest(dir)).rejects.toEqual(code('MODEL_MANIFEST_INVALID'));
    await rm(join(dir, 'model.onnx'));
    await expect(writeManifest(dir, draft)).rejects.toEqual(code('MODEL_NOT_FOUND'));
  });
});

describe('one altered byte', () => {
  test.each(['model.onnx', 'model.safetensors'])('of %s is found', async (name) => {
    await writeFile(join(dir, 'model.safetensors'), 'weights');
    await writeManifest(dir, draft);
    await verifyModel(dir);
    const bytes = await readFile(join(dir, name));
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(join(dir, name), bytes);
    await expect(verifyModel(dir)).rejects.toEqual(code('MODEL_TAMPERED'));
  });

  test('of the network keeps it from being loaded; a missing file as well', async () => {
    await writeManifest(dir, draft);
    const bytes = await readFile(join(dir, 'model.onnx'));
    bytes[30]! ^= 1;
    await writeFile(join(dir, 'model.onnx'), bytes);
    await expect(loadRecognizer(dir)).rejects.toEqual(code('MODEL_TAMPERED'));
    await rm(join(dir, 'model.onnx'));
    await expect(loadRecognizer(dir)).rejects.toEqual(code('MODEL_NOT_FOUND'));
    await expect(verifyModel(dir)).rejects.toEqual(code('MODEL_TAMPERED'));
  });
});

describe('what is not valid names its place', () => {
  const valid = {
    ...draft,
    format: 'semblance-model/1',
    files: { 'model.onnx': { sha256: 'a'.repeat(64), sizeBytes: 9 } },
  };
  const changed = (change: object) => () => parseManifest({ ...valid, ...change });

  test.each([
    ['a misspelled key', { thresold: 1 }, /Did you mean threshold\?/],
    ['an unknown key', { colour: 1 }, /keys .* of the manifest but received colour/],
    ['an unknown inner key', { input: { ...draft.input, gamma: 1 } }, /keys .* of input but received gamma/],
    [
      'two means',
      { input: { ...draft.input, mean: [1, 2] } },
      /list of 3 numbers for input\.mean but received \[1,2\]/,
    ],
    ['a deviation of 0', { input: { ...draft.input, std: [1, 0, 1] } }, /number above 0 for input\.std\[1\]/],
    ['another format', { format: 'semblance-model/9' }, /semblance-model\/1 for format/],
    ['another task', { task: 'singing' }, /one of detection, recognition for task but received "singing"/],
    ['no recognizer', { recognizer: undefined }, /an object for recognizer but received nothing/],
    [
      'files elsewhere',
      { files: { ...valid.files, '../x': valid.files['model.onnx'] } },
      /bare file names for keys of files/,
    ],
    ['no network', { files: {} }, /an entry model\.onnx for files/],
    ['a wrong hash', { files: { 'model.onnx': { sha256: 'A', sizeBytes: 9 } } }, /64 hexadecimal digits/],
    ['a key of Object', { constructor: 1 }, /of the manifest but received constructor/],
  ])('%s', (_, change, message) => {
    expect(changed(change)).toThrow(message);
    expect(changed(change)).toThrow(code('MODEL_MANIFEST_INVALID'));
  });

  test('what is no object', () => {
    for (const value of [null, 3, 'x', []])
      expect(() => parseManifest(value)).toThrow(code('MODEL_MANIFEST_INVALID'));
  });
});

test('the id changes with the network and with how pixels become its input, and with nothing else', async () => {
  const manifest = await writeManifest(dir, draft);
  const id = modelId(manifest);
  expect(id).toMatch(/^tiny-[0-9a-f]{12}$/);
  expect(modelId({ ...manifest, createdAt: 'later', metrics: { accuracy: 1 } })).toBe(id);
  expect(modelId({ ...manifest, input: { ...manifest.input, channels: 'BGR' } })).not.toBe(id);
  expect(
    modelId({ ...manifest, files: { 'model.onnx': { sha256: 'b'.repeat(64), sizeBytes: 1 } } }),
  ).not.toBe(id);
});

test('a model is loaded for its own task only, and must be there', async () => {
  await writeManifest(dir, draft);
  await expect(loadDetector(dir)).rejects.toEqual(code('MODEL_WRONG_TASK'));
  await expect(loadDetector(join(dir, 'nothing'))).rejects.toEqual(code('MODEL_NOT_FOUND'));
  await using recognizer = await loadRecognizer(dir);
  expect(recognizer.embeddingSize).toBe(12);
});
