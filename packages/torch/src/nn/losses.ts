import { scope } from '../scope.ts';
import type { Tensor } from '../tensor.ts';
import * as F from './functional/index.ts';
import { Buffer, Module } from './module.ts';

/** A copy of a weight that is saved with the module, as PyTorch does. */
function kept(weight: Tensor | null | undefined): Buffer | null {
  using _ = scope();
  return weight ? new Buffer(weight) : null;
}

/** {@link F.cross_entropy} as a module: logits [N, C, …] and classes int64 [N, …], or probabilities. */
export class CrossEntropyLoss extends Module {
  weight: Buffer | null;
  readonly options: Omit<F.CrossEntropyOptions, 'weight'>;

  constructor({ weight, ...options }: F.CrossEntropyOptions = {}) {
    super();
    this.weight = kept(weight);
    this.options = options;
  }

  forward(logits: Tensor, target: Tensor): Tensor {
    return F.cross_entropy(logits, target, { ...this.options, weight: this.weight?.value ?? null });
  }
}

/** {@link F.nll_loss} as a module: log probabilities [N, C, …] and classes int64 [N, …]. */
export class NLLLoss extends Module {
  weight: Buffer | null;
  readonly options: Omit<F.CrossEntropyOptions, 'weight' | 'labelSmoothing'>;

  constructor({ weight, ...options }: Omit<F.CrossEntropyOptions, 'labelSmoothing'> = {}) {
    super();
    this.weight = kept(weight);
    this.options = options;
  }

  forward(logProbs: Tensor, target: Tensor): Tensor {
    return F.nll_loss(logProbs, target, { ...this.options, weight: this.weight?.value ?? null });
  }
}

/** A loss of two tensors of one shape. */
abstract class ElementLoss<Options> extends Module {
  readonly options: Options;

  constructor(options: Options = {} as Options) {
    super();
    this.options = options;
  }

  abstract override forward(x: Tensor, target: Tensor): Tensor;
}

/** (x − y)². */
export class MSELoss extends ElementLoss<F.ReductionOptions> {
  forward(x: Tensor, target: Tensor): Tensor {
    return F.mse_loss(x, target, this.options);
  }
}

/** |x − y|. */
export class L1Loss extends ElementLoss<F.ReductionOptions> {
  forward(x: Tensor, target: Tensor): Tensor {
    return F.l1_loss(x, target, this.options);
  }
}

/** d² / 2β for d = |x − y| below β, d − β/2 above. */
export class SmoothL1Loss extends ElementLoss<F.ReductionOptions & { beta?: number }> {
  forward(x: Tensor, target: Tensor): Tensor {
    return F.smooth_l1_loss(x, target, this.options);
  }
}

/** d² / 2 for d = |x − y| below δ, δ·(d − δ/2) above. */
export class HuberLoss extends ElementLoss<F.ReductionOptions & { delta?: number }> {
  forward(x: Tensor, target: Tensor): Tensor {
    return F.huber_loss(x, target, this.options);
  }
}

/** y·(log y − x), x being log probabilities. */
export class KLDivLoss extends ElementLoss<{ reduction?: F.Reduction | 'batchmean'; logTarget?: boolean }> {
  forward(logProbs: Tensor, target: Tensor): Tensor {
    return F.kl_div(logProbs, target, this.options);
  }
}

/** −(y·log p + (1 − y)·log(1 − p)), p in [0, 1]. */
export class BCELoss extends Module {
  weight: Buffer | null;
  readonly options: F.ReductionOptions;

  constructor({ weight, ...options }: F.ReductionOptions & { weight?: Tensor | null } = {}) {
    super();
    this.weight = kept(weight);
    this.options = options;
  }

  forward(p: Tensor, target: Tensor): Tensor {
    return F.binary_cross_entropy(p, target, { ...this.options, weight: this.weight?.value ?? null });
  }
}

export interface BCEWithLogitsOptions extends F.ReductionOptions {
  weight?: Tensor | null;
  /** Multiplies the loss of positives: [C]. */
  posWeight?: Tensor | null;
}

/** As {@link BCELoss} of σ(x), without overflow. */
export class BCEWithLogitsLoss extends Module {
  weight: Buffer | null;
  pos_weight: Buffer | null;
  readonly options: F.ReductionOptions;

  constructor({ weight, posWeight, ...options }: BCEWithLogitsOptions = {}) {
    super();
    this.weight = kept(weight);
    this.pos_weight = kept(posWeight);
    this.options = options;
  }

  forward(logits: Tensor, target: Tensor): Tensor {
    const [weight, posWeight] = [this.weight?.value ?? null, this.pos_weight?.value ?? null];
    return F.binary_cross_entropy_with_logits(logits, target, { ...this.options, weight, posWeight });
  }
}
