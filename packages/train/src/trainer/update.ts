import { optim, scope } from '@semblance/torch';
import type { BatchOf, MakerConfig } from '../data/makers.ts';
import type { TrainingRecipe } from '../recipes/training.ts';
import type { RunPlan } from './plan.ts';
import type { Ranks } from './ranks.ts';
import type { RunState } from './state.ts';
import type { TrainingTask } from './task.ts';

/** What one step gave: means over all ranks. */
export interface StepResult {
  loss: number;
  metrics: Readonly<Record<string, number>>;
  lr: number;
}

export interface UpdateParts<K extends MakerConfig['kind']> {
  task: TrainingTask<K>;
  recipe: TrainingRecipe;
  plan: RunPlan;
  state: RunState;
  ranks: Ranks;
}

/**
 * What a step does to the weights: forward → loss → gradient → optimizer → average of the weights.
 *
 * Where the loss is not finite, or a gradient overflows in float16, the weights stay as they are.
 */
export function createUpdate<K extends MakerConfig['kind']>({
  task,
  recipe,
  plan,
  state,
  ranks,
}: UpdateParts<K>): (batch: BatchOf[K]) => StepResult {
  const { optimizer, average, scaler } = state;
  const lossOnAllRanks = ranks.parallel(state.networks, (...input: Parameters<typeof task.lossOf>) =>
    task.lossOf(...input),
  );
  /** Moves the weights, unless a gradient overflowed in float16: then the next steps are scaled less. */
  const applyGradients = () => {
    if (!scaler) {
      optimizer.step();
      return true;
    }
    const isTaken = scaler.step(optimizer);
    scaler.update();
    return isTaken;
  };
  return (batch) => {
    using _ = scope();
    state.toTraining();
    const output = lossOnAllRanks(batch, plan.progress(state.stepsDone), ranks.shares);
    const names = Object.keys(output.metrics);
    const [loss, ...values] = ranks.mean([
      output.loss.item(),
      ...names.map((name) => output.metrics[name]!.item()),
    ]) as [number, ...number[]];
    const metrics = Object.fromEntries(names.map((name, i) => [name, values[i]!]));
    const lr = plan.lr(state.stepsDone) * state.lrFactor;
    if (!Number.isFinite(loss)) return { loss, metrics, lr };
    (scaler?.scale(output.loss) ?? output.loss).backward();
    scaler?.unscale(optimizer);
    if (recipe.clipNorm > 0) optim.clipGradNorm(task.network.parameters(), recipe.clipNorm);
    state.setLr(lr);
    if (applyGradients()) average?.update();
    optimizer.zeroGrad();
    return { loss, metrics, lr };
  };
}
