import { SemblanceError } from '@semblance/face';
import { type nn, ops, type Tensor } from '@semblance/torch';
import { classWeights, cosines } from './cosine.ts';
import { type HeadOutput, type HeadSize, type LossSpec, MarginHead } from './margin-head.ts';

export interface ArcFaceOptions {
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

const gradients = ['true', 'straight-through'];

/**
 * Additive angular margin: L = −log softmax(s·cos θ_j + [j = y]·s·(cos(θ_y + m) − cos θ_y))_y.
 *
 * Where θ + m > π, cos(θ + m) would rise again: there cos θ − m·sin m goes on falling in its place.
 *
 * Deng et al., "ArcFace" (2019).
 */
class ArcFaceHead extends MarginHead {
  weight: nn.Parameter;
  private readonly options: ArcFaceOptions;

  constructor({ embeddingSize, numClasses }: HeadSize, options: ArcFaceOptions) {
    super();
    this.weight = classWeights(numClasses, embeddingSize);
    this.options = options;
  }

  forward(emb_ND: Tensor, labels_N: Tensor): HeadOutput {
    const { scale, margin, gradient } = this.options;
    const cos_NK = cosines(emb_ND, this.weight.value);
    const labels_N1 = labels_N.unsqueeze(1);
    const target_N1 = cos_NK.gather(1, labels_N1);
    const moved_N1 = addAngle(target_N1, margin * this.marginFactor, gradient === 'straight-through');
    const logits_NK = cos_NK.scatter(1, labels_N1, moved_N1).mul(scale);
    return {
      loss: ops.cross_entropy_loss(logits_NK, labels_N),
      logits_NK: cos_NK.detach().mul(scale),
    };
  }
}

/** cos(θ + m) from cos θ, going on downwards past θ + m = π. */
export function addAngle(cos: Tensor, margin: number, isStraightThrough: boolean): Tensor {
  const source = isStraightThrough ? cos.detach() : cos;
  // √ has no finite slope at 0: an embedding on its class weight would give a gradient of NaN.
  const sin = source.mul(source).neg().add(1).clamp_min(1e-7).sqrt();
  const inside = source.mul(Math.cos(margin)).sub(sin.mul(Math.sin(margin)));
  const beyond = source.sub(margin * Math.sin(Math.PI - margin));
  const moved = ops.where(source.detach().gt(Math.cos(Math.PI - margin)), inside, beyond);
  return isStraightThrough ? cos.add(moved.sub(source)) : moved;
}

export const arcface: LossSpec<ArcFaceOptions> = {
  defaults: { scale: 64, margin: 0.5, gradient: 'true' },
  create(size, options) {
    if (!gradients.includes(options.gradient)) {
      const message = `Expected one of ${gradients.join(', ')} for arcface.gradient but received "${options.gradient}".`;
      throw new SemblanceError('RECIPE_INVALID_VALUE', message);
    }
    return new ArcFaceHead(size, options);
  },
};
