import { nn, noGrad, ones, ops, scope, type Tensor, zeros } from '@semblance/torch';
import { z } from 'zod';
import { atLeastFloat32, cosines, normalize } from './cosine.ts';
import { defineLoss, type HeadOutput, type HeadSize, MarginHead } from './margin-head.ts';

/** Part of a batch's class means in the running ones. */
const meanRate = 0.1;

/**
 * Triplets: L = mean of [‖a − p‖² − ‖a − n‖² + α]₊ over all pairs (a, p) of one class in the batch, of
 * L2-normalised embeddings.
 *
 * The negative n of a pair is semi-hard: the nearest that is farther from a than p; where none is, the farthest.
 * A batch without two images of a class has a loss of 0, so batches should hold several images of each person.
 * Running means of the classes stand in for class weights in `logits_NK` (cosines); they do not touch the loss.
 *
 * Schroff et al., "FaceNet: A Unified Embedding for Face Recognition and Clustering" (2015).
 */
class TripletHead extends MarginHead {
  means: nn.Buffer;
  private readonly margin: number;

  constructor({ embeddingSize, numClasses }: HeadSize, { margin }: { margin: number }) {
    super();
    using _ = scope();
    this.means = new nn.Buffer(zeros([numClasses, embeddingSize]));
    this.margin = margin;
  }

  forward(emb_ND: Tensor, labels_N: Tensor): HeadOutput {
    const x_ND = normalize(atLeastFloat32(emb_ND));
    const logits_NK = noGrad(() => cosines(x_ND, this.means.value));
    // pairs and negatives are sought in the whole batch
    const all_ND = this.shares.gather(x_ND);
    const all_N = this.shares.gather(labels_N);
    if (this.training) noGrad(() => this.moveMeans(all_ND.detach(), all_N));
    return { loss: semiHardLoss(all_ND, all_N, this.margin * this.marginFactor), logits_NK, labels_N };
  }

  private moveMeans(x_ND: Tensor, labels_N: Tensor): void {
    const means = this.means.value;
    const { dtype, device } = means;
    const counts_K1 = zeros([means.shape[0]!], { dtype, device })
      .index_add(0, labels_N, ones(labels_N.shape, { dtype, device }))
      .unsqueeze(1);
    const batch_KD = means.mul(0).index_add(0, labels_N, x_ND).div(counts_K1.clamp_min(1));
    const isNew_K1 = means.abs().sum([1], true).eq(0);
    const rate_K1 = ops.where(isNew_K1, counts_K1.gt(0).to(dtype), counts_K1.gt(0).to(dtype).mul(meanRate));
    means.add_(batch_KD.sub(means).mul(rate_K1));
  }

  classVectors(): Tensor {
    return this.means.value;
  }
}

/** The loss of a batch of normalised embeddings; time and memory grow with the pairs of one class times N. */
function semiHardLoss(x_ND: Tensor, labels_N: Tensor, margin: number): Tensor {
  const n = labels_N.numel;
  const same_NN = labels_N.unsqueeze(1).eq(labels_N.unsqueeze(0));
  const other_NN = same_NN.logical_not();
  const isSelf_NN = ones([n], { dtype: 'bool', device: x_ND.device }).diag();
  const pairs_P2 = same_NN.logical_and(isSelf_NN.logical_not()).logical_and(other_NN.any(1, true)).nonzero();
  if (pairs_P2.shape[0] === 0) return x_ND.sum().mul(0);

  // ‖a − b‖² = 2 − 2·a·b; differences of distances cancel nothing here, since margins are of their size.
  const distance_NN = ops.linear(x_ND, x_ND).mul(-2).add(2);
  const anchors_P = pairs_P2.select(1, 0);
  const toPositive_P1 = distance_NN.index_select(0, anchors_P).gather(1, pairs_P2.select(1, 1).unsqueeze(1));
  const toAll_PN = distance_NN.index_select(0, anchors_P);
  const isOther_PN = other_NN.index_select(0, anchors_P);
  const farther_PN = toAll_PN.detach().gt(toPositive_P1.detach()).logical_and(isOther_PN);
  const nearestFarther_P1 = toAll_PN.masked_fill(farther_PN.logical_not(), Infinity).amin([1], true);
  const farthest_P1 = toAll_PN.masked_fill(isOther_PN.logical_not(), -Infinity).amax([1], true);
  const toNegative_P1 = ops.where(farther_PN.any(1, true), nearestFarther_P1, farthest_P1);
  return toPositive_P1.sub(toNegative_P1).add(margin).relu().mean();
}

export const triplet = defineLoss({
  name: 'triplet',
  title: 'Triplet (semi-hard)',
  options: {
    margin: z
      .number()
      .min(0)
      .default(0.2)
      .describe('α: how much farther than the positive the negative must be, in squared distance.'),
  },
  create: (size, options) => new TripletHead(size, options),
});
