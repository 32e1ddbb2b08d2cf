import { full, nn, scope, type Tensor } from '@semblance/torch';
import { z } from 'zod';
import { CosineHead, type CosineOptions, cosineOptions, scaleOption } from './cosine-head.ts';
import { defineLoss, type HeadSize } from './margin-head.ts';

interface NormFaceOptions extends CosineOptions {
  learnScale: boolean;
}

/**
 * Softmax of scaled cosines, without a margin: L = −log softmax(s·cos θ_j)_y.
 *
 * Wang et al., "NormFace: L2 Hypersphere Embedding for Face Verification" (2017).
 */
class NormFaceHead extends CosineHead<NormFaceOptions> {
  scale: nn.Parameter | number;

  constructor(size: HeadSize, options: NormFaceOptions) {
    super(size, options);
    using _ = scope();
    this.scale = options.learnScale ? new nn.Parameter(full([1], options.scale)) : options.scale;
  }

  marginLogits(cos_NK: Tensor): Tensor {
    return this.scaled(cos_NK);
  }

  protected override scaled(cos_NK: Tensor): Tensor {
    return typeof this.scale === 'number' ? cos_NK.mul(this.scale) : cos_NK.mul(this.scale.value);
  }
}

export const normface = defineLoss({
  name: 'normface',
  title: 'NormFace',
  options: {
    scale: scaleOption(20),
    learnScale: z
      .boolean()
      .default(false)
      .describe('Whether s is a parameter that the optimizer moves; `scale` is what it starts from.'),
    ...cosineOptions,
  },
  create: (size, options) => new NormFaceHead(size, options),
});
