import { mean, median } from '@semblance/core/statistics';
import type { Face } from '@semblance/face/geometry';
import type { LabelledFace } from '../datasets/label-types.ts';
import {
  averagePrecision,
  type DetectionCounts,
  type DetectionResult,
  detectionCounts,
  precisionRecallCurve,
} from '../metrics/detection.ts';
import {
  type FaceOutcome,
  faceOutcomes,
  type GroupRecall,
  landmarkErrors,
  recallByGroup,
} from '../metrics/detection-faces.ts';
import type { PrPoint } from '../metrics/precision-recall.ts';
import { widerAveragePrecision, widerCurve } from '../metrics/wider.ts';

export type Rule = 'voc' | 'wider';

/** A photo with its labels and what was found; nothing where it could not be read. */
export interface DetectedPhoto {
  path: string;
  labelled: readonly LabelledFace[];
  found: readonly Face[];
}

/** A choice of faces that count; the others are ignored: neither misses nor mistakes. */
export interface FaceSubset {
  name: string;
  counts(face: LabelledFace): boolean;
}

export interface DetectionMetrics extends DetectionCounts {
  /** By the subset's name. */
  ap: Record<string, number>;
  /** Recall and what follows are those of the first subset at this score. */
  score: number;
  rule: Rule;
  faces: number;
  recallBySize: GroupRecall[];
  recallByAttribute: Record<string, GroupRecall[]>;
  /** Of found faces with labelled landmarks, in units of the distance of the eyes; null where there are none. */
  landmarks: { faces: number; nmeMedian: number; nmeMean: number; shareAbove10Percent: number } | null;
}

export interface DetectionFindings {
  metrics: DetectionMetrics;
  curves: Record<string, PrPoint[]>;
  /** For the first subset. */
  results: DetectionResult[];
  outcomes: FaceOutcome[];
  landmarkErrors: number[];
}

/** The subset of faces whose shorter side has at least so many pixels and that are not labelled invalid. */
export const sizeSubset = (least: number): FaceSubset => ({
  name: least === 0 ? 'all' : `min${least}`,
  counts: ({ box, invalid }) => !invalid && shorterSide(box) >= least,
});

export const shorterSide = ([x1, y1, x2, y2]: readonly number[]): number => Math.min(x2! - x1!, y2! - y1!);

/**
 * Measures detections against labels: average precision of each subset; recall, precision, breakdowns and landmark
 * errors of the first one at a score.
 *
 * @throws SemblanceError DATA_EMPTY where a subset has no face.
 * @param rule how average precision counts: `voc` by continuous boxes, `wider` as WIDER FACE's tool does
 * @param score 0 to 1; what the counts and breakdowns take for a detection
 * @example
 * ```ts
 * import { measureDetection } from '@semblance/lab';
 * import { sizeSubset } from '@semblance/lab/evaluate';
 *
 * const box: [number, number, number, number] = [10, 10, 50, 60];
 * const labelled = [{ box, landmarks: null, invalid: false }];
 * const found = [{ box, landmarks: null, score: 0.9 }];
 * const photos = [{ path: 'photo.jpg', labelled, found }];
 * const { metrics } = measureDetection(photos, [sizeSubset(0)], { rule: 'voc', score: 0.5 });
 * console.log(metrics.ap, metrics.recall); // { all: 1 } 1
 * ```
 */
export function measureDetection(
  photos: readonly DetectedPhoto[],
  subsets: readonly FaceSubset[],
  { rule, score }: { rule: Rule; score: number },
): DetectionFindings {
  const resultsOf = ({ counts }: FaceSubset): DetectionResult[] =>
    photos.map(({ labelled, found }) => ({
      found,
      truth: labelled.map((face) => ({ box: face.box, landmarks: face.landmarks, ignore: !counts(face) })),
    }));
  const [average, curveOf] =
    rule === 'wider' ? [widerAveragePrecision, widerCurve] : [averagePrecision, precisionRecallCurve];
  const all = subsets.map((subset) => [subset.name, resultsOf(subset)] as const);
  const results = all[0]![1];
  const outcomes = faceOutcomes(results, { scoreThreshold: score });
  const errors = landmarkErrors(results, outcomes);
  const faceOf = ({ photo, face }: FaceOutcome): LabelledFace => photos[photo]!.labelled[face]!;
  const counts = detectionCounts(results, { scoreThreshold: score });
  const metrics: DetectionMetrics = {
    ap: Object.fromEntries(all.map(([name, subset]) => [name, average(subset)])),
    ...counts,
    score,
    rule,
    faces: counts.truePositives + counts.falseNegatives,
    recallBySize: recallByGroup(outcomes, (outcome) => sizeGroup(shorterSide(faceOf(outcome).box))).sort(
      (a, b) => Number.parseInt(a.group, 10) - Number.parseInt(b.group, 10),
    ),
    recallByAttribute: byAttribute(outcomes, faceOf),
    landmarks: summaryOf(errors),
  };
  const curves = Object.fromEntries(all.map(([name, subset]) => [name, curveOf(subset)]));
  return { metrics, curves, results, outcomes, landmarkErrors: errors };
}

/** `16 to 32 px`: powers of two from 8. */
function sizeGroup(side: number): string {
  if (side < 8) return '0 to 8 px';
  const low = 2 ** Math.floor(Math.log2(side));
  return low >= 512 ? '512 px or more' : `${low} to ${2 * low} px`;
}

/** What the values of WIDER FACE's attributes stand for. */
const valueNames: Record<string, readonly string[]> = {
  blur: ['clear', 'normal', 'heavy'],
  expression: ['typical', 'exaggerated'],
  illumination: ['normal', 'extreme'],
  occlusion: ['none', 'partial', 'heavy'],
  pose: ['typical', 'atypical'],
};

function byAttribute(
  outcomes: readonly FaceOutcome[],
  faceOf: (outcome: FaceOutcome) => LabelledFace,
): Record<string, GroupRecall[]> {
  const groups = Object.entries(valueNames).map(([name, values]) => {
    const recalls = recallByGroup(
      outcomes,
      (outcome) => values[faceOf(outcome).attributes?.[name] ?? -1] ?? null,
    );
    return [name, recalls.sort((a, b) => values.indexOf(a.group) - values.indexOf(b.group))] as const;
  });
  return Object.fromEntries(groups.filter(([, recalls]) => recalls.length > 0));
}

function summaryOf(errors: readonly number[]): DetectionMetrics['landmarks'] {
  if (errors.length === 0) return null;
  return {
    faces: errors.length,
    nmeMedian: median(errors),
    nmeMean: mean(errors),
    shareAbove10Percent: errors.filter((error) => error > 0.1).length / errors.length,
  };
}
