import { full, nn, noGrad, ops, scope, type Tensor } from '@semblance/torch';
import { sineOf } from './angle.ts';
import { expectNumber } from './check-options.ts';
import { atLeastFloat32, rowNorms } from './cosine.ts';
import { CosineHead } from './cosine-head.ts';
import { type CosineOptions, checkCosine, cosineDefaults } from './cosine-options.ts';
import type { HeadSize, LossSpec } from './margin-head.ts';

export interface AdaFaceOptions extends CosineOptions {
  /** s: radius of the sphere the logits live on. */
  scale: number;
  /** m: size of both margins. */
  margin: number;
  /** h: how many standard deviations of the norm reach the ends of ẑ: 0.333 takes three. */
  concentration: number;
  /** Part of each batch's norm statistics in the running ones. */
  emaRate: number;
}

/**
 * A margin that follows image quality, read off the embedding's norm:
 * L = −log softmax(s·cos θ_j + [j = y]·s·(cos(θ_y − m·ẑ) − (m + m·ẑ) − cos θ_y))_y,
 * ẑ = clip(h·(‖x‖ − μ)/(σ + 0.001), −1, 1).
 *
 * Good images (ẑ = 1) get a cosine margin of 2m that presses hard examples most, poor ones (ẑ = −1) an angular one
 * that lets go of them. No gradient goes through ẑ; θ − m·ẑ stays within 0 … π; norms are clipped to 0.001 … 100;
 * μ and σ are running statistics of the norms.
 *
 * Kim et al., "AdaFace: Quality Adaptive Margin for Face Recognition" (2022).
 */
class AdaFaceHead extends CosineHead {
  normMean: nn.Buffer;
  normStd: nn.Buffer;
  private readonly options: AdaFaceOptions;

  constructor(size: HeadSize, options: AdaFaceOptions) {
    super(size, options);
    using _ = scope();
    this.normMean = new nn.Buffer(full([1], 20));
    this.normStd = new nn.Buffer(full([1], 100));
    this.options = options;
  }

  moveTarget(cos_N1: Tensor, emb_ND: Tensor): Tensor {
    const quality_N1 = noGrad(() => this.quality(rowNorms(atLeastFloat32(emb_ND)).clamp(0.001, 100)));
    const margin = this.options.margin * this.marginFactor;
    return turnAngle(cos_N1, quality_N1.mul(-margin)).sub(quality_N1.add(1).mul(margin));
  }

  /** ẑ of every norm; in training the running statistics take this batch in first. */
  private quality(norm_N1: Tensor): Tensor {
    const { concentration, emaRate } = this.options;
    const mean = this.normMean.value;
    const std = this.normStd.value;
    // One image has no deviation: its batch teaches nothing about σ.
    if (this.training && norm_N1.numel > 1) {
      mean.mul_(1 - emaRate).add_(norm_N1.mean().mul(emaRate));
      std.mul_(1 - emaRate).add_(norm_N1.std().mul(emaRate));
    }
    return norm_N1.sub(mean).div(std.add(1e-3)).mul(concentration).clamp(-1, 1);
  }

  protected scaled(cos_NK: Tensor): Tensor {
    return cos_NK.mul(this.options.scale);
  }
}

/** cos(θ + δ) from cos θ with a δ of its own for each, θ + δ held within 0 … π. */
function turnAngle(cos: Tensor, delta: Tensor): Tensor {
  const turned = cos.mul(delta.cos()).sub(sineOf(cos).mul(delta.sin()));
  const theta = cos.detach().acos().add(delta);
  const held = ops.where(theta.lt(0), 1, ops.where(theta.gt(Math.PI), -1, 0).to(cos.dtype));
  return ops.where(held.eq(0), turned, held);
}

export const adaface: LossSpec<AdaFaceOptions> = {
  title: 'AdaFace',
  defaults: { scale: 64, margin: 0.4, concentration: 0.333, emaRate: 0.01, ...cosineDefaults },
  create(size, options) {
    expectNumber('adaface', options, 'scale', { above: 0 });
    expectNumber('adaface', options, 'margin', { min: 0, max: 1 });
    expectNumber('adaface', options, 'concentration', { min: 0 });
    expectNumber('adaface', options, 'emaRate', { min: 0, max: 1 });
    checkCosine('adaface', options);
    return new AdaFaceHead(size, options);
  },
};
