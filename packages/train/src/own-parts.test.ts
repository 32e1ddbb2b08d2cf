import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nn, ops, type Tensor } from '@semblance/torch';
import { loadSafetensors } from '@semblance/torch/safetensors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createBackbone, defineBackbone } from './backbones/index.ts';
import { createDetector, defineDetector, detectors } from './detector/index.ts';
import { CosineHead, cosineOptions, createHead, defineLoss, scaleOption } from './losses/index.ts';
import { detectionRecipe, detectionRecipes, recognitionRecipe, recognitionRecipes } from './recipes/index.ts';
import { writeToyPeople } from './testing/toy-people.ts';
import { type TrainRecognitionOptions, trainRecognition } from './train-recognition.ts';

let folder: string;
let data: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'own-parts-'));
  data = join(folder, 'data');
  await writeToyPeople(data, 3, 6);
});
afterAll(() => rm(folder, { recursive: true }));

class ScaledHead extends CosineHead {
  marginLogits(cos_NK: Tensor): Tensor {
    return this.scaled(cos_NK);
  }
}

const ownLoss = defineLoss({
  name: 'plain-cosine',
  title: 'Cosines without a margin',
  options: { ...cosineOptions, scale: scaleOption(8) },
  create: (size, options) => new ScaledHead(size, options),
});

class TinyNetwork extends nn.Module {
  fc: nn.Linear;

  constructor(inputSize: number, embeddingSize: number) {
    super();
    this.fc = new nn.Linear(3 * (inputSize / 8) ** 2, embeddingSize);
  }

  forward(x_NCHW: Tensor): Tensor {
    return this.fc.forward(ops.flatten(ops.avg_pool2d(x_NCHW, [8, 8], [8, 8]), 1));
  }
}

const ownBackbone = defineBackbone({
  name: 'tiny',
  options: {
    inputSize: z.int().multipleOf(8).default(32),
    embeddingSize: z.int().min(1).default(8),
    bias: z.boolean().default(true).describe('Whether there is one.'),
  },
  create: ({ inputSize, embeddingSize }) => new TinyNetwork(inputSize, embeddingSize),
});

const own = (out: string): TrainRecognitionOptions => ({
  data,
  out: join(folder, out),
  recipe: {
    ...recognitionRecipes['arcface-mbf'],
    name: 'mine',
    backbone: ownBackbone,
    loss: ownLoss,
    lossOptions: { scale: 12 },
  },
  overrides: {
    inputSize: 24,
    embeddingSize: 8,
    batchSize: 6,
    epochs: 2,
    checkpointSteps: 2,
    workers: 0,
    threads: 1,
    device: 'cpu',
  },
});

test('a loss and a backbone of one’s own train, are recorded by name and resume when handed in again', async () => {
  const { manifest, steps } = await trainRecognition(own('whole'));
  expect(manifest.architecture).toBe('tiny');
  expect(manifest.recipe).toMatchObject({
    backbone: 'tiny',
    loss: 'plain-cosine',
    lossOptions: { scale: 12 },
  });

  const halfway = new AbortController();
  const stopped = trainRecognition({
    ...own('stopped'),
    signal: halfway.signal,
    onProgress: (event) => event.kind === 'step' && event.step === 3 && halfway.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ code: 'TRAIN_STOPPED' });
  const named = { ...(own('stopped').recipe as object), loss: 'arcface', lossOptions: {} };
  await expect(
    trainRecognition({ ...own('stopped'), recipe: named as never, resume: true }),
  ).rejects.toMatchObject({ code: 'CHECKPOINT_INVALID', message: expect.stringContaining('plain-cosine') });
  expect((await trainRecognition({ ...own('stopped'), resume: true })).steps).toBe(steps);
  const weights = (out: string) => {
    const { tensors } = loadSafetensors(join(folder, out, 'model.safetensors'));
    return [...tensors.get('fc.weight')!.toArray()];
  };
  expect(weights('stopped')).toEqual(weights('whole'));
});

test('their options are checked like those of the tables', () => {
  const { recipe } = own('x');
  const resolve = (overrides: object) => () => recognitionRecipe(recipe, { inputSize: 24, ...overrides });
  expect(resolve({ 'lossOptions.scal': 3 })).toThrow(/Did you mean scale\?/);
  expect(resolve({ 'backboneOptions.bias': '1' })).toThrow(/true or false for backboneOptions.bias/);
  expect(resolve({ inputSize: 50 })).toThrow(/multiple of 8 for inputSize but received 50/);
  expect(resolve({ 'backboneOptions.bias': 'false' })().backboneOptions).toEqual({ bias: false });
});

test('a part of one’s own does not take the name of another', () => {
  const taken = defineLoss({ ...ownLoss, name: 'arcface', options: ownLoss.options.shape });
  expect(() => createHead(taken, { embeddingSize: 2, numClasses: 2 })).toThrow(
    expect.objectContaining({ code: 'RECIPE_INVALID_VALUE', message: expect.stringContaining('not taken') }),
  );
});

test('heads, backbones and detectors are made of one’s own', () => {
  createHead(ownLoss, { embeddingSize: 2, numClasses: 2 }, { scale: 3 }).dispose();
  createBackbone(ownBackbone, { inputSize: 16 }).dispose();
  const ownDetector = defineDetector({ ...detectors['retinaface-mnet025'], name: 'my-detector' });
  const ownDialect = {
    name: 'small',
    minSizes: [[8], [16], [32]],
    strides: [8, 16, 32],
    slope: 0,
    meanBgr: [0, 0, 0] as [number, number, number],
  };
  const { network, dialect } = createDetector(ownDetector, { dialect: ownDialect });
  expect(dialect).toBe(ownDialect);
  network.dispose();
  const ownBoxLoss = { name: 'l1', loss: (a: Tensor, b: Tensor) => a.sub(b).abs().sum() };
  const recipe = detectionRecipe({
    ...detectionRecipes['retinaface-mnet025'],
    detector: ownDetector,
    dialect: ownDialect,
    boxLoss: ownBoxLoss,
  });
  expect(recipe.dialect).toBe(ownDialect);
  expect(() => detectionRecipe({ ...recipe, dialect: { ...ownDialect, minSizes: [[8]] } })).toThrow(
    /as many lists of minSizes as strides.* for dialect/,
  );
});
