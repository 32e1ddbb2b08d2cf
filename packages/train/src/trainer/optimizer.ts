import { type nn, optim } from '@semblance/torch';
import type { TrainingRecipe } from '../recipes/training.ts';

export type Optimizer = optim.SGD | optim.AdamW;

export interface CreatedOptimizer {
  optimizer: Optimizer;
  /** Sets the learning rate of a step: `backboneLr` of it for the backbone. */
  setLr(lr: number): void;
}

/**
 * The recipe's optimizer over the parameters of all modules that are not frozen.
 *
 * @param backbone the part that `backboneLr` is for
 */
export function createOptimizer(
  recipe: TrainingRecipe,
  modules: readonly nn.Module[],
  backbone: nn.Module | null = null,
): CreatedOptimizer {
  const { lr, momentum, weightDecay, decayNorms, backboneLr } = recipe;
  const slow = new Set(backboneLr === 1 ? [] : backbone?.parameters());
  const all = modules.flatMap((module) => module.parameters()).filter(({ value }) => value.requiresGrad);
  // Weights of convolutions and linear layers have two dimensions or more, all else one.
  const isDecayed = ({ value }: nn.Parameter) => decayNorms || value.ndim > 1;
  const groups = [false, true]
    .flatMap((isSlow) => {
      const params = all.filter((parameter) => slow.has(parameter) === isSlow);
      const scale = isSlow ? backboneLr : 1;
      return [
        { params: params.filter(isDecayed), weightDecay, scale },
        { params: params.filter((parameter) => !isDecayed(parameter)), weightDecay: 0, scale },
      ];
    })
    .filter(({ params }) => params.length > 0);
  const ofOptimizer = groups.map(({ params, weightDecay, scale }) => ({
    params,
    weightDecay,
    lr: lr * scale,
  }));
  const optimizer =
    recipe.optimizer === 'adamw'
      ? new optim.AdamW(ofOptimizer, { lr })
      : new optim.SGD(ofOptimizer, { lr, momentum });
  return {
    optimizer,
    setLr(lr) {
      for (const [i, { options }] of optimizer.groups.entries()) options.lr = lr * groups[i]!.scale;
    },
  };
}
