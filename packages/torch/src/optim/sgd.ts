import type { Parameter } from '../nn/module.ts';
import { ops } from '../ops.ts';
import type { Tensor } from '../tensor.ts';
import { Optimizer } from './optimizer.ts';

export interface SGDOptions {
  lr: number;
  momentum?: number;
  weightDecay?: number;
  nesterov?: boolean;
}

/**
 * Stochastic gradient descent as in PyTorch: g += wd·p; v = μ·v + g (v = g at first); p −= lr·v, or lr·(g + μ·v)
 * with Nesterov's momentum.
 */
export class SGD extends Optimizer<SGDOptions> {
  constructor(params: Parameter[] | ({ params: Parameter[] } & Partial<SGDOptions>)[], options: SGDOptions) {
    super(params, options);
  }

  protected update(
    params: Parameter[],
    gradients: Tensor[],
    { lr, momentum = 0, weightDecay = 0, nesterov = false }: SGDOptions,
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
