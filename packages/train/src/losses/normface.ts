import { full, nn, scope, type Tensor } from '@semblance/torch';
import { expectNumber } from './check-options.ts';
import { CosineHead } from './cosine-head.ts';
import { type CosineOptions, checkCosine, cosineDefaults } from './cosine-options.ts';
import type { HeadSize, LossSpec } from './margin-head.ts';

export interface NormFaceOptions extends CosineOptions {
  /** s: radius of the sphere the logits live on; where it is learnt, what it starts from. */
  scale: number;
  /** Whether s is a parameter that the optimizer moves. */
  learnScale: boolean;
}

/**
 * Softmax of scaled cosines, without a margin: L = −log softmax(s·cos θ_j)_y.
 *
 * Wang et al., "NormFace: L2 Hypersphere Embedding for Face Verification" (2017).
 */
class NormFaceHead extends CosineHead {
  scale: nn.Parameter | number;

  constructor(size: HeadSize, options: NormFaceOptions) {
    super(size, options);
    using _ = scope();
    this.scale = options.learnScale ? new nn.Parameter(full([1], options.scale)) : options.scale;
  }

  moveTarget(cos_N1: Tensor): Tensor {
    return cos_N1;
  }

  protected scaled(cos_NK: Tensor): Tensor {
    return typeof this.scale === 'number' ? cos_NK.mul(this.scale) : cos_NK.mul(this.scale.value);
  }
}

export const normface: LossSpec<NormFaceOptions> = {
  title: 'NormFace',
  defaults: { scale: 20, learnScale: false, ...cosineDefaults },
  create(size, options) {
    expectNumber('normface', options, 'scale', { above: 0 });
    checkCosine('normface', options);
    return new NormFaceHead(size, options);
  },
};
