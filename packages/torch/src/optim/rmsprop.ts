import type { Parameter } from '../nn/module.ts';
import { ops } from '../ops.ts';
import type { Tensor } from '../tensor.ts';
import { Optimizer } from './optimizer.ts';
import { decay, flag, notNegative, type Rules } from './options.ts';
import type { OptimizerParams } from './parameter-groups.ts';

export interface RMSpropOptions {
  /** Default 0.01. */
  lr?: number;
  /** By what the mean square decays. */
  alpha?: number;
  eps?: number;
  weightDecay?: number;
  momentum?: number;
  /** Divides by the deviation from the mean gradient in place of the mean square. */
  centered?: boolean;
}

type Resolved = Required<RMSpropOptions>;

const rules: Rules<Resolved> = {
  lr: notNegative(0.01),
  alpha: decay(0.99),
  eps: notNegative(1e-8),
  weightDecay: notNegative(0),
  momentum: notNegative(0),
  centered: flag,
};

/**
 * RMSprop (Hinton 2012), as in PyTorch: g += wd·p; s = α·s + (1−α)g²; p −= lr·g / (√s + ε), or with momentum
 * b = μ·b + g / (√s + ε); p −= lr·b. Centred, √(s − ḡ²) stands for √s, ḡ being the mean gradient.
 */
export class RMSprop extends Optimizer<Resolved> {
  /** @throws TorchError TORCH_BAD_ARGUMENT without parameters, and for options out of range */
  constructor(params: OptimizerParams<RMSpropOptions>, options: RMSpropOptions = {}) {
    super(params, options, rules);
  }

  protected update(params: Parameter[], gradients: Tensor[], options: Resolved): void {
    const { lr, alpha, eps, weightDecay, momentum, centered } = options;
    const values = params.map((parameter) => parameter.value);
    const state = (name: string) =>
      params.map((parameter) => this.stateOf(parameter, name, () => parameter.value.detach().mul(0)).tensor);
    const directions =
      weightDecay === 0
        ? gradients
        : (ops._foreach_add(gradients, values, { alpha: weightDecay }) as Tensor[]);
    const squares = state('square');
    ops._foreach_mul_(squares, alpha);
    ops._foreach_addcmul_(squares, directions, directions, 1 - alpha);
    let variances = squares;
    if (centered) {
      const means = state('mean');
      ops._foreach_mul_(means, alpha);
      ops._foreach_add_(means, directions, { alpha: 1 - alpha });
      variances = ops._foreach_addcmul(squares, means, means, -1) as Tensor[];
    }
    const denominators = ops._foreach_sqrt(variances) as Tensor[];
    ops._foreach_add_(denominators, eps);
    if (momentum === 0) {
      ops._foreach_addcdiv_(values, directions, denominators, -lr);
      return;
    }
    const buffers = state('momentum');
    ops._foreach_mul_(buffers, momentum);
    ops._foreach_addcdiv_(buffers, directions, denominators);
    ops._foreach_add_(values, buffers, { alpha: -lr });
  }
}
