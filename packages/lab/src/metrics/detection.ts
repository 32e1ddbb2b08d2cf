import type { Box, Landmarks } from '@semblance/face/geometry';
import { iou } from '@semblance/face/geometry';
import { SemblanceError } from '../error.ts';
import { areaUnderPrCurve, type PrPoint } from './precision-recall.ts';

/** What a detector found in one photo and what is there. */
export interface DetectionResult {
  /** In any order. */
  found: readonly { box: Box; score: number; landmarks?: Landmarks | null }[];
  /** `ignore`: neither a miss when it is not found nor a mistake when it is. */
  truth: readonly { box: Box; ignore?: boolean; landmarks?: Landmarks | null }[];
}

export interface DetectionCounts {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  recall: number;
  precision: number;
  f1: number;
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
    for (const { score, verdict } of judgeDetections(result, iouThreshold)) {
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
 * @param options `iouThreshold`: a detection finds a face from this overlap on (0.5)
 * @example
 * ```ts
 * import { averagePrecision } from '@semblance/lab';
 *
 * const face = { box: [0, 0, 10, 10] as [number, number, number, number], landmarks: null };
 * const ap = averagePrecision([
 *   { found: [{ ...face, score: 0.9 }], truth: [face] },
 *   { found: [], truth: [face] },
 * ]);
 * console.log(ap); // 0.5
 * ```
 */
export function averagePrecision(
  results: readonly DetectionResult[],
  options: { iouThreshold?: number } = {},
): number {
  return areaUnderPrCurve(precisionRecallCurve(results, options));
}

/**
 * Precision and recall as the score threshold falls: one point for each distinct score.
 *
 * @throws SemblanceError DATA_EMPTY where no face is to be found.
 */
export function precisionRecallCurve(
  results: readonly DetectionResult[],
  { iouThreshold = 0.5 }: { iouThreshold?: number } = {},
): PrPoint[] {
  const numFaces = facesToFind(results);
  const judged = results.flatMap((result) => judgeDetections(result, iouThreshold));
  judged.sort((a, b) => b.score - a.score);
  const curve: PrPoint[] = [];
  let [hits, mistakes] = [0, 0];
  for (const [i, { score, verdict }] of judged.entries()) {
    if (verdict === 'hit') hits++;
    else if (verdict === 'miss') mistakes++;
    // equal scores are one point of the curve: no threshold lies between them
    if (judged[i + 1]?.score === score || hits + mistakes === 0) continue;
    curve.push({ score, recall: hits / numFaces, precision: hits / (hits + mistakes) });
  }
  return curve;
}

/** What became of one detection. */
export interface JudgedDetection {
  score: number;
  /** Its place in `found`. */
  detection: number;
  /** The face of `truth` that it overlaps enough, or −1. */
  face: number;
  /** `miss`: it shows nothing that is labelled, or a face that a better one has found. */
  verdict: 'hit' | 'miss' | 'ignored';
}

/** Judges the detections of a photo by falling score: see {@link detectionCounts}. */
export function judgeDetections({ found, truth }: DetectionResult, iouThreshold = 0.5): JudgedDetection[] {
  const taken = new Uint8Array(truth.length);
  const order = found.map((_, i) => i).sort((i, j) => found[j]!.score - found[i]!.score);
  return order.map((detection): JudgedDetection => {
    const { box, score } = found[detection]!;
    const { index, overlap } = bestOverlap(box, truth, iou);
    if (overlap < iouThreshold) return { score, detection, face: -1, verdict: 'miss' };
    if (truth[index]!.ignore) return { score, detection, face: index, verdict: 'ignored' };
    if (taken[index]) return { score, detection, face: index, verdict: 'miss' };
    taken[index] = 1;
    return { score, detection, face: index, verdict: 'hit' };
  });
}

/** The face that a box overlaps most, the first of equals; −1 where it overlaps none. */
export function bestOverlap(
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

/** Faces that count. */
export function facesToFind(results: readonly DetectionResult[]): number {
  const numFaces = results.reduce((sum, result) => sum + countable(result), 0);
  if (numFaces === 0) throw new SemblanceError('DATA_EMPTY', 'no labelled face to find');
  return numFaces;
}
