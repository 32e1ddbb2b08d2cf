import { expect, test } from 'vitest';
import { createBackbone } from '../backbones/index.ts';
import { createHead } from '../losses/index.ts';
import { detectionRecipe, detectionRecipes, recognitionRecipe, recognitionRecipes } from './index.ts';

test.each(Object.keys(recognitionRecipes))('%s resolves, under its own name, to parts that exist', (name) => {
  const recipe = recognitionRecipe(name);
  expect(recipe.name).toBe(name);
  createHead(recipe.loss, { embeddingSize: 4, numClasses: 2 }, recipe.lossOptions).dispose();
  if (recipe.backbone.startsWith('r')) return;
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
    /multiple of 32 for multiScale but received 500/,
  );
  expect(() => detectionRecipe('retinaface-mnet025', { negativeIou: 0.4 })).toThrow(
    /at most positiveIou \(0.35\)/,
  );
});
