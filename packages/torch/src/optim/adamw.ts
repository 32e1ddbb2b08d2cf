import { zeros } from '../create.ts';
import type { Parameter } from '../nn/module.ts';
import { ops } from '../ops.ts';
import type { Tensor } from '../tensor.ts';
import { Optimizer } from './optimizer.ts';

export interface AdamWOptions {
  lr: number;
  betas?: [number, number];
  eps?: number;
  weightDecay?: number;
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019), as in PyTorch: p −= lr·wd·p;
 * m = β₁m + (1−β₁)g; v = β₂v + (1−β₂)g²; p −= lr·m̂ / (√v̂ + ε).
 */
export class AdamW extends Optimizer<AdamWOptions> {
  constructor(
    params: Parameter[] | ({ params: Parameter[] } & Partial<AdamWOptions>)[],
    options: AdamWOptions,
  ) {
    super(params, options);
  }

  protected update(
    params: Parameter[],
    gradients: Tensor[],
    { lr, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0.01 }: AdamWOptions,
  ): void {
    const [beta1, beta2] = betas;
    const values = params.map((parameter) => parameter.value);
    const state = (name: string) =>
      params.map((parameter) => this.stateOf(parameter, name, () => parameter.value.detach().mul(0)).tensor);
    const means = state('mean');
    const squares = state('square');
    // Parameters may have got their first gradient at different steps.
    const steps = params.map((parameter) => this.stateOf(parameter, 'step', () => zeros([])).tensor);
    if (weightDecay !== 0) ops._foreach_mul_(values, 1 - lr * weightDecay);
    ops._foreach_mul_(means, beta1);
    ops._foreach_add_(means, gradients, { alpha: 1 - beta1 });
    ops._foreach_mul_(squares, beta2);
    ops._foreach_addcmul_(squares, gradients, gradients, 1 - beta2);
    ops._foreach_add_(steps, 1);
    const counts = steps.map((step) => step.item());
    const denominators = ops._foreach_sqrt(squares) as Tensor[];
    ops._foreach_div_(
      denominators,
      counts.map((n) => Math.sqrt(1 - beta2 ** n)),
    );
    ops._foreach_add_(denominators, eps);
    ops._foreach_addcdiv_(
      values,
      means,
      denominators,
      counts.map((n) => -lr / (1 - beta1 ** n)),
    );
  }
}
