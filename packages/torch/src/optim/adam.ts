import { zeros } from '../create.ts';
import type { Parameter } from '../nn/module.ts';
import { ops } from '../ops.ts';
import type { Tensor } from '../tensor.ts';
import { Optimizer } from './optimizer.ts';
import { decays, flag, notNegative, type Rules } from './options.ts';
import type { OptimizerParams } from './parameter-groups.ts';

export interface AdamOptions {
  /** Default 0.001. */
  lr?: number;
  betas?: [number, number];
  eps?: number;
  weightDecay?: number;
  /** Divides by the largest mean square so far (Reddi et al. 2018). */
  amsgrad?: boolean;
}

type Resolved = Required<AdamOptions>;

const rulesFor = (weightDecay: number): Rules<Resolved> => ({
  lr: notNegative(0.001),
  betas: decays([0.9, 0.999]),
  eps: notNegative(1e-8),
  weightDecay: notNegative(weightDecay),
  amsgrad: flag,
});

/** What {@link Adam} and {@link AdamW} share: they differ in what weight decay does. */
abstract class AdamBase extends Optimizer<Resolved> {
  protected move(params: Parameter[], gradients: Tensor[], { lr, betas, eps, amsgrad }: Resolved): void {
    const [beta1, beta2] = betas;
    const values = params.map((parameter) => parameter.value);
    const state = (name: string) =>
      params.map((parameter) => this.stateOf(parameter, name, () => parameter.value.detach().mul(0)).tensor);
    const means = state('mean');
    const squares = state('square');
    // Parameters may have got their first gradient at different steps.
    const steps = params.map((parameter) => this.stateOf(parameter, 'step', () => zeros([])).tensor);
    ops._foreach_mul_(means, beta1);
    ops._foreach_add_(means, gradients, { alpha: 1 - beta1 });
    ops._foreach_mul_(squares, beta2);
    ops._foreach_addcmul_(squares, gradients, gradients, 1 - beta2);
    ops._foreach_add_(steps, 1);
    const counts = steps.map((step) => step.item());
    let largest = squares;
    if (amsgrad) {
      largest = state('largest');
      ops._foreach_maximum_(largest, squares);
    }
    const denominators = ops._foreach_sqrt(largest) as Tensor[];
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

const adamRules = rulesFor(0);

/**
 * Adam (Kingma and Ba 2015), as in PyTorch: g += wd·p; m = β₁m + (1−β₁)g; v = β₂v + (1−β₂)g²; p −= lr·m̂ / (√v̂ + ε).
 * Weight decay is part of the gradient here; {@link AdamW} keeps it apart.
 */
export class Adam extends AdamBase {
  /** @throws TorchError TORCH_BAD_ARGUMENT without parameters, and for options out of range */
  constructor(params: OptimizerParams<AdamOptions>, options: AdamOptions = {}) {
    super(params, options, adamRules);
  }

  protected update(params: Parameter[], gradients: Tensor[], options: Resolved): void {
    const { weightDecay: alpha } = options;
    const values = params.map((parameter) => parameter.value);
    const directions = alpha === 0 ? gradients : (ops._foreach_add(gradients, values, { alpha }) as Tensor[]);
    this.move(params, directions, options);
  }
}

const adamWRules = rulesFor(0.01);

export type AdamWOptions = AdamOptions;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019), as in PyTorch: p −= lr·wd·p;
 * m = β₁m + (1−β₁)g; v = β₂v + (1−β₂)g²; p −= lr·m̂ / (√v̂ + ε). Weight decay is 0.01 unless told.
 */
export class AdamW extends AdamBase {
  /** @throws TorchError TORCH_BAD_ARGUMENT without parameters, and for options out of range */
  constructor(params: OptimizerParams<AdamWOptions>, options: AdamWOptions = {}) {
    super(params, options, adamWRules);
  }

  protected update(params: Parameter[], gradients: Tensor[], options: Resolved): void {
    const { lr, weightDecay } = options;
    const values = params.map((parameter) => parameter.value);
    if (weightDecay !== 0) ops._foreach_mul_(values, 1 - lr * weightDecay);
    this.move(params, gradients, options);
  }
}
