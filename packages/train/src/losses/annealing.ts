import { fromArray, nn, noGrad, scope } from '@semblance/torch';
import { z } from 'zod';

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

/** The options that say how λ falls. */
export const annealingOptions = (preset: AnnealingOptions) => ({
  lambdaBase: z.number().min(0).default(preset.lambdaBase).describe('λ at the first step.'),
  lambdaGamma: z.number().min(0).default(preset.lambdaGamma).describe('γ: how fast λ falls with the steps.'),
  lambdaPower: z.number().min(0).default(preset.lambdaPower).describe('Power by which λ falls.'),
  lambdaMin: z.number().min(0).default(preset.lambdaMin).describe('λ falls no further than this.'),
});

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
