import { arange, fromArray, ops, type Tensor } from '@semblance/torch';
import type { MultiboxTargets } from './batch-targets.ts';
import type { RawDetections } from './retinaface.ts';

// N images, A anchors, P positive anchors of the batch, L of them with landmarks

export interface MultiboxWeights {
  boxes: number;
  classes: number;
  landmarks: number;
  /** Hard negatives taken for each positive of an image. */
  negativesPerPositive: number;
}

export const retinafaceWeights: MultiboxWeights = {
  boxes: 2,
  classes: 1,
  landmarks: 1,
  negativesPerPositive: 7,
};

export interface MultiboxLoss {
  /** The weighted sum, a scalar with gradient. */
  loss: Tensor;
  boxes: Tensor;
  classes: Tensor;
  landmarks: Tensor;
}

/**
 * RetinaFace's loss: 2·L_box + L_cls + L_lmk.
 *
 * Box and landmark offsets by smooth L1 (β = 1) on positives, classes by cross entropy on positives and, for
 * each image, the 7 hardest negatives per positive. Sums, divided by the positives of the batch (landmarks: by
 * those with landmarks), at least 1.
 *
 * Deng et al., "RetinaFace" (2019), as in biubug6/Pytorch_Retinaface.
 */
export function multiboxLoss(
  raw: RawDetections,
  targets: MultiboxTargets,
  weights: MultiboxWeights = retinafaceWeights,
): MultiboxLoss {
  const [numImages, numAnchors] = raw.classes.shape as [number, number, number];
  const { device } = raw.classes;
  const positives_P = fromArray(targets.positives, [targets.positives.length], { device });
  const withLandmarks_L = fromArray(targets.withLandmarks, [targets.withLandmarks.length], { device });
  const numPositives = Math.max(1, targets.positives.length);
  const numWithLandmarks = Math.max(1, targets.withLandmarks.length);

  const boxes = smoothL1(raw.boxes.view([-1, 4]), positives_P, targets.boxes).div(numPositives);
  const landmarks = smoothL1(raw.landmarks.view([-1, 10]), withLandmarks_L, targets.landmarks).div(
    numWithLandmarks,
  );

  // With two classes cross entropy is softplus of the difference: −log p(face) = softplus(background − face).
  const logits = raw.classes.view([-1, 2]);
  const margin_NA = logits.select(1, 1).sub(logits.select(1, 0));
  const positiveSum = ops.softplus(margin_NA.index_select(0, positives_P).neg()).sum();
  const negatives_NA = ops.softplus(margin_NA).index_fill(0, positives_P, 0).view([numImages, numAnchors]);
  const classes = positiveSum
    .add(hardest(negatives_NA, targets.positivesPerImage, weights))
    .div(numPositives);

  const loss = boxes
    .mul(weights.boxes)
    .add(classes.mul(weights.classes))
    .add(landmarks.mul(weights.landmarks));
  return { loss, boxes, classes, landmarks };
}

function smoothL1(offsets: Tensor, indices: Tensor, targets: Float32Array): Tensor {
  const predicted = offsets.index_select(0, indices);
  return ops.smooth_l1_loss(
    predicted,
    fromArray(targets, predicted.shape, { device: predicted.device }),
    2 /* sum */,
    1,
  );
}

/** Sum of each image's largest negative losses, as many as its positives allow. */
function hardest(
  negatives_NA: Tensor,
  positivesPerImage: Int32Array,
  { negativesPerPositive }: MultiboxWeights,
): Tensor {
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
