import { ops, type Tensor } from '@semblance/torch';
import { z } from 'zod';
import { type HeadOutput, MarginHead } from './margin-head.ts';

/** Options that every loss of the softmax family has. */
export const classificationOptions = {
  labelSmoothing: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe('ε: part of the target that is spread evenly over all classes.'),
  focalGamma: z
    .number()
    .min(0)
    .default(0)
    .describe('γ: how strongly examples that are right already are played down; 0 treats all alike.'),
};

export interface ClassificationOptions {
  labelSmoothing: number;
  focalGamma: number;
}

export interface ClassLogits {
  /** Logits [N, K] that the loss is taken of: the label's own one carries the margin. */
  withMargin_NK: Tensor;
  /** The same without any margin. */
  plain_NK: Tensor;
  /** Column of each label: the label itself, but where a step computes with a part of the classes. */
  labels_N: Tensor;
}

/** A head whose loss is the cross entropy of logits: all of the softmax family. */
export abstract class ClassificationHead extends MarginHead {
  protected readonly emphasis: ClassificationOptions;

  constructor({ labelSmoothing, focalGamma }: ClassificationOptions) {
    super();
    this.emphasis = { labelSmoothing, focalGamma };
  }

  /** Logits of a batch; see `forward` for what goes in. */
  abstract logits(emb_ND: Tensor, labels_N: Tensor): ClassLogits;

  forward(emb_ND: Tensor, labels_N: Tensor): HeadOutput {
    const { withMargin_NK, plain_NK, labels_N: columns_N } = this.logits(emb_ND, labels_N);
    return {
      loss: classificationLoss(withMargin_NK, columns_N, this.emphasis),
      logits_NK: plain_NK.detach(),
      labels_N: columns_N,
    };
  }
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
function classificationLoss(
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
