import { ops, type Tensor } from '@semblance/torch';
import { z } from 'zod';
import { angleOf, straightThrough } from './angle.ts';
import { addAngle, gradientOption } from './arcface.ts';
import { CosineHead, type CosineOptions, cosineOptions, scaleOption } from './cosine-head.ts';
import { defineLoss } from './margin-head.ts';

interface CombinedOptions extends CosineOptions {
  m1: number;
  m2: number;
  m3: number;
  gradient: 'true' | 'straight-through';
}

/**
 * Three margins in one: L = −log softmax(s·cos θ_j + [j = y]·s·(cos(m1·θ_y + m2) − m3 − cos θ_y))_y.
 *
 * Past the angle θ* = (π − m2)/m1 the cosine would rise again: there cos θ − δ·sin δ with δ = π − θ* goes on
 * falling in its place, which for m1 = 1 is ArcFace's own way.
 *
 * Deng et al., "ArcFace" (2019); its CM1 is (1, 0.3, 0.2) and its CM2 (0.9, 0.4, 0.15).
 */
class CombinedHead extends CosineHead<CombinedOptions> {
  marginLogits(cos_NK: Tensor, labels_N1: Tensor): Tensor {
    const factor = this.marginFactor;
    const m1 = 1 + (this.options.m1 - 1) * factor;
    const m2 = this.options.m2 * factor;
    const m3 = this.options.m3 * factor;
    const move = (cos: Tensor) => (m1 === 1 ? addAngle(cos, m2) : stretchAngle(cos, m1, m2)).sub(m3);
    const cos_N1 = cos_NK.gather(1, labels_N1);
    const moved_N1 = this.options.gradient === 'true' ? move(cos_N1) : straightThrough(cos_N1, move);
    return this.scaled(cos_NK.scatter(1, labels_N1, moved_N1));
  }
}

/** cos(m1·θ + m2) from cos θ, going on downwards past m1·θ + m2 = π. */
function stretchAngle(cos: Tensor, m1: number, m2: number): Tensor {
  const inside = angleOf(cos).mul(m1).add(m2).cos();
  const delta = Math.PI - (Math.PI - m2) / m1;
  if (delta <= 0) return inside;
  const beyond = cos.sub(Math.max(delta * Math.sin(delta), 1 - Math.cos(delta)));
  return ops.where(cos.detach().gt(-Math.cos(delta)), inside, beyond);
}

export const combined = defineLoss({
  name: 'combined',
  title: 'Combined margin',
  options: {
    scale: scaleOption(64),
    m1: z.number().gt(0).max(4).default(1).describe('What the angle is multiplied by, as in SphereFace.'),
    m2: z
      .number()
      .min(0)
      .lt(Math.PI / 2)
      .default(0.3)
      .meta({ unit: 'rad', description: 'What is added to the angle, as in ArcFace.' }),
    m3: z.number().min(0).max(2).default(0.2).describe('What is taken off the cosine, as in CosFace.'),
    gradient: gradientOption,
    ...cosineOptions,
  },
  create: (size, options) => new CombinedHead(size, options),
});
