import { mixed, sharded } from '../data/orders.ts';
import { createSampler, type DataPosition, type Sampler } from '../data/sampler.ts';
import type { TrainingRecipe } from '../recipes/training.ts';
import type { Ranks } from './ranks.ts';
import { learningRate, runLength } from './schedule.ts';
import type { TrainingTask } from './task.ts';

/**
 * What a run is going to do, known before its first step: its length, the samples and the learning rate of every
 * step, and after which steps it evaluates and saves. All of it follows from recipe and data.
 *
 * A step is one update of the weights. `step` is its index, from 0; `stepsDone` counts.
 */
export class RunPlan {
  readonly totalSteps: number;
  /** Passes over the data. */
  readonly epochs: number;
  readonly batchSize: number;
  readonly batchesPerEpoch: number;
  readonly numImages: number;
  /** This rank's share of every batch. */
  readonly ownSampler: Sampler;
  private readonly sampler: Sampler;
  private readonly lrOf: (step: number) => number;
  private readonly canEvaluate: boolean;
  private readonly evalSteps: number;
  private readonly checkpointSteps: number;

  /** @throws RECIPE_INVALID_VALUE where the ranks cannot share a batch equally */
  constructor(
    task: Pick<TrainingTask, 'numImages' | 'order' | 'evaluate'>,
    recipe: TrainingRecipe,
    ranks: Ranks,
  ) {
    const { batchSize, seed, shuffleShard, evalEpochs, checkpointSteps } = recipe;
    const order = task.order ?? (shuffleShard > 0 ? sharded(shuffleShard) : mixed);
    this.sampler = createSampler(task.numImages, batchSize, seed, order);
    this.ownSampler = ranks.share(this.sampler, batchSize);
    this.batchSize = batchSize;
    this.batchesPerEpoch = this.sampler.batchesPerEpoch;
    this.numImages = task.numImages;
    const { totalSteps, epochs } = runLength(recipe, task.numImages, this.batchesPerEpoch);
    this.totalSteps = totalSteps;
    this.epochs = epochs;
    this.lrOf = learningRate(recipe, totalSteps);
    this.canEvaluate = task.evaluate !== undefined;
    this.evalSteps = this.canEvaluate ? Math.round(evalEpochs * this.batchesPerEpoch) : 0;
    this.checkpointSteps = checkpointSteps;
  }

  /** Learning rate of a step, before recoveries lower it. */
  lr(step: number): number {
    return this.lrOf(step);
  }

  /** Part of the training that lies before a step, 0 to 1. */
  progress(step: number): number {
    return step / this.totalSteps;
  }

  /** Where a step stands in the data. */
  position(step: number): DataPosition {
    return this.sampler.position(step);
  }

  /** Whether evaluations come between the steps, and not only after the last. */
  get evaluatesOften(): boolean {
    return this.evalSteps > 0;
  }

  isLast(stepsDone: number): boolean {
    return stepsDone === this.totalSteps;
  }

  isEvaluated(stepsDone: number): boolean {
    if (!this.canEvaluate) return false;
    return this.isLast(stepsDone) || (this.evaluatesOften && stepsDone % this.evalSteps === 0);
  }

  isSaved(stepsDone: number): boolean {
    return this.isLast(stepsDone) || stepsDone % this.checkpointSteps === 0;
  }
}
