import type { nn, Tensor } from '@semblance/torch';
import { z } from 'zod';
import { sampleClasses } from './class-sample.ts';
import {
  ClassificationHead,
  type ClassificationOptions,
  type ClassLogits,
  classificationOptions,
} from './classification-head.ts';
import { classWeights, cosines } from './cosine.ts';
import type { HeadSize } from './margin-head.ts';

/** Options that every loss on the sphere has besides `scale`. */
export const cosineOptions = {
  ...classificationOptions,
  sampleRate: z
    .number()
    .gt(0)
    .max(1)
    .default(1)
    .describe('Share of the classes that a training step computes with; 1 is the whole softmax.'),
};

export interface CosineOptions extends ClassificationOptions {
  scale: number;
  sampleRate: number;
}

/** s of a loss on the sphere. */
export const scaleOption = (preset: number) =>
  z.number().positive().default(preset).describe('s: radius of the sphere the logits live on.');

/**
 * A head on the sphere: logits s·cos θ_j of normalised embeddings and class weights, where the label's own one carries
 * a margin.
 */
export abstract class CosineHead<O extends CosineOptions = CosineOptions> extends ClassificationHead {
  weight: nn.Parameter;
  protected readonly options: O;

  constructor({ embeddingSize, numClasses }: HeadSize, options: O) {
    super(options);
    this.weight = classWeights(numClasses, embeddingSize);
    this.options = options;
  }

  /**
   * Logits [N, K] with the margin in the label's own column; they must fall as the angle grows.
   *
   * @param cos_NK cos θ_j
   * @param labels_N1 column of each label
   * @param emb_ND the embeddings, for margins that look at their norms
   */
  abstract marginLogits(cos_NK: Tensor, labels_N1: Tensor, emb_ND: Tensor): Tensor;

  /** s·cos θ. */
  protected scaled(cos_NK: Tensor): Tensor {
    return cos_NK.mul(this.options.scale);
  }

  logits(emb_ND: Tensor, labels_N: Tensor): ClassLogits {
    const whole_KD = this.weight.value;
    const { sampleRate } = this.options;
    if (sampleRate === 1 || !this.training) return this.logitsOf(emb_ND, labels_N, whole_KD);
    const { classes_S, labels_N: own_N } = sampleClasses(
      labels_N,
      whole_KD.shape[0]!,
      sampleRate,
      this.shares.gather(labels_N),
    );
    return this.logitsOf(emb_ND, own_N, whole_KD.index_select(0, classes_S));
  }

  private logitsOf(emb_ND: Tensor, labels_N: Tensor, weight_KD: Tensor): ClassLogits {
    const cos_NK = cosines(emb_ND, weight_KD);
    return {
      withMargin_NK: this.marginLogits(cos_NK, labels_N.unsqueeze(1), emb_ND),
      plain_NK: this.scaled(cos_NK.detach()),
      labels_N,
    };
  }

  classVectors(): Tensor {
    return this.weight.value;
  }
}
