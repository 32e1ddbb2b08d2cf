import type { Box } from '@semblance/face/geometry';
import { bestOverlap, type DetectionResult, facesToFind } from './detection.ts';
import { areaUnderPrCurve, type PrPoint } from './precision-recall.ts';

export interface WiderOptions {
  iouThreshold?: number;
  numThresholds?: number;
}

/** IoU of boxes taken as inclusive pixel ranges: a width is x2 − x1 + 1, as the WIDER and VOC tools count. */
export function pixelIou(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]) + 1;
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]) + 1;
  if (width <= 0 || height <= 0) return 0;
  const area = (box: Box): number => (box[2] - box[0] + 1) * (box[3] - box[1] + 1);
  return (width * height) / (area(a) + area(b) - width * height);
}

/**
 * Average precision by the rule of the WIDER FACE tool: the area under {@link widerCurve}. 0 to 1.
 *
 * @throws SemblanceError DATA_EMPTY where no face is to be found.
 * @see Yang et al., WIDER FACE: A Face Detection Benchmark, CVPR 2016
 * @example
 * ```ts
 * import { widerAveragePrecision } from '@semblance/lab';
 *
 * const face = { box: [0, 0, 10, 10] as [number, number, number, number], landmarks: null };
 * const found = [{ ...face, score: 0.9 }];
 * console.log(widerAveragePrecision([{ found, truth: [face] }]).toFixed(2)); // 1.00
 * ```
 */
export function widerAveragePrecision(
  results: readonly DetectionResult[],
  options: WiderOptions = {},
): number {
  return areaUnderPrCurve(widerCurve(results, options));
}

/**
 * The precision–recall curve of the WIDER FACE tool.
 *
 * Scores are min-max normalised over the whole set (`score` of a point is such a score); 1,000 thresholds; IoU ≥ 0.5 of
 * inclusive pixel boxes; each detection goes to the face it overlaps most, taken or not: an ignored one removes it from
 * the count, a taken one makes it a false positive. Photos without any labelled face are left out, detections and all.
 *
 * @throws SemblanceError DATA_EMPTY where no face is to be found.
 */
export function widerCurve(
  results: readonly DetectionResult[],
  { iouThreshold = 0.5, numThresholds = 1000 }: WiderOptions = {},
): PrPoint[] {
  const numFaces = facesToFind(results);
  let [min, max] = [1, 0];
  for (const { found } of results) {
    for (const { score } of found) {
      min = Math.min(min, score);
      max = Math.max(max, score);
    }
  }
  const scale = max > min ? 1 / (max - min) : 1;
  const thresholds = Array.from({ length: numThresholds }, (_, t) => 1 - (t + 1) / numThresholds);
  const proposals = new Float64Array(numThresholds);
  const recalled = new Float64Array(numThresholds);
  for (const { found, truth } of results) {
    if (truth.length === 0 || found.length === 0) continue;
    const sorted = [...found].sort((a, b) => b.score - a.score);
    const taken = new Uint8Array(truth.length);
    let [numProposals, numRecalled, next] = [0, 0, 0];
    for (const [t, threshold] of thresholds.entries()) {
      for (; next < sorted.length && (sorted[next]!.score - min) * scale >= threshold; next++) {
        const { index, overlap } = bestOverlap(sorted[next]!.box, truth, pixelIou);
        const isMatch = overlap >= iouThreshold;
        if (isMatch && truth[index]!.ignore) continue;
        numProposals++;
        if (isMatch && !taken[index]) {
          taken[index] = 1;
          numRecalled++;
        }
      }
      proposals[t]! += numProposals;
      recalled[t]! += numRecalled;
    }
  }
  return thresholds.map((score, t) => ({
    score,
    recall: recalled[t]! / numFaces,
    precision: proposals[t]! > 0 ? recalled[t]! / proposals[t]! : 0,
  }));
}
