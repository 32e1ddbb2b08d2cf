import { type nn, ops, type Tensor } from '@semblance/torch';
import { z } from 'zod';
import { Annealing, type AnnealingOptions, annealingOptions } from './annealing.ts';
import {
  ClassificationHead,
  type ClassificationOptions,
  type ClassLogits,
  classificationOptions,
} from './classification-head.ts';
import { atLeastFloat32, classWeights, rowNorms } from './cosine.ts';
import { defineLoss, type HeadSize } from './margin-head.ts';
import { multipleAngle } from './multiple-angle.ts';

interface LSoftmaxOptions extends AnnealingOptions, ClassificationOptions {
  margin: number;
}

/**
 * Large-margin softmax: L = −log softmax(‖W_j‖·‖x‖·cos θ_j)_y, where the label's own cosine is
 * (λ·cos θ + ψ(θ))/(1 + λ), ψ(θ) = (−1)^k·cos(mθ) − 2k and λ falls with the steps.
 *
 * Liu et al., "Large-Margin Softmax Loss for Convolutional Neural Networks" (2016); the course of λ is that of
 * its published MNIST example. Harder sets are trained with λ_min from 5 to 10.
 */
class LSoftmaxHead extends ClassificationHead {
  weight: nn.Parameter;
  annealing: Annealing;
  private readonly margin: number;

  constructor({ embeddingSize, numClasses }: HeadSize, options: LSoftmaxOptions) {
    super(options);
    this.weight = classWeights(numClasses, embeddingSize);
    this.annealing = new Annealing(options);
    this.margin = options.margin;
  }

  logits(emb_ND: Tensor, labels_N: Tensor): ClassLogits {
    const x_ND = atLeastFloat32(emb_ND);
    const w_KD = atLeastFloat32(this.weight.value);
    const logits_NK = ops.linear(x_ND, w_KD);
    const labels_N1 = labels_N.unsqueeze(1);
    const radius_N1 = rowNorms(x_ND).mul(rowNorms(w_KD.index_select(0, labels_N)));
    const own_N1 = logits_NK.gather(1, labels_N1);
    const cos_N1 = own_N1.div(radius_N1).clamp(-1, 1);
    const strength = this.marginFactor / (1 + this.annealing.forward());
    const drop_N1 = multipleAngle(cos_N1, this.margin).sub(cos_N1).mul(strength);
    const moved_N1 = own_N1.add(radius_N1.mul(drop_N1));
    return { withMargin_NK: logits_NK.scatter(1, labels_N1, moved_N1), plain_NK: logits_NK, labels_N };
  }

  classVectors(): Tensor {
    return this.weight.value;
  }
}

export const lSoftmax = defineLoss({
  name: 'l-softmax',
  title: 'L-Softmax',
  options: {
    margin: z.int().min(1).max(4).default(4).describe('m: what the angle is multiplied by.'),
    ...annealingOptions({ lambdaBase: 1000, lambdaGamma: 2.5e-5, lambdaPower: 35, lambdaMin: 0 }),
    ...classificationOptions,
  },
  create: (size, options) => new LSoftmaxHead(size, options),
});
