import { nn, type Tensor } from '@semblance/torch';
import {
  ClassificationHead,
  type ClassificationOptions,
  type ClassLogits,
  classificationOptions,
} from './classification-head.ts';
import { atLeastFloat32 } from './cosine.ts';
import { defineLoss, type HeadSize } from './margin-head.ts';

/** Plain softmax: L = −log softmax(Wᵀx + b)_y. */
export class SoftmaxHead extends ClassificationHead {
  fc: nn.Linear;

  constructor({ embeddingSize, numClasses }: HeadSize, options: ClassificationOptions) {
    super(options);
    this.fc = new nn.Linear(embeddingSize, numClasses);
    nn.init.normal(this.fc.weight.value, 0, 0.01);
    nn.init.constant(this.fc.bias!.value, 0);
  }

  logits(emb_ND: Tensor, labels_N: Tensor): ClassLogits {
    const logits_NK = this.fc.forward(atLeastFloat32(emb_ND));
    return { withMargin_NK: logits_NK, plain_NK: logits_NK, labels_N };
  }

  classVectors(): Tensor {
    return this.fc.weight.value;
  }
}

export const softmax = defineLoss({
  name: 'softmax',
  title: 'Softmax',
  options: classificationOptions,
  create: (size, options) => new SoftmaxHead(size, options),
});
