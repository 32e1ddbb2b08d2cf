import type { Tensor } from '@semblance/torch';
import { addAngle, straightThrough } from './angle.ts';
import { expectChoice, expectNumber } from './check-options.ts';
import { CosineHead } from './cosine-head.ts';
import { type CosineOptions, checkCosine, cosineDefaults } from './cosine-options.ts';
import type { HeadSize, LossSpec } from './margin-head.ts';

export interface ArcFaceOptions extends CosineOptions {
  /** s: radius of the sphere the logits live on. */
  scale: number;
  /** m: margin added to the angle, in radians. */
  margin: number;
  /**
   * `true`: the loss's own gradient, d logit_y / d cos θ = s · sin(θ + m) / sin θ.
   * `straight-through`: d logit_y / d cos θ = s, which arcface_torch computes.
   */
  gradient: string;
}

export const gradients = ['true', 'straight-through'];

/**
 * Additive angular margin: L = −log softmax(s·cos θ_j + [j = y]·s·(cos(θ_y + m) − cos θ_y))_y.
 *
 * Where θ + m > π, cos(θ + m) would rise again: there cos θ − m·sin m goes on falling in its place.
 *
 * Deng et al., "ArcFace: Additive Angular Margin Loss for Deep Face Recognition" (2019).
 */
class ArcFaceHead extends CosineHead {
  private readonly options: ArcFaceOptions;

  constructor(size: HeadSize, options: ArcFaceOptions) {
    super(size, options);
    this.options = options;
  }

  moveTarget(cos_N1: Tensor): Tensor {
    const move = (cos: Tensor) => addAngle(cos, this.options.margin * this.marginFactor);
    return this.options.gradient === 'straight-through' ? straightThrough(cos_N1, move) : move(cos_N1);
  }

  protected scaled(cos_NK: Tensor): Tensor {
    return cos_NK.mul(this.options.scale);
  }
}

export const arcface: LossSpec<ArcFaceOptions> = {
  title: 'ArcFace',
  defaults: { scale: 64, margin: 0.5, gradient: 'true', ...cosineDefaults },
  create(size, options) {
    expectNumber('arcface', options, 'scale', { above: 0 });
    expectNumber('arcface', options, 'margin', { min: 0, below: Math.PI / 2 });
    expectChoice('arcface', options, 'gradient', gradients);
    checkCosine('arcface', options);
    return new ArcFaceHead(size, options);
  },
};
