import type { Parameter } from '../nn/module.ts';
import { ops } from '../ops.ts';
import type { Tensor } from '../tensor.ts';
import { Optimizer } from './optimizer.ts';
import { flag, notNegative, type Rules, refuse } from './options.ts';
import type { OptimizerParams } from './parameter-groups.ts';

export interface SGDOptions {
  lr: number;
  momentum?: number;
  /** What a new gradient loses on its way into the momentum: v = μ·v + (1 − dampening)·g. */
  dampening?: number;
  weightDecay?: number;
  nesterov?: boolean;
}

const rules: Rules<Required<SGDOptions>> = {
  lr: notNegative(),
  momentum: notNegative(0),
  dampening: notNegative(0),
  weightDecay: notNegative(0),
  nesterov: flag,
};

/**
 * Stochastic gradient descent as in PyTorch: g += wd·p; v = μ·v + g (v = g at first); p −= lr·v, or lr·(g + μ·v)
 * with Nesterov's momentum.
 */
export class SGD extends Optimizer<Required<SGDOptions>> {
  /** @throws TorchError TORCH_BAD_ARGUMENT without parameters or `lr`, and for options out of range */
  constructor(params: OptimizerParams<SGDOptions>, options: SGDOptions) {
    super(params, options, rules);
    for (const { options: one } of this.groups)
      if (one.nesterov && (one.momentum === 0 || one.dampening !== 0))
        refuse('SGD', "Nesterov's momentum needs a momentum above 0 and no dampening");
  }

  protected update(
    params: Parameter[],
    gradients: Tensor[],
    { lr, momentum, dampening, weightDecay, nesterov }: Required<SGDOptions>,
  ): void {
    const values = params.map((parameter) => parameter.value);
    // The gradients belong to the parameters: only sums of our own are changed in place.
    let directions =
      weightDecay === 0
        ? gradients
        : (ops._foreach_add(gradients, values, { alpha: weightDecay }) as Tensor[]);
    if (momentum !== 0) {
      const velocities = params.map((parameter, i) =>
        this.stateOf(parameter, 'momentum', () => directions[i]!.clone()),
      );
      const old = velocities.flatMap(({ tensor, isNew }, i) =>
        isNew ? [] : [[tensor, directions[i]!] as const],
      );
      if (old.length > 0) {
        const tensors = old.map(([tensor]) => tensor);
        ops._foreach_mul_(tensors, momentum);
        ops._foreach_add_(
          tensors,
          old.map(([, direction]) => direction),
          { alpha: 1 - dampening },
        );
      }
      const tensors = velocities.map(({ tensor }) => tensor);
      directions = nesterov
        ? (ops._foreach_add(directions, tensors, { alpha: momentum }) as Tensor[])
        : tensors;
    }
    ops._foreach_add_(values, directions, { alpha: -lr });
  }
}
