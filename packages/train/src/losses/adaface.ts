import { full, nn, noGrad, ops, scope, type Tensor } from '@semblance/torch';
import { z } from 'zod';
import { sineOf } from './angle.ts';
import { atLeastFloat32, rowNorms } from './cosine.ts';
import { CosineHead, type CosineOptions, cosineOptions, scaleOption } from './cosine-head.ts';
import { defineLoss, type HeadSize } from './margin-head.ts';

interface AdaFaceOptions extends CosineOptions {
  margin: number;
  concentration: number;
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
class AdaFaceHead extends CosineHead<AdaFaceOptions> {
  normMean: nn.Buffer;
  normStd: nn.Buffer;

  constructor(size: HeadSize, options: AdaFaceOptions) {
    super(size, options);
    using _ = scope();
    this.normMean = new nn.Buffer(full([1], 20));
    this.normStd = new nn.Buffer(full([1], 100));
  }

  marginLogits(cos_NK: Tensor, labels_N1: Tensor, emb_ND: Tensor): Tensor {
    const cos_N1 = cos_NK.gather(1, labels_N1);
    const quality_N1 = noGrad(() => this.quality(rowNorms(atLeastFloat32(emb_ND)).clamp(0.001, 100)));
    const margin = this.options.margin * this.marginFactor;
    const moved_N1 = turnAngle(cos_N1, quality_N1.mul(-margin)).sub(quality_N1.add(1).mul(margin));
    return this.scaled(cos_NK.scatter(1, labels_N1, moved_N1));
  }

  /** ẑ of every norm; in training the running statistics take this batch in first. */
  private quality(norm_N1: Tensor): Tensor {
    const { concentration, emaRate } = this.options;
    const mean = this.normMean.value;
    const std = this.normStd.value;
    // One image has no deviation: its batch teaches nothing about σ.
    const all_N1 = this.training ? this.shares.gather(norm_N1) : norm_N1;
    if (this.training && all_N1.numel > 1) {
      mean.mul_(1 - emaRate).add_(all_N1.mean().mul(emaRate));
      std.mul_(1 - emaRate).add_(all_N1.std().mul(emaRate));
    }
    return norm_N1.sub(mean).div(std.add(1e-3)).mul(concentration).clamp(-1, 1);
  }
}

/** cos(θ + δ) from cos θ with a δ of its own for each, θ + δ held within 0 … π. */
function turnAngle(cos: Tensor, delta: Tensor): Tensor {
  const turned = cos.mul(delta.cos()).sub(sineOf(cos).mul(delta.sin()));
  const theta = cos.detach().acos().add(delta);
  const held = ops.where(theta.lt(0), 1, ops.where(theta.gt(Math.PI), -1, 0).to(cos.dtype));
  return ops.where(held.eq(0), turned, held);
}

export const adaface = defineLoss({
  name: 'adaface',
  title: 'AdaFace',
  options: {
    scale: scaleOption(64),
    margin: z.number().min(0).max(1).default(0.4).describe('m: size of both margins.'),
    concentration: z
      .number()
      .min(0)
      .default(0.333)
      .describe('h: how many standard deviations of the norm reach the ends of ẑ; 0.333 takes three.'),
    emaRate: z
      .number()
      .min(0)
      .max(1)
      .default(0.01)
      .describe("Part of each batch's norm statistics in the running ones."),
    ...cosineOptions,
  },
  create: (size, options) => new AdaFaceHead(size, options),
});
