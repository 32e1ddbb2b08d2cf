import { arange, fromArray, ops, type Tensor } from '@semblance/torch';
import type { ClassInput } from './class-loss.ts';

/**
 * Cross entropy of positives and, for each image, of the hardest negatives: so many for each positive, all anchors
 * but one at most.
 *
 * Liu et al., "SSD" (2016); RetinaFace takes 7 (3 in the paper).
 */
export function hardNegatives(input: ClassInput): Tensor {
  const { margin_NA, positives_P, ignored_I } = input;
  const positiveSum = ops.softplus(margin_NA.view([-1]).index_select(0, positives_P).neg()).sum();
  const negatives_NA = ops
    .softplus(margin_NA)
    .view([-1])
    .index_fill(0, positives_P, 0)
    .index_fill(0, ignored_I, 0)
    .view(margin_NA.shape);
  return positiveSum.add(hardest(negatives_NA, input));
}

/** Sum of each image's largest negative losses, as many as its positives allow. */
function hardest(negatives_NA: Tensor, { positivesPerImage, negativesPerPositive }: ClassInput): Tensor {
  const [, numAnchors] = negatives_NA.shape as [number, number];
  const counts = positivesPerImage.map((n) => Math.min(n * negativesPerPositive, numAnchors - 1));
  const most = Math.max(...counts);
  if (most === 0) return negatives_NA.sum().mul(0);
  const [largest] = ops.topk(negatives_NA, most, 1);
  const { device } = negatives_NA;
  const isTaken = arange(0, most, 1, { device })
    .unsqueeze(0)
    .lt(fromArray(counts, [counts.length, 1], { device }));
  return largest.mul(isTaken).sum();
}
