import { SemblanceError } from '../error.ts';
import { iou } from '../geometry/box.ts';
import type { Box } from '../geometry/types.ts';

/** What a detector found in one photo and what is there. */
export interface DetectionResult {
  /** In any order. */
  found: readonly { box: Box; score: number }[];
  /** `ignore`: neither a miss when it is not found nor a mistake when it is. */
  truth: readonly { box: Box; ignore?: boolean }[];
}

export interface DetectionCounts {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  recall: number;
  precision: number;
  f1: number;
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
 * Precision and recall at a score threshold: each detection, by falling score, goes to the face it overlaps most.
 * It is a hit if IoU ≥ `iouThreshold` and nothing took that face before, left out of the count if the face is to be
 * ignored, and a false positive otherwise.
 */
export function detectionCounts(
  results: readonly DetectionResult[],
  { scoreThreshold = 0.5, iouThreshold = 0.5 }: { scoreThreshold?: number; iouThreshold?: number } = {},
): DetectionCounts {
  let [truePositives, falsePositives, numFaces] = [0, 0, 0];
  for (const result of results) {
    numFaces += countable(result);
    for (const { score, verdict } of judge(result, iouThreshold)) {
      if (score < scoreThreshold || verdict === 'ignored') continue;
      if (verdict === 'hit') truePositives++;
      else falsePositives++;
    }
  }
  const recall = numFaces === 0 ? 0 : truePositives / numFaces;
  const precision =
    truePositives + falsePositives === 0 ? 0 : truePositives / (truePositives + falsePositives);
  return {
    truePositives,
    falsePositives,
    falseNegatives: numFaces - truePositives,
    recall,
    precision,
    f1: recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision),
  };
}

/**
 * Average precision, all-point: AP = Σ (r_k − r_{k−1})·max_{j≥k} p_j over all detections of the set by falling
 * score, each judged as in {@link detectionCounts}. 0 to 1.
 *
 * @throws SemblanceError DATA_EMPTY where no face is to be found.
 * @see Everingham et al., The PASCAL VOC Challenge, 2010 (rule of 2010 and later)
 */
export function averagePrecision(
  results: readonly DetectionResult[],
  { iouThreshold = 0.5 }: { iouThreshold?: number } = {},
): number {
  const numFaces = facesToFind(results);
  const judged = results.flatMap((result) => judge(result, iouThreshold));
  judged.sort((a, b) => b.score - a.score);
  const curve: PrPoint[] = [];
  let [hits, mistakes] = [0, 0];
  for (let i = 0; i < judged.length; i++) {
    if (judged[i]!.verdict === 'hit') hits++;
    else if (judged[i]!.verdict === 'miss') mistakes++;
    // equal scores are one point of the curve: no threshold lies between them
    if (judged[i + 1]?.score === judged[i]!.score || hits + mistakes === 0) continue;
    curve.push({ recall: hits / numFaces, precision: hits / (hits + mistakes) });
  }
  return areaUnderEnvelope(curve);
}

/**
 * Average precision by the rule of the WIDER FACE tool.
 *
 * Scores are min-max normalised over the whole set; 1,000 thresholds; IoU ≥ 0.5 of inclusive pixel boxes; each
 * detection goes to the face it overlaps most, taken or not: an ignored one removes it from the count, a taken one
 * makes it a false positive. Photos without any labelled face are left out, detections and all. 0 to 1.
 *
 * @throws SemblanceError DATA_EMPTY where no face is to be found.
 * @see Yang et al., WIDER FACE: A Face Detection Benchmark, CVPR 2016
 */
export function widerAveragePrecision(
  results: readonly DetectionResult[],
  { iouThreshold = 0.5, numThresholds = 1000 }: { iouThreshold?: number; numThresholds?: number } = {},
): number {
  const numFaces = facesToFind(results);
  let [min, max] = [1, 0];
  for (const { found } of results) {
    for (const { score } of found) {
      min = Math.min(min, score);
      max = Math.max(max, score);
    }
  }
  const scale = max > min ? 1 / (max - min) : 1;
  const proposals = new Float64Array(numThresholds);
  const recalled = new Float64Array(numThresholds);
  for (const { found, truth } of results) {
    if (truth.length === 0 || found.length === 0) continue;
    const sorted = [...found].sort((a, b) => b.score - a.score);
    const taken = new Uint8Array(truth.length);
    let [numProposals, numRecalled, next] = [0, 0, 0];
    for (let t = 0; t < numThresholds; t++) {
      const threshold = 1 - (t + 1) / numThresholds;
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
  const curve: PrPoint[] = [];
  for (let t = 0; t < numThresholds; t++) {
    const precision = proposals[t]! > 0 ? recalled[t]! / proposals[t]! : 0;
    curve.push({ recall: recalled[t]! / numFaces, precision });
  }
  return areaUnderEnvelope(curve);
}

interface PrPoint {
  recall: number;
  precision: number;
}

/** Σ Δrecall · (best precision at this recall or above). The curve runs towards higher recall. */
function areaUnderEnvelope(curve: readonly PrPoint[]): number {
  let area = 0;
  let best = 0;
  for (let i = curve.length - 1; i >= 0; i--) {
    best = Math.max(best, curve[i]!.precision);
    area += (curve[i]!.recall - (curve[i - 1]?.recall ?? 0)) * best;
  }
  return area;
}

type Judged = { score: number; verdict: 'hit' | 'miss' | 'ignored' };

function judge({ found, truth }: DetectionResult, iouThreshold: number): Judged[] {
  const taken = new Uint8Array(truth.length);
  return [...found]
    .sort((a, b) => b.score - a.score)
    .map(({ box, score }): Judged => {
      const { index, overlap } = bestOverlap(box, truth, iou);
      if (overlap < iouThreshold) return { score, verdict: 'miss' };
      if (truth[index]!.ignore) return { score, verdict: 'ignored' };
      if (taken[index]) return { score, verdict: 'miss' };
      taken[index] = 1;
      return { score, verdict: 'hit' };
    });
}

function bestOverlap(
  box: Box,
  truth: DetectionResult['truth'],
  overlapOf: (a: Box, b: Box) => number,
): { index: number; overlap: number } {
  let [index, overlap] = [-1, 0];
  for (let k = 0; k < truth.length; k++) {
    const value = overlapOf(box, truth[k]!.box);
    if (value > overlap) [index, overlap] = [k, value];
  }
  return { index, overlap };
}

const countable = ({ truth }: DetectionResult): number => truth.filter(({ ignore }) => !ignore).length;

function facesToFind(results: readonly DetectionResult[]): number {
  const numFaces = results.reduce((sum, result) => sum + countable(result), 0);
  if (numFaces === 0) throw new SemblanceError('DATA_EMPTY', 'no labelled face to find');
  return numFaces;
}
