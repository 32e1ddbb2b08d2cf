import { type nn, optim } from '@semblance/torch';
import type { TrainingRecipe } from '../recipes/training.ts';

export type Optimizer = optim.SGD | optim.AdamW;

/** The recipe's optimizer over the parameters of all modules that are not frozen. */
export function createOptimizer(recipe: TrainingRecipe, modules: readonly nn.Module[]): Optimizer {
  const { lr, momentum, weightDecay, decayNorms } = recipe;
  const all = modules.flatMap((module) => module.parameters()).filter(({ value }) => value.requiresGrad);
  // Weights of convolutions and linear layers have two dimensions or more, all else one.
  const isDecayed = ({ value }: nn.Parameter) => decayNorms || value.ndim > 1;
  const groups = [
    { params: all.filter(isDecayed), weightDecay },
    { params: all.filter((parameter) => !isDecayed(parameter)), weightDecay: 0 },
  ].filter(({ params }) => params.length > 0);
  return recipe.optimizer === 'adamw'
    ? new optim.AdamW(groups, { lr })
    : new optim.SGD(groups, { lr, momentum });
}
