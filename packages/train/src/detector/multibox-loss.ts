import { arange, fromArray, ops, type Tensor } from '@semblance/torch';
import type { MatchedTargets } from './matching.ts';
import type { RawDetections } from './retinaface.ts';

// N images, A anchors, P positive anchors of the batch, L of them with landmarks

/** Targets of a batch: of every image those of its positive anchors, one after another. */
export interface MultiboxTargets {
  /** n·A + a of each positive, for the flattened anchors of the batch. P of them. */
  positives: BigInt64Array;
  /** [P, 4] */
  boxes: Float32Array;
  /** Positives with landmarks, as n·A + a. L of them. */
  withLandmarks: BigInt64Array;
  /** [L, 10] */
  landmarks: Float32Array;
  /** Positives of each image. */
  positivesPerImage: Int32Array;
}

/** The targets of several images as those of one batch. */
export function batchTargets(images: readonly MatchedTargets[], numAnchors: number): MultiboxTargets {
  const numPositives = images.reduce((sum, image) => sum + image.positives.length, 0);
  const numWithLandmarks = images.reduce((sum, image) => sum + image.withLandmarks.length, 0);
  const batch: MultiboxTargets = {
    positives: new BigInt64Array(numPositives),
    boxes: new Float32Array(4 * numPositives),
    withLandmarks: new BigInt64Array(numWithLandmarks),
    landmarks: new Float32Array(10 * numWithLandmarks),
    positivesPerImage: Int32Array.from(images, (image) => image.positives.length),
  };
  let p = 0;
  let l = 0;
  for (const [n, image] of images.entries()) {
    batch.boxes.set(image.boxes, 4 * p);
    batch.landmarks.set(image.landmarks, 10 * l);
    for (const at of image.withLandmarks) {
      batch.withLandmarks[l++] = BigInt(n * numAnchors + image.positives[at]!);
    }
    for (const anchor of image.positives) batch.positives[p++] = BigInt(n * numAnchors + anchor);
  }
  return batch;
}

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
  const positives_P = fromArray(targets.positives);
  const withLandmarks_L = fromArray(targets.withLandmarks);
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
  return ops.smooth_l1_loss(predicted, fromArray(targets, predicted.shape), 2 /* sum */, 1);
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
  const isTaken = arange(most)
    .unsqueeze(0)
    .lt(fromArray(counts, [counts.length, 1]));
  return largest.mul(isTaken).sum();
}
