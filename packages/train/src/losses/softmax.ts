import { nn, type Tensor } from '@semblance/torch';
import { ClassificationHead, type ClassLogits } from './classification-head.ts';
import {
  type ClassificationOptions,
  checkClassification,
  classificationDefaults,
} from './classification-loss.ts';
import { atLeastFloat32 } from './cosine.ts';
import type { HeadSize, LossSpec } from './margin-head.ts';

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

export const softmax: LossSpec<ClassificationOptions> = {
  title: 'Softmax',
  defaults: classificationDefaults,
  create(size, options) {
    checkClassification('softmax', options);
    return new SoftmaxHead(size, options);
  },
};
