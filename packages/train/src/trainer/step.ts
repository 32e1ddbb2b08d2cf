import { optim, scope } from '@semblance/torch';
import type { BatchOf, MakerConfig } from '../data/makers.ts';
import type { TrainingRecipe } from '../recipes/training.ts';
import type { CreatedOptimizer } from './optimizer.ts';
import type { Ranks } from './ranks.ts';
import type { StepOutput, TrainingTask } from './task.ts';
import type { WeightAverage } from './weight-average.ts';

export interface StepParts<K extends MakerConfig['kind']> extends CreatedOptimizer {
  task: TrainingTask<K>;
  recipe: TrainingRecipe;
  ranks: Ranks;
  /** The task's forward pass, on all ranks together. */
  forward(batch: BatchOf[K], progress: number): StepOutput;
  /** Switches the networks to training, but for what is frozen. */
  toTraining(): void;
  average: WeightAverage | null;
  totalSteps: number;
}

/**
 * One step of training: forward → loss → gradient → weights → their average.
 *
 * Gives the means over all ranks. Where the loss is not finite, the weights stay as they are.
 */
export function createStep<K extends MakerConfig['kind']>({
  task,
  recipe,
  ranks,
  forward,
  toTraining,
  optimizer,
  setLr,
  average,
  totalSteps,
}: StepParts<K>): (
  batch: BatchOf[K],
  step: number,
  lr: number,
) => { loss: number; metrics: Record<string, number> } {
  return (batch, step, lr) => {
    using _ = scope();
    toTraining();
    const output = forward(batch, step / totalSteps);
    const names = Object.keys(output.metrics);
    const [loss, ...values] = ranks.mean([
      output.loss.item(),
      ...names.map((name) => output.metrics[name]!.item()),
    ]) as [number, ...number[]];
    const metrics = Object.fromEntries(names.map((name, i) => [name, values[i]!]));
    if (!Number.isFinite(loss)) return { loss, metrics };
    output.loss.backward();
    if (recipe.clipNorm > 0) optim.clipGradNorm(task.network.parameters(), recipe.clipNorm);
    setLr(lr);
    optimizer.step();
    optimizer.zeroGrad();
    average?.update();
    return { loss, metrics };
  };
}
