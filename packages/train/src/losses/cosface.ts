import type { Tensor } from '@semblance/torch';
import { expectNumber } from './check-options.ts';
import { CosineHead } from './cosine-head.ts';
import { type CosineOptions, checkCosine, cosineDefaults } from './cosine-options.ts';
import type { HeadSize, LossSpec } from './margin-head.ts';

export interface CosFaceOptions extends CosineOptions {
  /** s: radius of the sphere the logits live on. */
  scale: number;
  /** m: margin taken off the cosine. */
  margin: number;
}

/**
 * Additive cosine margin: L = −log softmax(s·cos θ_j − [j = y]·s·m)_y.
 *
 * Two papers of the same spring propose it, with another scale each: Wang et al., "Additive Margin Softmax for
 * Face Verification" (2018); Wang et al., "CosFace: Large Margin Cosine Loss for Deep Face Recognition" (2018).
 */
class CosFaceHead extends CosineHead {
  private readonly options: CosFaceOptions;

  constructor(size: HeadSize, options: CosFaceOptions) {
    super(size, options);
    this.options = options;
  }

  moveTarget(cos_N1: Tensor): Tensor {
    return cos_N1.sub(this.options.margin * this.marginFactor);
  }

  protected scaled(cos_NK: Tensor): Tensor {
    return cos_NK.mul(this.options.scale);
  }
}

const specOf = (name: string, title: string, scale: number, margin: number): LossSpec<CosFaceOptions> => ({
  title,
  defaults: { scale, margin, ...cosineDefaults },
  create(size, options) {
    expectNumber(name, options, 'scale', { above: 0 });
    expectNumber(name, options, 'margin', { min: 0, max: 2 });
    checkCosine(name, options);
    return new CosFaceHead(size, options);
  },
});

export const amSoftmax = specOf('am-softmax', 'AM-Softmax', 30, 0.35);
export const cosface = specOf('cosface', 'CosFace', 64, 0.35);
