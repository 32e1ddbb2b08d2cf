import type { nn, Tensor } from '@semblance/torch';
import { ClassificationHead, type ClassLogits } from './classification-head.ts';
import type { ClassificationOptions } from './classification-loss.ts';
import { classWeights, cosines } from './cosine.ts';
import type { HeadSize } from './margin-head.ts';

/**
 * A head on the sphere: logits s·cos θ_j of normalised embeddings and class weights, where the label's own cosine
 * is moved by a margin.
 */
export abstract class CosineHead extends ClassificationHead {
  weight: nn.Parameter;

  constructor({ embeddingSize, numClasses }: HeadSize, options: ClassificationOptions) {
    super(options);
    this.weight = classWeights(numClasses, embeddingSize);
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
    const cos_NK = cosines(emb_ND, this.weight.value);
    const labels_N1 = labels_N.unsqueeze(1);
    const moved_N1 = this.moveTarget(cos_NK.gather(1, labels_N1), emb_ND);
    return {
      withMargin_NK: this.scaled(cos_NK.scatter(1, labels_N1, moved_N1)),
      plain_NK: this.scaled(cos_NK.detach()),
    };
  }

  classVectors(): Tensor {
    return this.weight.value;
  }
}
