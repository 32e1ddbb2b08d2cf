// N batch, C classes

import { TorchError } from '../../error.ts';
import { ops } from '../../ops.ts';
import type { Tensor } from '../../tensor.ts';

/** What becomes of the losses of the elements: their mean, their sum, or themselves. */
export type Reduction = 'mean' | 'sum' | 'none';

export interface ReductionOptions {
  reduction?: Reduction;
}

const codes: Record<Reduction, number> = { none: 0, mean: 1, sum: 2 };

function codeOf({ reduction = 'mean' }: ReductionOptions): number {
  const code = codes[reduction];
  if (code === undefined)
    throw new TorchError(
      'TORCH_BAD_ARGUMENT',
      `Expected reduction 'mean', 'sum' or 'none' but received '${reduction}'`,
    );
  return code;
}

export interface CrossEntropyOptions extends ReductionOptions {
  /** A weight for each class [C]; the mean is weighted then. */
  weight?: Tensor | null;
  /** A class that counts for nothing (default −100). */
  ignoreIndex?: number;
  /** The share of the target that is spread evenly over all classes (Szegedy et al. 2016). */
  labelSmoothing?: number;
}

/**
 * −log softmax(x)[class]: logits [N, C, …] and classes int64 [N, …], or probabilities of the logits' own shape.
 */
export function cross_entropy(logits: Tensor, target: Tensor, options: CrossEntropyOptions = {}): Tensor {
  const { weight = null, ignoreIndex = -100, labelSmoothing = 0 } = options;
  return ops.cross_entropy_loss(logits, target, weight, codeOf(options), ignoreIndex, labelSmoothing);
}

/** −x[class], x being log probabilities [N, C, …]; classes int64 [N, …]. */
export function nll_loss(
  logProbs: Tensor,
  target: Tensor,
  options: Omit<CrossEntropyOptions, 'labelSmoothing'> = {},
): Tensor {
  const { weight = null, ignoreIndex = -100 } = options;
  return ops.nll_loss_nd(logProbs, target, weight, codeOf(options), ignoreIndex);
}

/** Both in the larger shape: libtorch compares tensors of different shapes too, but gives means over neither. */
function alike(x: Tensor, target: Tensor, name: string): void {
  if (String(x.shape) !== String(target.shape))
    throw new TorchError(
      'TORCH_SHAPE_MISMATCH',
      `${name}: Expected input and target of one shape but received [${x.shape.join(', ')}] and ` +
        `[${target.shape.join(', ')}]: view() or expand() one of them`,
    );
}

/** (x − y)². */
export function mse_loss(x: Tensor, target: Tensor, options: ReductionOptions = {}): Tensor {
  alike(x, target, 'mse_loss');
  return ops.mse_loss(x, target, codeOf(options));
}

/** |x − y|. */
export function l1_loss(x: Tensor, target: Tensor, options: ReductionOptions = {}): Tensor {
  alike(x, target, 'l1_loss');
  return ops.l1_loss(x, target, codeOf(options));
}

/** d² / 2β for d = |x − y| below β, d − β/2 above (Girshick 2015). */
export function smooth_l1_loss(
  x: Tensor,
  target: Tensor,
  options: ReductionOptions & { beta?: number } = {},
): Tensor {
  alike(x, target, 'smooth_l1_loss');
  return ops.smooth_l1_loss(x, target, codeOf(options), options.beta ?? 1);
}

/** d² / 2 for d = |x − y| below δ, δ·(d − δ/2) above (Huber 1964). */
export function huber_loss(
  x: Tensor,
  target: Tensor,
  options: ReductionOptions & { delta?: number } = {},
): Tensor {
  alike(x, target, 'huber_loss');
  return ops.huber_loss(x, target, codeOf(options), options.delta ?? 1);
}

/** −(y·log p + (1 − y)·log(1 − p)), p in [0, 1]. */
export function binary_cross_entropy(
  p: Tensor,
  target: Tensor,
  options: ReductionOptions & { weight?: Tensor | null } = {},
): Tensor {
  return ops.binary_cross_entropy(p, target, options.weight ?? null, codeOf(options));
}

/** As {@link binary_cross_entropy} of σ(x), without overflow; `posWeight` multiplies the first term. */
export function binary_cross_entropy_with_logits(
  logits: Tensor,
  target: Tensor,
  options: ReductionOptions & { weight?: Tensor | null; posWeight?: Tensor | null } = {},
): Tensor {
  alike(logits, target, 'binary_cross_entropy_with_logits');
  const { weight = null, posWeight = null } = options;
  return ops.binary_cross_entropy_with_logits(logits, target, weight, posWeight, codeOf(options));
}

/** y·(log y − x), x being log probabilities; 'batchmean' divides the sum by N, as the definition has it. */
export function kl_div(
  logProbs: Tensor,
  target: Tensor,
  options: { reduction?: Reduction | 'batchmean'; logTarget?: boolean } = {},
): Tensor {
  const { reduction = 'mean', logTarget = false } = options;
  const code = codeOf({ reduction: reduction === 'batchmean' ? 'sum' : reduction });
  const loss = ops.kl_div(logProbs, target, code, { log_target: logTarget });
  return reduction === 'batchmean' ? loss.div(logProbs.shape[0] ?? 1) : loss;
}
