import { fromArray, nn, noGrad, scope } from '@semblance/torch';
import { expectNumber } from './check-options.ts';

/**
 * λ of L-Softmax and A-Softmax: λ = max(λ_min, base·(1 + γ·step)^−power). The target logit is (λ·cos θ + ψ)/(1 + λ),
 * so training starts near plain softmax and the margin comes in as λ falls.
 */
export interface AnnealingOptions {
  lambdaBase: number;
  lambdaGamma: number;
  lambdaPower: number;
  lambdaMin: number;
}

/** Steps done and the λ that follows from them; the count is a buffer. */
export class Annealing extends nn.Module {
  step: nn.Buffer;
  private readonly options: AnnealingOptions;

  constructor(options: AnnealingOptions) {
    super();
    using _ = scope();
    this.step = new nn.Buffer(fromArray(BigInt64Array.of(0n)));
    this.options = options;
  }

  /** λ of the step to come; in training, counts it. */
  forward(): number {
    const { lambdaBase, lambdaGamma, lambdaPower, lambdaMin } = this.options;
    using _ = scope();
    const step = this.step.value.item();
    if (this.training) noGrad(() => this.step.value.add_(1));
    return Math.max(lambdaMin, lambdaBase * (1 + lambdaGamma * step) ** -lambdaPower);
  }
}

/** @throws RECIPE_INVALID_VALUE */
export function checkAnnealing(name: string, options: AnnealingOptions): void {
  for (const key of ['lambdaBase', 'lambdaGamma', 'lambdaPower', 'lambdaMin'] as const) {
    expectNumber(name, options, key, { min: 0 });
  }
}
