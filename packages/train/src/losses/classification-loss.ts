import { ops, type Tensor } from '@semblance/torch';
import { expectNumber } from './check-options.ts';

/** Options that every loss of the softmax family has. */
export interface ClassificationOptions {
  /** ε: part of the target that is spread evenly over all classes. */
  labelSmoothing: number;
  /** γ: how strongly examples that are right already are played down; 0 treats all alike. */
  focalGamma: number;
}

export const classificationDefaults: ClassificationOptions = { labelSmoothing: 0, focalGamma: 0 };

/** @throws RECIPE_INVALID_VALUE */
export function checkClassification(name: string, options: ClassificationOptions): void {
  expectNumber(name, options, 'labelSmoothing', { min: 0, below: 1 });
  expectNumber(name, options, 'focalGamma', { min: 0 });
}

/**
 * Cross entropy of logits, with focus and smoothing: L = mean over the batch of
 * (1 − p_y)^γ · ((1 − ε)·(−log p_y) + ε·mean_j(−log p_j)), where p = softmax(logits).
 *
 * Lin et al., "Focal Loss" (2017); Szegedy et al., "Rethinking the Inception Architecture" (2016).
 *
 * @param logits_NK margins applied
 * @param labels_N int64
 */
export function classificationLoss(
  logits_NK: Tensor,
  labels_N: Tensor,
  { labelSmoothing, focalGamma }: ClassificationOptions,
): Tensor {
  if (focalGamma === 0) {
    return ops.cross_entropy_loss(logits_NK, labels_N, null, /* mean */ 1, -100, labelSmoothing);
  }
  const entropy_N = ops.cross_entropy_loss(logits_NK, labels_N, null, /* none */ 0, -100, labelSmoothing);
  const logProb_N = logits_NK.log_softmax(1).gather(1, labels_N.unsqueeze(1)).squeeze(1);
  // 1 − p by expm1 keeps its digits near p = 1; x^γ with γ < 1 has no finite slope at 0.
  const miss_N = logProb_N.expm1().neg().clamp_min(1e-12);
  return miss_N.pow(focalGamma).mul(entropy_N).mean();
}
