import { nn, ops, type Tensor } from '@semblance/torch';
import { type HeadOutput, type HeadSize, type LossSpec, MarginHead } from './margin-head.ts';

/** Plain softmax: L = −log softmax(Wᵀx + b)_y. */
class SoftmaxHead extends MarginHead {
  fc: nn.Linear;

  constructor({ embeddingSize, numClasses }: HeadSize) {
    super();
    this.fc = new nn.Linear(embeddingSize, numClasses);
    nn.init.normal(this.fc.weight.value, 0, 0.01);
    nn.init.constant(this.fc.bias!.value, 0);
  }

  forward(emb_ND: Tensor, labels_N: Tensor): HeadOutput {
    const logits_NK = this.fc.forward(emb_ND);
    return { loss: ops.cross_entropy_loss(logits_NK, labels_N), logits_NK: logits_NK.detach() };
  }
}

export const softmax: LossSpec = {
  defaults: {},
  create: (size) => new SoftmaxHead(size),
};
