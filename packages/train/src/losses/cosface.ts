import type { Tensor } from '@semblance/torch';
import { z } from 'zod';
import { CosineHead, type CosineOptions, cosineOptions, scaleOption } from './cosine-head.ts';
import { defineLoss } from './margin-head.ts';

interface CosFaceOptions extends CosineOptions {
  margin: number;
}

/**
 * Additive cosine margin: L = −log softmax(s·cos θ_j − [j = y]·s·m)_y.
 *
 * Two papers of the same spring propose it, with another scale each: Wang et al., "Additive Margin Softmax for
 * Face Verification" (2018); Wang et al., "CosFace: Large Margin Cosine Loss for Deep Face Recognition" (2018).
 */
class CosFaceHead extends CosineHead<CosFaceOptions> {
  marginLogits(cos_NK: Tensor, labels_N1: Tensor): Tensor {
    const moved_N1 = cos_NK.gather(1, labels_N1).sub(this.options.margin * this.marginFactor);
    return this.scaled(cos_NK.scatter(1, labels_N1, moved_N1));
  }
}

const define = <const Name extends string>(name: Name, title: string, scale: number) =>
  defineLoss({
    name,
    title,
    options: {
      scale: scaleOption(scale),
      margin: z.number().min(0).max(2).default(0.35).describe('m: margin taken off the cosine.'),
      ...cosineOptions,
    },
    create: (size, options) => new CosFaceHead(size, options),
  });

export const amSoftmax = define('am-softmax', 'AM-Softmax', 30);
export const cosface = define('cosface', 'CosFace', 64);
