import type { nn, Tensor } from '@semblance/torch';
import { sampleClasses } from './class-sample.ts';
import { ClassificationHead, type ClassLogits } from './classification-head.ts';
import { classWeights, cosines } from './cosine.ts';
import type { CosineOptions } from './cosine-options.ts';
import type { HeadSize } from './margin-head.ts';

/**
 * A head on the sphere: logits s·cos θ_j of normalised embeddings and class weights, where the label's own cosine
 * is moved by a margin.
 */
export abstract class CosineHead extends ClassificationHead {
  weight: nn.Parameter;
  private readonly sampleRate: number;

  constructor({ embeddingSize, numClasses }: HeadSize, options: CosineOptions) {
    super(options);
    this.weight = classWeights(numClasses, embeddingSize);
    this.sampleRate = options.sampleRate;
  }

  /** s: radius of the sphere the logits live on. */
  protected abstract scaled(cos_NK: Tensor): Tensor;

  /**
   * What takes the place of the label's own cosine; it must fall as the angle grows.
   *
   * @param cos_N1 cosines with the label's class
   * @param emb_ND the embeddings, for margins that look at their norms
   */
  abstract moveTarget(cos_N1: Tensor, emb_ND: Tensor): Tensor;

  logits(emb_ND: Tensor, labels_N: Tensor): ClassLogits {
    const whole_KD = this.weight.value;
    if (this.sampleRate === 1 || !this.training) return this.logitsOf(emb_ND, labels_N, whole_KD);
    const { classes_S, labels_N: own_N } = sampleClasses(labels_N, whole_KD.shape[0]!, this.sampleRate);
    return this.logitsOf(emb_ND, own_N, whole_KD.index_select(0, classes_S));
  }

  private logitsOf(emb_ND: Tensor, labels_N: Tensor, weight_KD: Tensor): ClassLogits {
    const cos_NK = cosines(emb_ND, weight_KD);
    const labels_N1 = labels_N.unsqueeze(1);
    const moved_N1 = this.moveTarget(cos_NK.gather(1, labels_N1), emb_ND);
    return {
      withMargin_NK: this.scaled(cos_NK.scatter(1, labels_N1, moved_N1)),
      plain_NK: this.scaled(cos_NK.detach()),
      labels_N,
    };
  }

  classVectors(): Tensor {
    return this.weight.value;
  }
}
