import { manualSeed, randn } from '@semblance/torch';
import { describe, expect, test } from 'vitest';
import { createBackbone } from '../backbones/index.ts';
import { describeTraining } from '../describe-training.ts';
import { createHead } from '../losses/index.ts';
import { nameOf } from '../options/parts.ts';
import { detectionRecipe, detectionRecipes, recognitionRecipe, recognitionRecipes } from './index.ts';

test.each(Object.keys(recognitionRecipes))('%s resolves, under its own name, to parts that exist', (name) => {
  const recipe = recognitionRecipe(name);
  expect(recipe.name).toBe(name);
  createHead(recipe.loss, { embeddingSize: 4, numClasses: 2 }, recipe.lossOptions).dispose();
  if (/^r\d/.test(nameOf(recipe.backbone))) return;
  const { inputSize, embeddingSize } = recipe;
  createBackbone(recipe.backbone, { ...recipe.backboneOptions, inputSize, embeddingSize }).dispose();
});

test.each(Object.keys(detectionRecipes))('%s resolves under its own name', (name) => {
  expect(detectionRecipe(name).name).toBe(name);
});

test('overrides are read as the type of their field', () => {
  const recipe = detectionRecipe('retinaface-mnet025', {
    batchSize: '8',
    distort: 'false',
    milestones: '0.5, 0.75',
    epochs: 'auto',
    workers: 2,
  });
  expect(recipe).toMatchObject({
    batchSize: 8,
    distort: false,
    milestones: [0.5, 0.75],
    epochs: 'auto',
    workers: 2,
  });
  expect(detectionRecipes['retinaface-mnet025'].batchSize).toBe(32);
});

test('options of a part are set one by one', () => {
  const recipe = recognitionRecipe('arcface-r50', {
    'lossOptions.margin': '0.3',
    'lossOptions.gradient': 'straight-through',
  });
  expect(recipe.lossOptions).toEqual({ scale: 64, margin: 0.3, gradient: 'straight-through' });
});

test('an unknown key names the keys there are', () => {
  expect(() => recognitionRecipe('arcface-mbf', { learningRate: 1 })).toThrow(
    expect.objectContaining({ code: 'RECIPE_UNKNOWN_KEY', message: expect.stringContaining('lr, momentum') }),
  );
  expect(() => recognitionRecipe('arcface-mbf', { 'lr.max': 1 })).toThrow(
    expect.objectContaining({ code: 'RECIPE_UNKNOWN_KEY' }),
  );
});

test.each([
  { batchSize: 'many' },
  { batchSize: '1.5' },
  { batchSize: 0 },
  { batchSize: '' },
  { lr: 'NaN' },
  { optimizer: 'adam' },
  { decayNorms: '1' },
  { milestones: '0.5,x' },
  { backboneOptions: 'width' },
])('%o is refused', (overrides) => {
  expect(() => recognitionRecipe('arcface-mbf', overrides)).toThrow(
    expect.objectContaining({
      code: 'RECIPE_INVALID_VALUE',
      message: expect.stringMatching(/^Expected .* but received/),
    }),
  );
});

test('an unknown recipe and an input size the network cannot take are refused', () => {
  expect(() => detectionRecipe('arcface-mbf')).toThrow(expect.objectContaining({ code: 'RECIPE_UNKNOWN' }));
  expect(() => detectionRecipe('retinaface-mnet025', { inputSize: 300 })).toThrow(/multiple of 32/);
  expect(() => detectionRecipe('retinaface-mnet025', { multiScale: '320,416,500' })).toThrow(
    /multiple of 32 from 32 to 4096 for multiScale\[2\] but received 500/,
  );
  expect(() => detectionRecipe('retinaface-mnet025', { negativeIou: 0.4 })).toThrow(
    /at most positiveIou \(0.35\) for negativeIou/,
  );
});

test.each([
  [
    { 'lossOptions.margn': 0.4 },
    'RECIPE_UNKNOWN_KEY',
    'lossOptions but received margn. Did you mean margin?',
  ],
  [
    { 'backboneOptions.widht': 2 },
    'RECIPE_UNKNOWN_KEY',
    'backboneOptions but received widht. Did you mean width?',
  ],
  [{ 'backboneOptions.inputSize': 112 }, 'RECIPE_UNKNOWN_KEY', 'backboneOptions but received inputSize'],
  [{ 'lossOptions.margin': 9 }, 'RECIPE_INVALID_VALUE', 'below 1.571 for lossOptions.margin but received 9.'],
  [{ 'lossOptions.margin': 'wide' }, 'RECIPE_INVALID_VALUE', 'for lossOptions.margin but received "wide".'],
  [
    { inputSize: 50 },
    'RECIPE_INVALID_VALUE',
    'Expected a multiple of 16 of at least 16 for inputSize but received 50.',
  ],
  [{ bachSize: 8 }, 'RECIPE_UNKNOWN_KEY', 'the recipe but received bachSize. Did you mean batchSize?'],
  [{ loss: 'arcfase' }, 'RECIPE_INVALID_VALUE', 'for loss but received "arcfase". Did you mean arcface?'],
  [{ freeze: 'stem' }, 'RECIPE_INVALID_VALUE', 'for freeze but received "stem".'],
  [{ lossOptions: { margin: 9 } }, 'RECIPE_INVALID_VALUE', 'for lossOptions.margin but received 9.'],
])('a run that could not start is refused: %j', (overrides, code, message) => {
  expect(() => recognitionRecipe('arcface-mbf', overrides)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  );
});

test.each([
  [
    { detector: 'retinaface-mnet025-paper' },
    /dialect with 5 levels for retinaface-mnet025-paper but received standard/,
  ],
  [{ dialect: 'paper' }, /dialect with 3 levels/],
  [{ boxLoss: 'iou' }, /one of smooth-l1, diou, ciou for boxLoss/],
  [{ freeze: 'body,fpn,ssh1,ssh2,ssh3,ClassHead,BboxHead,LandmarkHead' }, /something left to train/],
])('a detector that could not be built is refused: %j', (overrides, message) => {
  expect(() => detectionRecipe('retinaface-mnet025', overrides)).toThrow(message);
});

test('looking at the network for `freeze` leaves the random numbers of the caller alone', () => {
  manualSeed(3);
  const expected = randn([4]).toArray();
  manualSeed(3);
  recognitionRecipe('arcface-mbf', { freeze: 'conv1' });
  expect(randn([4]).toArray()).toEqual(expected);
});

test('text of the command line is read as the option’s type, as documented', () => {
  const { lossOptions, backboneOptions } = recognitionRecipe('arcface-mbf', {
    'lossOptions.gradient': 'true',
    'lossOptions.margin': '0.25',
    'backboneOptions.width': '0.5',
    'backboneOptions.activation': 'relu6',
  });
  expect(lossOptions).toEqual({ scale: 32, margin: 0.25, gradient: 'true' });
  expect(backboneOptions).toEqual({ width: 0.5, activation: 'relu6' });
  expect(recognitionRecipe('arcface-mbf', { 'lossOptions.gradient': true }).lossOptions.gradient).toBe(
    'true',
  );
});

test('another loss starts from its own defaults', () => {
  expect(recognitionRecipe('arcface-mbf', { loss: 'softmax' }).lossOptions).toEqual({});
  expect(
    recognitionRecipe('arcface-mbf', { loss: 'cosface', 'lossOptions.margin': '0.3' }).lossOptions,
  ).toEqual({ margin: 0.3 });
});

test('a recipe of one’s own with a key that is none is refused', () => {
  const own = { ...recognitionRecipes['arcface-mbf'], epoch: 3 };
  expect(() => recognitionRecipe(own)).toThrow(/the recipe but received epoch. Did you mean epochs\?/);
});

describe('batches that batch norm cannot take', () => {
  const describeWith = (batchSize: number, workers: number, more: Record<string, unknown> = {}) =>
    describeTraining({ task: 'recognition', overrides: { batchSize, ...more }, workers });

  test('one image a process is refused with the reason, before anything is read', () => {
    for (const [batchSize, workers] of [
      [1, 1],
      [2, 2],
      [4, 4],
    ] as const) {
      expect(() => describeWith(batchSize, workers)).toThrow(
        expect.objectContaining({
          code: 'RECIPE_INVALID_VALUE',
          message: expect.stringMatching(/batchSize of at least .* batch norm/),
        }),
      );
    }
    expect(() => describeWith(2, 1)).not.toThrow();
    expect(() => describeWith(4, 2)).not.toThrow();
  });

  test('not where norms keep their statistics, nor for a detector, whose norms see many places of one image', () => {
    expect(() => describeWith(1, 1, { freezeNorms: true })).not.toThrow();
    expect(() => describeTraining({ task: 'detection', overrides: { batchSize: 1 } })).not.toThrow();
  });
});
