import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashBytes } from '@semblance/core/files';
import { dot } from '@semblance/core/vector';
import { decodeImage } from '@semblance/face/image';
import { loadRecognizer, type RecognitionManifest } from '@semblance/face/models';
import { type ImageList, openImages } from '@semblance/lab/datasets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { labelsWithout, strangersAmong } from '../data/hold-out.ts';
import { readPersonData } from '../data/person-data.ts';
import { recognitionRecipe } from '../recipes/index.ts';
import { writeToyPeople } from '../testing/toy-people.ts';
import { type TrainRecognitionOptions, trainRecognition } from '../train-recognition.ts';
import { readMetrics } from './metrics-log.ts';

let folder: string;
let data: string;
let manifest: RecognitionManifest;
const told: string[] = [];

const overrides = {
  inputSize: 16,
  batchSize: 8,
  epochs: 1,
  backbone: 'r10',
  embeddingSize: 8,
  'backboneOptions.width': 0.125,
  calibrationPeople: 24,
  valPerPerson: 1,
  checkpointSteps: 2,
  ...{ workers: 0, threads: 1, device: 'cpu' },
};
const heldOut = { valPerPerson: 1, calibrationPeople: 24, seed: 1 };
const options = (out: string, changes = {}): TrainRecognitionOptions => ({
  data,
  out: join(folder, out),
  overrides: { ...overrides, ...changes },
  onProgress: (event) => event.kind === 'message' && told.push(event.text),
});
const trained = async (out: string, changes = {}) =>
  (await trainRecognition(options(out, changes))).manifest as RecognitionManifest;

const namesOf = (list: ImageList): string[] => {
  const images = openImages(list);
  return Array.from({ length: images.length }, (_, i) => images.name(i));
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'calibrate-'));
  data = join(folder, 'crops');
  await writeToyPeople(data, 34, 3, 16);
  const { strangers } = await readPersonData(data, heldOut);
  // one of those that are held out cannot be seen
  await writeFile(join(data, namesOf(strangers)[5]!), 'no photo');
  manifest = await trained('whole');
});
afterAll(() => rm(folder, { recursive: true }));

test('a recognizer carries how alike it finds people that it was not trained on', async () => {
  const { people, strangers } = await readPersonData(data, heldOut);
  const names = namesOf(strangers);
  expect(names).toHaveLength(24);
  expect(people).toHaveLength(10);
  for (const name of names) expect(people).not.toContain(name.split('/')[0]);

  const { impostors } = manifest;
  expect(impostors).toMatchObject({ people: 23, pairs: (23 * 22) / 2 });
  expect(impostors!.data).toBe('people held out of crops, one photo each of 23 people');
  expect(impostors!.fmr).toEqual([0.5, 0.2]);
  expect(manifest.data).toMatchObject({ numPeople: 10, calibrationPeople: 24, numImages: 20 });
  // counted again, from the model as it is used
  await using recognizer = await loadRecognizer(join(folder, 'whole'));
  expect(recognizer.impostors).toEqual(impostors);
  const crops = await Promise.all(
    names.filter((_, i) => i !== 5).map((name) => decodeImage(join(data, name))),
  );
  const embeddings = await recognizer.embed(crops);
  const similarities = embeddings.flatMap((a, i) => embeddings.slice(0, i).map((b) => dot(a, b)));
  for (const [i, rate] of impostors!.fmr.entries()) {
    const above = similarities.filter((s) => s >= impostors!.threshold[i]! - 1e-4).length;
    expect(Math.abs(above - rate * similarities.length)).toBeLessThan(3);
  }
});

test('what is held out is said, and so is what could not be used of it', () => {
  expect(told).toContainEqual(expect.stringMatching(/^24 of 34 people are held out whole/));
  expect(told).toContainEqual(expect.stringMatching(/person-.*does not count for how alike strangers are/));
  expect(told).toContainEqual(expect.stringMatching(/measured on 23 people/));
});

test('classes keep their order without those that are held out', async () => {
  const { people, train } = await readPersonData(data, heldOut);
  expect(manifest.data!.peopleHash).toBe(hashBytes(JSON.stringify(people)));
  expect(people).toEqual([...people].sort());
  const names = namesOf(train.images);
  for (const [i, label] of train.labels.entries()) expect(names[i]!.split('/')[0]).toBe(people[label]);
});

test('a stopped run goes on to the bit, and only with the same people held out', async () => {
  await expect(trainRecognition({ ...options('half'), signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'TRAIN_STOPPED',
  });
  const resumed = (changes = {}) => trainRecognition({ ...options('half', changes), resume: true });
  await expect(resumed({ calibrationPeople: 20 })).rejects.toMatchObject({
    code: 'CHECKPOINT_INVALID',
    message: expect.stringContaining('calibrationPeople was 24, now 20'),
  });
  const { manifest: after } = await resumed();
  const lossesOf = (out: string) =>
    readMetrics(join(folder, out, 'metrics.jsonl')).flatMap(({ loss }) => loss ?? []);
  expect(lossesOf('half')).toEqual(lossesOf('whole'));
  expect((after as RecognitionManifest).impostors).toEqual(manifest.impostors);
  const [a, b] = await Promise.all(
    ['half', 'whole'].map((out) => readFile(join(folder, out, 'model.safetensors'))),
  );
  expect(a).toEqual(b);
});

test('with too few people nobody is held out, and the run says how the model gets its curve', async () => {
  told.length = 0;
  const few = await trained('few', { calibrationPeople: 'auto' });
  expect(few.impostors).toBeUndefined();
  expect(few.data).toMatchObject({ numPeople: 34 });
  expect(few.data).not.toHaveProperty('calibrationPeople');
  const advice = `semblance model calibrate ${join(folder, 'few')} --data PEOPLE --crops`;
  expect(told).toContainEqual(expect.stringContaining(advice));
});

test('who could not be measured or trained on is refused before the first step', async () => {
  const refused = (calibrationPeople: unknown) => trained('refused', { calibrationPeople });
  await expect(refused(33)).rejects.toMatchObject({
    code: 'TRAIN_DATA_UNUSABLE',
    message: expect.stringContaining('34 people, and calibrationPeople=33 holds out all but 1'),
  });
  expect(() => recognitionRecipe('arcface-mbf', { calibrationPeople: 19 })).toThrow(
    'Expected auto or 0 or a whole number of at least 20 for calibrationPeople but received 19.',
  );
  expect(recognitionRecipe('arcface-mbf', { calibrationPeople: '0' }).calibrationPeople).toBe(0);
});

test.each([
  [1599, 0],
  [1600, 80],
  [10_572, 528],
  [85_742, 1000],
])('of %i people auto holds out %i', (numPeople, held) => {
  const isStranger = strangersAmong(numPeople, 'auto', 7);
  expect(isStranger.reduce((sum, is) => sum + is, 0)).toBe(held);
  const labels = labelsWithout(isStranger).filter((label) => label >= 0);
  expect(labels).toEqual(Int32Array.from({ length: numPeople - held }, (_, i) => i));
});
