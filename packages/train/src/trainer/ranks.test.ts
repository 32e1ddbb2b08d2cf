import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createSampler } from '../data/sampler.ts';
import { launchRanks } from '../launch-ranks.ts';
import { writeToyPeople } from '../testing/toy-people.ts';
import { type TrainRecognitionOptions, trainRecognition } from '../train-recognition.ts';
import { readMetrics } from './metrics-log.ts';
import { rankShare } from './ranks.ts';

// each run starts the engine in two processes
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let folder: string;
let data: string;
let script: string;

const overrides = {
  inputSize: 32,
  batchSize: 8,
  epochs: 3,
  embeddingSize: 16,
  'backboneOptions.width': 0.125,
  checkpointSteps: 4,
  valPerPerson: 2,
  workers: 1,
  threads: 1,
  device: 'cpu',
};
const options = (out: string): TrainRecognitionOptions => ({ data, out: join(folder, out), overrides });
const onTwoRanks = (out: string, more: { resume?: boolean; killAt?: number } = {}) =>
  launchRanks({ nproc: 2, script, args: [JSON.stringify({ ...options(out), ...more })] });
const lossesOf = (out: string) =>
  readMetrics(join(folder, out, 'metrics.jsonl')).flatMap(({ loss }) => (loss === undefined ? [] : [loss]));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ranks-'));
  data = join(folder, 'data');
  script = join(folder, 'train.ts');
  await writeToyPeople(data, 3, 10);
  const entry = new URL('../index.ts', import.meta.url).href;
  await writeFile(
    script,
    `const { trainRecognition } = await import(${JSON.stringify(entry)});
    const { killAt, ...options } = JSON.parse(process.argv[2]);
    const onProgress = (event) => event.kind === 'step' && event.step === killAt && process.kill(process.pid, 'SIGKILL');
    await trainRecognition({ ...options, onProgress });`,
  );
});

afterAll(() => rm(folder, { recursive: true }));

test('ranks share each batch without a rest, in the order of one process', () => {
  const whole = createSampler(40, 8, 1);
  const shares = [0, 1].map((rank) => rankShare(whole, 8, rank, 2));
  for (const step of [0, 3, 7]) {
    expect(shares.flatMap((share) => [...share.batch(step)])).toEqual([...whole.batch(step)]);
    expect(shares[1]!.position(step)).toEqual(whole.position(step));
  }
  expect(() => rankShare(whole, 8, 0, 3)).toThrow(
    expect.objectContaining({ code: 'RECIPE_INVALID_VALUE', message: expect.stringContaining('3 ranks') }),
  );
});

test('two ranks write one model; a rank that is killed ends the run, which goes on exactly', async () => {
  expect(await onTwoRanks('whole')).toBe(0);
  const losses = lossesOf('whole');
  expect(losses).toHaveLength(9);
  expect((await readdir(join(folder, 'whole'))).sort()).toEqual([
    'checkpoints',
    'manifest.json',
    'metrics.jsonl',
    'model.onnx',
    'model.safetensors',
  ]);

  expect(await onTwoRanks('killed', { killAt: 6 })).toBe(128 + 9);
  expect(await onTwoRanks('killed', { resume: true })).toBe(0);
  expect(lossesOf('killed')).toEqual(losses);
  expect(await readFile(join(folder, 'killed/model.safetensors'))).toEqual(
    await readFile(join(folder, 'whole/model.safetensors')),
  );
});

test('a checkpoint of two ranks is gone on from by one', async () => {
  expect(await onTwoRanks('fewer', { killAt: 6 })).toBe(128 + 9);
  const result = await trainRecognition({ ...options('fewer'), resume: true });
  expect(result.steps).toBe(9);
  expect(lossesOf('fewer').slice(0, 4)).toEqual(lossesOf('whole').slice(0, 4));
});
