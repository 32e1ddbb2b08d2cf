import { expect, test } from 'vitest';
import { trainingBase } from '../recipes/training.ts';
import { learningRate, runLength } from './schedule.ts';

const recipe = { ...trainingBase, lr: 0.1 };

test('automatic epochs show as many images as the recipe says, within its bounds', () => {
  const auto = {
    ...recipe,
    epochs: 'auto' as const,
    autoImages: 100_000,
    autoMinEpochs: 5,
    autoMaxEpochs: 30,
  };
  expect(runLength(auto, 10_000, 156)).toEqual({ totalSteps: 1560, epochs: 10 });
  expect(runLength(auto, 100, 2).epochs).toBe(30);
  expect(runLength(auto, 1_000_000, 10_000).epochs).toBe(5);
});

test('epochs may be parts, and a run has at least a step', () => {
  expect(runLength({ ...recipe, epochs: 0.5 }, 640, 10).totalSteps).toBe(5);
  expect(runLength({ ...recipe, epochs: 0.001 }, 640, 10).totalSteps).toBe(1);
});

test('a straight line falls from lr to 0', () => {
  const lr = learningRate(recipe, 100);
  expect(lr(0)).toBeCloseTo(0.1, 10);
  expect(lr(50)).toBeCloseTo(0.05, 10);
  expect(lr(99)).toBeCloseTo(0.001, 10);
});

test('warm-up rises to lr and the shape takes the rest', () => {
  const lr = learningRate({ ...recipe, schedule: 'cosine', warmup: 0.1, warmupFactor: 0.1 }, 100);
  expect(lr(0)).toBeCloseTo(0.019, 10);
  expect(lr(9)).toBeCloseTo(0.1, 10);
  expect(lr(10)).toBeCloseTo(0.1, 10);
  expect(lr(55)).toBeCloseTo(0.05, 10);
  for (let step = 11; step < 100; step++) expect(lr(step)).toBeLessThan(lr(step - 1));
});

test('milestones are parts of the whole training', () => {
  const lr = learningRate({ ...recipe, schedule: 'multistep', milestones: [0.5, 0.8], warmup: 0.1 }, 100);
  expect(lr(49)).toBeCloseTo(0.1, 10);
  expect(lr(50)).toBeCloseTo(0.01, 10);
  expect(lr(80)).toBeCloseTo(0.001, 10);
});
