import { nn, noGrad, ones, scope, type Tensor, zeros } from '@semblance/torch';
import { z } from 'zod';
import { type ClassificationOptions, classificationOptions } from './classification-head.ts';
import { atLeastFloat32 } from './cosine.ts';
import { defineLoss, type HeadOutput, type HeadSize } from './margin-head.ts';
import { SoftmaxHead } from './softmax.ts';

interface CenterOptions extends ClassificationOptions {
  weight: number;
  centerRate: number;
}

/**
 * Softmax with a pull of every embedding to the centre of its class:
 * L = −log softmax(Wᵀx + b)_y + (λ/2)·‖x − c_y‖².
 *
 * Both terms are means over the batch. The centres are moved by a rule of their own and not by the optimizer:
 * c_j ← c_j − α·Σ(c_j − x_i)/(1 + n_j), the sum over the n_j embeddings of class j in the batch.
 *
 * Wen et al., "A Discriminative Feature Learning Approach for Deep Face Recognition" (2016).
 */
class CenterHead extends SoftmaxHead {
  centers: nn.Buffer;
  private readonly weight: number;
  private readonly centerRate: number;

  constructor(size: HeadSize, options: CenterOptions) {
    super(size, options);
    using _ = scope();
    this.centers = new nn.Buffer(zeros([size.numClasses, size.embeddingSize]));
    this.weight = options.weight;
    this.centerRate = options.centerRate;
  }

  override forward(emb_ND: Tensor, labels_N: Tensor): HeadOutput {
    const { loss, ...rest } = super.forward(emb_ND, labels_N);
    const x_ND = atLeastFloat32(emb_ND);
    const off_ND = x_ND.sub(this.centers.value.index_select(0, labels_N));
    const pull = off_ND
      .square()
      .sum([1])
      .mean()
      .mul(this.weight / 2);
    // every rank moves the centres by the whole batch
    const { shares } = this;
    if (this.training)
      noGrad(() => this.moveCenters(shares.gather(off_ND.detach()), shares.gather(labels_N)));
    return { loss: loss.add(pull), ...rest };
  }

  private moveCenters(off_ND: Tensor, labels_N: Tensor): void {
    const centers = this.centers.value;
    const { dtype, device } = centers;
    const counts_K = zeros([centers.shape[0]!], { dtype, device }).index_add(
      0,
      labels_N,
      ones(labels_N.shape, { dtype, device }),
    );
    const sums_KD = centers.mul(0).index_add(0, labels_N, off_ND);
    centers.add_(sums_KD.div(counts_K.add(1).unsqueeze(1)).mul(this.centerRate));
  }

  override classVectors(): Tensor {
    return this.centers.value;
  }
}

export const center = defineLoss({
  name: 'center',
  title: 'Center loss',
  options: {
    weight: z.number().min(0).default(0.003).describe('λ: weight of the pull towards the centres.'),
    centerRate: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('α: how far a centre moves towards its class in a batch.'),
    ...classificationOptions,
  },
  create: (size, options) => new CenterHead(size, options),
});
