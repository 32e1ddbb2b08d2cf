import type { MatchedTargets } from './matching.ts';

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
  /** Anchors that are neither face nor background, as n·A + a. I of them. */
  ignored: BigInt64Array;
  /** Positives of each image. */
  positivesPerImage: Int32Array;
}

/** The targets of several images as those of one batch. */
export function batchTargets(images: readonly MatchedTargets[], numAnchors: number): MultiboxTargets {
  const numPositives = images.reduce((sum, image) => sum + image.positives.length, 0);
  const numWithLandmarks = images.reduce((sum, image) => sum + image.withLandmarks.length, 0);
  const numIgnored = images.reduce((sum, image) => sum + image.ignored.length, 0);
  const batch: MultiboxTargets = {
    positives: new BigInt64Array(numPositives),
    boxes: new Float32Array(4 * numPositives),
    withLandmarks: new BigInt64Array(numWithLandmarks),
    landmarks: new Float32Array(10 * numWithLandmarks),
    ignored: new BigInt64Array(numIgnored),
    positivesPerImage: Int32Array.from(images, (image) => image.positives.length),
  };
  let p = 0;
  let l = 0;
  let i = 0;
  for (const [n, image] of images.entries()) {
    batch.boxes.set(image.boxes, 4 * p);
    batch.landmarks.set(image.landmarks, 10 * l);
    for (const at of image.withLandmarks) {
      batch.withLandmarks[l++] = BigInt(n * numAnchors + image.positives[at]!);
    }
    for (const anchor of image.ignored) batch.ignored[i++] = BigInt(n * numAnchors + anchor);
    for (const anchor of image.positives) batch.positives[p++] = BigInt(n * numAnchors + anchor);
  }
  return batch;
}
