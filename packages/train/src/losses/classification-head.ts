import type { Tensor } from '@semblance/torch';
import { type ClassificationOptions, classificationLoss } from './classification-loss.ts';
import { type HeadOutput, MarginHead } from './margin-head.ts';

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
