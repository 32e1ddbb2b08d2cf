import { ops, type Tensor } from '@semblance/torch';
import { z } from 'zod';
import { sineOf, straightThrough } from './angle.ts';
import { CosineHead, type CosineOptions, cosineOptions, scaleOption } from './cosine-head.ts';
import { defineLoss } from './margin-head.ts';

/** Whether the gradient is the loss's own, or s as arcface_torch computes it. */
export const gradientOption = z
  .enum(['true', 'straight-through'])
  .default('true')
  .describe(
    "d logit_y / d cos θ: `true` is the loss's own, s·sin(θ + m)/sin θ; `straight-through` is s, as arcface_torch has it.",
  );

interface ArcFaceOptions extends CosineOptions {
  margin: number;
  gradient: 'true' | 'straight-through';
}

/**
 * Additive angular margin: L = −log softmax(s·cos θ_j + [j = y]·s·(cos(θ_y + m) − cos θ_y))_y, θ_j the angle between
 * the embedding and the weight vector of class j.
 *
 * Deng et al., "ArcFace: Additive Angular Margin Loss for Deep Face Recognition" (2019).
 */
class ArcFaceHead extends CosineHead<ArcFaceOptions> {
  marginLogits(cos_NK: Tensor, labels_N1: Tensor): Tensor {
    const { scale, margin, gradient } = this.options;
    const addMargin = (cos: Tensor) => addAngle(cos, margin * this.marginFactor);
    const cos_N1 = cos_NK.gather(1, labels_N1); // cos θ_y
    const moved_N1 = gradient === 'true' ? addMargin(cos_N1) : straightThrough(cos_N1, addMargin);
    return cos_NK.scatter(1, labels_N1, moved_N1).mul(scale); // [N, K]
  }
}

/**
 * cos(θ + m) = cos θ·cos m − sin θ·sin m; where θ + m > π it would rise again, and cos θ − m·sin m goes on falling in
 * its place.
 *
 * @param margin m in radians, 0 to π
 */
export function addAngle(cos: Tensor, margin: number): Tensor {
  const inside = cos.mul(Math.cos(margin)).sub(sineOf(cos).mul(Math.sin(margin)));
  const beyond = cos.sub(margin * Math.sin(Math.PI - margin));
  return ops.where(cos.detach().gt(Math.cos(Math.PI - margin)), inside, beyond);
}

export const arcface = defineLoss({
  name: 'arcface',
  title: 'ArcFace',
  options: {
    scale: scaleOption(64),
    margin: z
      .number()
      .min(0)
      .lt(Math.PI / 2)
      .default(0.5)
      .meta({ unit: 'rad', description: 'm: margin added to the angle.' }),
    gradient: gradientOption,
    ...cosineOptions,
  },
  create: (size, options) => new ArcFaceHead(size, options),
});
