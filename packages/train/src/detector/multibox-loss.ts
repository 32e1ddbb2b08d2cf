import { fromArray, type Tensor } from '@semblance/torch';
import { type Shares, wholeBatch } from '../shares.ts';
import type { MultiboxTargets } from './batch-targets.ts';
import { type BoxLossSpec, boxLossOf } from './box-losses/index.ts';
import { smoothL1 } from './box-losses/smooth-l1.ts';
import { type ClassLossSpec, classLossOf } from './class-losses/index.ts';
import type { RawDetections } from './retinaface.ts';

// N images, A anchors, P positive anchors of the batch, L of them with landmarks, I ignored ones

export interface MultiboxWeights {
  boxes: number;
  classes: number;
  landmarks: number;
  /** Hard negatives taken for each positive of an image. */
  negativesPerPositive: number;
  boxLoss: string | BoxLossSpec;
  classLoss: string | ClassLossSpec;
}

export const retinafaceWeights: MultiboxWeights = {
  boxes: 2,
  classes: 1,
  landmarks: 1,
  negativesPerPositive: 7,
  boxLoss: 'smooth-l1',
  classLoss: 'hard-negatives',
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
 * each image, the 7 hardest negatives per positive; boxes and classes by other losses where `weights` names them. Sums,
 * divided by the positives of the batch (landmarks: by those with landmarks), at least 1. An image without a positive has
 * no hard negatives either: 7 times none. Focal loss takes its background in.
 *
 * Deng et al., "RetinaFace" (2019), as in biubug6/Pytorch_Retinaface.
 */
export function multiboxLoss(
  raw: RawDetections,
  targets: MultiboxTargets,
  weights: MultiboxWeights = retinafaceWeights,
  shares: Shares = wholeBatch,
): MultiboxLoss {
  const { device } = raw.classes;
  const indices = (values: BigInt64Array) => fromArray(values, [values.length], { device });
  const positives_P = indices(targets.positives);
  // the trainer takes the mean over the ranks: each divides its sums by the mean of their counts
  const [numPositives, numWithLandmarks] = shares
    .mean([targets.positives.length, targets.withLandmarks.length])
    .map((count) => Math.max(1 / shares.numRanks, count)) as [number, number];

  const predicted_P4 = raw.boxes.view([-1, 4]).index_select(0, positives_P);
  const wanted_P4 = fromArray(targets.boxes, predicted_P4.shape, { device });
  const boxes = boxLossOf(weights.boxLoss)(predicted_P4, wanted_P4).div(numPositives);

  const points_L10 = raw.landmarks.view([-1, 10]).index_select(0, indices(targets.withLandmarks));
  const wanted_L10 = fromArray(targets.landmarks, points_L10.shape, { device });
  const landmarks = smoothL1(points_L10, wanted_L10).div(numWithLandmarks);

  const classes = classLossOf(weights.classLoss)({
    margin_NA: raw.classes.select(2, 1).sub(raw.classes.select(2, 0)),
    positives_P,
    ignored_I: indices(targets.ignored),
    positivesPerImage: targets.positivesPerImage,
    negativesPerPositive: weights.negativesPerPositive,
  }).div(numPositives);

  const loss = boxes
    .mul(weights.boxes)
    .add(classes.mul(weights.classes))
    .add(landmarks.mul(weights.landmarks));
  return { loss, boxes, classes, landmarks };
}
