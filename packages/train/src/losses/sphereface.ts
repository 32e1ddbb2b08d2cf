import type { nn, Tensor } from '@semblance/torch';
import { z } from 'zod';
import { Annealing, type AnnealingOptions, annealingOptions } from './annealing.ts';
import {
  ClassificationHead,
  type ClassificationOptions,
  type ClassLogits,
  classificationOptions,
} from './classification-head.ts';
import { atLeastFloat32, classWeights, cosines, rowNorms } from './cosine.ts';
import { defineLoss, type HeadSize } from './margin-head.ts';
import { multipleAngle } from './multiple-angle.ts';

interface SphereFaceOptions extends AnnealingOptions, ClassificationOptions {
  margin: number;
}

/**
 * A-Softmax: L = −log softmax(‖x‖·cos θ_j)_y with class weights of length 1 and no bias, where the label's own
 * cosine is (λ·cos θ + ψ(θ))/(1 + λ), ψ(θ) = (−1)^k·cos(mθ) − 2k and λ falls with the steps.
 *
 * The authors' own code divides the gradient by its norm. Here it is the loss's true gradient, so λ may want
 * another course than theirs.
 *
 * Liu et al., "SphereFace: Deep Hypersphere Embedding for Face Recognition" (2017).
 */
class SphereFaceHead extends ClassificationHead {
  weight: nn.Parameter;
  annealing: Annealing;
  private readonly margin: number;

  constructor({ embeddingSize, numClasses }: HeadSize, options: SphereFaceOptions) {
    super(options);
    this.weight = classWeights(numClasses, embeddingSize);
    this.annealing = new Annealing(options);
    this.margin = options.margin;
  }

  logits(emb_ND: Tensor, labels_N: Tensor): ClassLogits {
    const cos_NK = cosines(emb_ND, this.weight.value);
    const norm_N1 = rowNorms(atLeastFloat32(emb_ND));
    const labels_N1 = labels_N.unsqueeze(1);
    const own_N1 = cos_NK.gather(1, labels_N1);
    const strength = this.marginFactor / (1 + this.annealing.forward());
    const moved_N1 = own_N1.add(multipleAngle(own_N1, this.margin).sub(own_N1).mul(strength));
    return {
      withMargin_NK: cos_NK.scatter(1, labels_N1, moved_N1).mul(norm_N1),
      plain_NK: cos_NK.detach().mul(norm_N1.detach()),
      labels_N,
    };
  }

  classVectors(): Tensor {
    return this.weight.value;
  }
}

export const sphereface = defineLoss({
  name: 'sphereface',
  title: 'A-Softmax (SphereFace)',
  options: {
    margin: z.int().min(1).max(4).default(4).describe('m: what the angle is multiplied by.'),
    ...annealingOptions({ lambdaBase: 1000, lambdaGamma: 0.12, lambdaPower: 1, lambdaMin: 5 }),
    ...classificationOptions,
  },
  create: (size, options) => new SphereFaceHead(size, options),
});
