import { ops, type Tensor } from '@semblance/torch';
import { addAngle, angleOf, straightThrough } from './angle.ts';
import { gradients } from './arcface.ts';
import { expectChoice, expectNumber } from './check-options.ts';
import { CosineHead } from './cosine-head.ts';
import { type CosineOptions, checkCosine, cosineDefaults } from './cosine-options.ts';
import type { HeadSize, LossSpec } from './margin-head.ts';

export interface CombinedOptions extends CosineOptions {
  /** s: radius of the sphere the logits live on. */
  scale: number;
  /** m1: what the angle is multiplied by, as in SphereFace. */
  m1: number;
  /** m2: what is added to the angle, in radians, as in ArcFace. */
  m2: number;
  /** m3: what is taken off the cosine, as in CosFace. */
  m3: number;
  /** See ArcFace. */
  gradient: string;
}

/**
 * Three margins in one: L = −log softmax(s·cos θ_j + [j = y]·s·(cos(m1·θ_y + m2) − m3 − cos θ_y))_y.
 *
 * Past the angle θ* = (π − m2)/m1 the cosine would rise again: there cos θ − δ·sin δ with δ = π − θ* goes on
 * falling in its place, which for m1 = 1 is ArcFace's own way.
 *
 * Deng et al., "ArcFace" (2019); its CM1 is (1, 0.3, 0.2) and its CM2 (0.9, 0.4, 0.15).
 */
class CombinedHead extends CosineHead {
  private readonly options: CombinedOptions;

  constructor(size: HeadSize, options: CombinedOptions) {
    super(size, options);
    this.options = options;
  }

  moveTarget(cos_N1: Tensor): Tensor {
    const factor = this.marginFactor;
    const m1 = 1 + (this.options.m1 - 1) * factor;
    const m2 = this.options.m2 * factor;
    const m3 = this.options.m3 * factor;
    const move = (cos: Tensor) => (m1 === 1 ? addAngle(cos, m2) : stretchAngle(cos, m1, m2)).sub(m3);
    return this.options.gradient === 'straight-through' ? straightThrough(cos_N1, move) : move(cos_N1);
  }

  protected scaled(cos_NK: Tensor): Tensor {
    return cos_NK.mul(this.options.scale);
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

export const combined: LossSpec<CombinedOptions> = {
  title: 'Combined margin',
  defaults: { scale: 64, m1: 1, m2: 0.3, m3: 0.2, gradient: 'true', ...cosineDefaults },
  create(size, options) {
    expectNumber('combined', options, 'scale', { above: 0 });
    expectNumber('combined', options, 'm1', { above: 0, max: 4 });
    expectNumber('combined', options, 'm2', { min: 0, below: Math.PI / 2 });
    expectNumber('combined', options, 'm3', { min: 0, max: 2 });
    expectChoice('combined', options, 'gradient', gradients);
    checkCosine('combined', options);
    return new CombinedHead(size, options);
  },
};
