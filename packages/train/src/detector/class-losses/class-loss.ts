import type { Tensor } from '@semblance/torch';

// N images, A anchors, P positive and I ignored anchors of the batch, as n·A + a

export interface ClassInput {
  /** Logit of face minus that of background [N, A]: p(face) is its sigmoid, −log(1 − p) its softplus. */
  margin_NA: Tensor;
  positives_P: Tensor;
  /** Neither face nor background. */
  ignored_I: Tensor;
  /** Positives of each image. */
  positivesPerImage: Int32Array;
  /** Hard negatives for each positive of an image. */
  negativesPerPositive: number;
}

/** How wrong the classes of anchors are: a sum, to be divided by the positives; a scalar with gradient. */
export type ClassLoss = (input: ClassInput) => Tensor;

/** A loss of classes under the name that recipes and manifests call it by. */
export interface ClassLossSpec {
  readonly name: string;
  readonly loss: ClassLoss;
}
