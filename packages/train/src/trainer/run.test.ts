import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashBytes } from '@semblance/core/files';
import { decodeImage, encodePng } from '@semblance/face/image';
import { loadRecognizer } from '@semblance/face/models';
import { readPersonSource, writePersonSource } from '@semblance/lab/datasets';
import { cuda, scope } from '@semblance/torch';
import { loadSafetensors } from '@semblance/torch/safetensors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeToyPeople } from '../testing/toy-people.ts';
import { type TrainRecognitionOptions, trainRecognition } from '../train-recognition.ts';
import { type MetricsLine, readMetrics } from './metrics-log.ts';
import type { TrainingEvent } from './progress.ts';

let folder: string;
let data: string;
let wholeLosses: number[];

const overrides = {
  inputSize: 32,
  batchSize: 8,
  epochs: 4,
  embeddingSize: 16,
  'backboneOptions.width': 0.125,
  checkpointSteps: 4,
  valPerPerson: 2,
  evalEpochs: 2,
  workers: 1,
  threads: 1,
  device: 'cpu',
};
const options = (out: string): TrainRecognitionOptions => ({ data, out: join(folder, out), overrides });
const lossesOf = (out: string) =>
  readMetrics(join(folder, out, 'metrics.jsonl')).flatMap((line: MetricsLine) =>
    line.loss === undefined ? [] : [line.loss as number],
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-'));
  data = join(folder, 'data');
  await writeToyPeople(data, 3, 10);
  await trainRecognition(options('whole'));
  wholeLosses = lossesOf('whole');
});

afterAll(() => rm(folder, { recursive: true }));

test('a run writes a model that ONNX Runtime loads, its metrics and its last checkpoints', async () => {
  const out = join(folder, 'whole');
  expect((await readdir(out)).sort()).toEqual([
    'checkpoints',
    'manifest.json',
    'metrics.jsonl',
    'model.onnx',
    'model.safetensors',
  ]);
  expect((await readdir(join(out, 'checkpoints'))).sort()).toEqual([
    'best.safetensors',
    'step-00000008.safetensors',
    'step-00000012.safetensors',
  ]);
  expect(wholeLosses).toHaveLength(12);
  const recognizer = await loadRecognizer(out);
  const crop = await decodeImage(join(data, 'person-0/000.png'));
  const [embedding] = await recognizer.embed([crop]);
  expect(embedding).toHaveLength(16);
  await recognizer.close();
  const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'));
  expect(manifest).toMatchObject({
    task: 'recognition',
    architecture: 'mbf-paper',
    data: {
      numImages: 24,
      numPeople: 3,
      peopleHash: hashBytes('["person-0","person-1","person-2"]'),
    },
    recipe: { name: 'arcface-mbf', batchSize: 8, lossOptions: { margin: 0.4 } },
    metrics: { valRank1: expect.any(Number), steps: 12 },
  });
});

test('the same run again gives the same losses; another seed gives others', async () => {
  await trainRecognition({ ...options('again'), overrides: { ...overrides, workers: 0 } });
  expect(lossesOf('again')).toEqual(wholeLosses);
  await trainRecognition({ ...options('other'), overrides: { ...overrides, seed: 2 } });
  expect(lossesOf('other')).not.toEqual(wholeLosses);
});

test('a run that is killed goes on exactly where its last checkpoint stood', async () => {
  const out = join(folder, 'killed');
  const script = join(folder, 'train.ts');
  const entry = new URL('../index.ts', import.meta.url).href;
  await writeFile(
    script,
    `const { trainRecognition } = await import(${JSON.stringify(entry)});
    const options = JSON.parse(process.argv[2]);
    await trainRecognition({ ...options, onProgress: (event) => event.kind === 'step' && console.log(event.step) });`,
  );
  const child = spawn(process.execPath, [script, JSON.stringify(options('killed'))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // The kernel ends it at some instant after the sixth step: nothing is tidied up.
  child.stdout.on('data', (chunk: Buffer) => {
    if (
      String(chunk)
        .split('\n')
        .some((line) => Number(line) >= 6)
    )
      child.kill('SIGKILL');
  });
  const killedBy = await new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
  expect(killedBy).toBe('SIGKILL');
  expect(existsSync(join(out, 'manifest.json'))).toBe(false);

  const events: TrainingEvent[] = [];
  await trainRecognition({ ...options('killed'), resume: true, onProgress: (event) => events.push(event) });
  expect(events.find((event) => event.kind === 'start')).toMatchObject({
    startStep: expect.any(Number),
    totalSteps: 12,
  });
  const first = events.find((event) => event.kind === 'step');
  expect(first?.step).toBeGreaterThanOrEqual(5);
  expect(lossesOf('killed')).toEqual(wholeLosses);
  expect(await readFile(join(out, 'model.safetensors'))).toEqual(
    await readFile(join(folder, 'whole/model.safetensors')),
  );
});

test('a run that is stopped leaves a checkpoint at that very step', async () => {
  const controller = new AbortController();
  const stopped = trainRecognition({
    ...options('stopped'),
    signal: controller.signal,
    onProgress: (event) => event.kind === 'step' && event.step === 3 && controller.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ code: 'TRAIN_STOPPED' });
  expect(await readdir(join(folder, 'stopped/checkpoints'))).toContain('step-00000003.safetensors');
  await trainRecognition({ ...options('stopped'), resume: true });
  expect(lossesOf('stopped')).toEqual(wholeLosses);
});

test('a loss that is not finite stops the run with a code', async () => {
  const attempt = trainRecognition({
    ...options('diverged'),
    overrides: { ...overrides, lr: 1e30, clipNorm: 0, warmup: 0 },
  });
  await expect(attempt).rejects.toMatchObject({
    code: 'TRAIN_DIVERGED',
    details: { step: expect.any(Number) },
  });
});

test.skipIf(cuda.isAvailable())('float16 is refused where there is no GPU', async () => {
  const refused = trainRecognition({ ...options('half'), overrides: { ...overrides, precision: 'float16' } });
  await expect(refused).rejects.toMatchObject({
    code: 'RECIPE_INVALID_VALUE',
    message: expect.stringContaining('bfloat16'),
  });
  expect(existsSync(join(folder, 'half'))).toBe(false);
});

test('a run is not written over, and is resumed only with its own recipe and data', async () => {
  await expect(trainRecognition(options('whole'))).rejects.toMatchObject({ code: 'PATH_EXISTS' });
  await expect(trainRecognition({ ...options('none'), resume: true })).rejects.toMatchObject({
    code: 'CHECKPOINT_NOT_FOUND',
  });
  const resumed = (changes: object) => trainRecognition({ ...options('whole'), resume: true, ...changes });
  await expect(resumed({ overrides: { ...overrides, lr: 0.05 } })).rejects.toMatchObject({
    code: 'CHECKPOINT_INVALID',
    message: expect.stringContaining('lr was 0.1, now 0.05'),
  });
  const otherData = join(folder, 'other-data');
  await cp(data, otherData, { recursive: true });
  await cp(join(data, 'person-0/000.png'), join(otherData, 'person-0/001.png'));
  await expect(resumed({ data: otherData })).rejects.toMatchObject({ code: 'CHECKPOINT_INVALID' });
});

test('training starts from the weights of another model', async () => {
  await trainRecognition({
    ...options('tuned'),
    init: join(folder, 'whole'),
    overrides: { ...overrides, epochs: 0.01, lr: 0 },
  });
  const [before, after] = await Promise.all(
    ['whole', 'tuned'].map((out) => readFile(join(folder, out, 'manifest.json'), 'utf8')),
  );
  expect(JSON.parse(after!).architecture).toBe(JSON.parse(before!).architecture);
  await expect(
    trainRecognition({
      ...options('unfit'),
      init: join(folder, 'whole'),
      overrides: { ...overrides, 'backboneOptions.width': 0.25 },
    }),
  ).rejects.toThrow(/another shape/);
  await expect(trainRecognition({ ...options('gone'), init: join(folder, 'nowhere') })).rejects.toMatchObject(
    { code: 'MODEL_NOT_FOUND' },
  );
});

test('training starts from the newest checkpoint of one that was not finished', async () => {
  const stopped = join(folder, 'stopped');
  await cp(join(folder, 'whole/checkpoints'), join(stopped, 'checkpoints'), { recursive: true });
  await trainRecognition({
    ...options('from-stopped'),
    init: stopped,
    overrides: { ...overrides, epochs: 0.01, lr: 0, weightDecay: 0 },
  });
  using _ = scope();
  const trained = loadSafetensors(join(folder, 'from-stopped/model.safetensors')).tensors;
  const expected = loadSafetensors(join(folder, 'whole/model.safetensors')).tensors;
  const [name, weight] = [...trained].find(([key, tensor]) => key.endsWith('weight') && tensor.ndim === 4)!;
  expect(weight.toArray()).toEqual(expected.get(name)!.toArray());
});

test('training does not start from the weights that another one began with', async () => {
  const begun = join(folder, 'begun');
  await mkdir(join(begun, 'checkpoints'), { recursive: true });
  await writeFile(join(begun, 'checkpoints', 'step-00000000.safetensors'), '');
  await expect(trainRecognition({ ...options('from-begun'), init: begun })).rejects.toMatchObject({
    code: 'CHECKPOINT_NOT_FOUND',
    message: expect.stringContaining('ended before its first checkpoint'),
  });
});

test('data that nothing can be learnt from are refused', async () => {
  const lonely = join(folder, 'lonely');
  await writeToyPeople(lonely, 1, 3);
  await expect(trainRecognition({ ...options('lonely-out'), data: lonely })).rejects.toMatchObject({
    code: 'TRAIN_DATA_UNUSABLE',
  });
});

test('photos that are no crops and broken ones are left out and named, in training and in evaluation', async () => {
  const mixed = join(folder, 'mixed');
  await writeToyPeople(mixed, 3, 10);
  const odd = await encodePng({ data: new Uint8Array(32 * 33 * 3), width: 32, height: 33 });
  await writeFile(join(mixed, 'person-1/004.png'), odd);
  await writeFile(join(mixed, 'person-2/004.png'), 'no photo');
  const told: string[] = [];
  const onProgress = (event: TrainingEvent) => event.kind === 'message' && told.push(event.text);
  const result = await trainRecognition({ ...options('mixed'), data: mixed, onProgress });
  expect(result.steps).toBe(12);
  expect(told.filter((text) => text.endsWith('left out')).sort()).toEqual([
    `${join(mixed, 'person-1/004.png')} is no square crop of an aligned face and is left out`,
    `${join(mixed, 'person-2/004.png')} cannot be read and is left out`,
  ]);
});

test('photos in place of crops are refused before the first step, with what to do', async () => {
  const photos = join(folder, 'photos');
  await writeToyPeople(photos, 2, 4);
  const photo = await encodePng({ data: new Uint8Array(40 * 30 * 3), width: 40, height: 30 });
  for (const name of ['000', '001', '002']) {
    await writeFile(join(photos, `person-0/${name}.png`), photo);
    await writeFile(join(photos, `person-1/${name}.png`), photo);
  }
  await expect(trainRecognition({ ...options('photos'), data: photos })).rejects.toMatchObject({
    code: 'DATA_INVALID',
    message: expect.stringMatching(/are not square .*40×30.*semblance data align/),
  });
  expect(existsSync(join(folder, 'photos/checkpoints'))).toBe(false);
});

test('a run does not go on with its people in another order', async () => {
  const records = join(folder, 'records');
  await writePersonSource(await readPersonSource(data), 'recordio', records);
  const half = { ...options('order'), data: records, overrides: { ...overrides, epochs: 2 } };
  const stop = AbortSignal.abort();
  await expect(trainRecognition({ ...half, signal: stop })).rejects.toMatchObject({ code: 'TRAIN_STOPPED' });
  await writeFile(join(records, 'people.txt'), 'person-1\nperson-0\nperson-2\n');
  await expect(trainRecognition({ ...half, resume: true })).rejects.toMatchObject({
    code: 'CHECKPOINT_INVALID',
    message: expect.stringContaining('another order'),
  });
  await writeFile(join(records, 'people.txt'), 'person-0\nperson-1\nperson-2\n');
  expect((await trainRecognition({ ...half, resume: true })).steps).toBe(6);
});
