import { schedules } from '@semblance/torch';
import type { TrainingRecipe } from '../recipes/training.ts';

/** How long a run is, in steps and in passes over the data. */
export interface RunLength {
  totalSteps: number;
  epochs: number;
}

/**
 * The steps of a run: epochs · batches per epoch, rounded. `auto` takes the epochs that show about
 * `autoImages` images, within the recipe's bounds, so that a set's size alone decides.
 */
export function runLength(recipe: TrainingRecipe, numImages: number, batchesPerEpoch: number): RunLength {
  const { epochs, autoImages, autoMinEpochs, autoMaxEpochs } = recipe;
  const wanted = epochs === 'auto' ? clamp(autoImages / numImages, autoMinEpochs, autoMaxEpochs) : epochs;
  const totalSteps = Math.max(1, Math.round(wanted * batchesPerEpoch));
  return { totalSteps, epochs: totalSteps / batchesPerEpoch };
}

/** The learning rate of every step (from 0): warm-up, then the recipe's shape over the remaining steps. */
export function learningRate(recipe: TrainingRecipe, totalSteps: number): (step: number) => number {
  const warmupSteps = Math.round(recipe.warmup * totalSteps);
  const remaining = Math.max(1, totalSteps - warmupSteps);
  const after = shapes[recipe.schedule](recipe, remaining, warmupSteps, totalSteps);
  return (step) => {
    if (step >= warmupSteps) return recipe.lr * after(step - warmupSteps);
    const risen = (step + 1) / warmupSteps;
    return recipe.lr * (recipe.warmupFactor + (1 - recipe.warmupFactor) * risen);
  };
}

type Shape = (
  recipe: TrainingRecipe,
  remaining: number,
  warmupSteps: number,
  totalSteps: number,
) => (step: number) => number;

const shapes: Record<TrainingRecipe['schedule'], Shape> = {
  constant: () => schedules.constant(),
  cosine: (_, totalSteps) => schedules.cosine({ totalSteps }),
  polynomial: ({ power }, totalSteps) => schedules.polynomial({ totalSteps, power }),
  multistep: ({ milestones }, _, warmupSteps, totalSteps) =>
    schedules.multiStep({
      milestones: milestones.map((part) => Math.round(part * totalSteps) - warmupSteps),
    }),
};

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
