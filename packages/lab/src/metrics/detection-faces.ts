import { type Interval, wilsonInterval } from '@semblance/core/statistics';
import type { Landmarks } from '@semblance/face/geometry';
import { type DetectionResult, judgeDetections } from './detection.ts';

/** What became of one labelled face. */
export interface FaceOutcome {
  /** Its place in the results and in that photo's `truth`. */
  photo: number;
  face: number;
  ignore: boolean;
  /** The detection that found it, in the photo's `found`; null where none did. */
  detection: number | null;
}

/** Every labelled face with the detection that found it, at a score threshold. */
export function faceOutcomes(
  results: readonly DetectionResult[],
  { scoreThreshold = 0.5, iouThreshold = 0.5 }: { scoreThreshold?: number; iouThreshold?: number } = {},
): FaceOutcome[] {
  return results.flatMap((result, photo) => {
    const finder = new Map<number, number>();
    for (const { score, detection, face, verdict } of judgeDetections(result, iouThreshold)) {
      if (score < scoreThreshold || face < 0) continue;
      if (verdict === 'hit' || (verdict === 'ignored' && !finder.has(face))) finder.set(face, detection);
    }
    return result.truth.map(({ ignore = false }, face) => ({
      photo,
      face,
      ignore,
      detection: finder.get(face) ?? null,
    }));
  });
}

export interface GroupRecall {
  group: string;
  faces: number;
  found: number;
  recall: number;
  /** 95 %, Wilson's over the faces. */
  recallInterval: Interval;
}

/**
 * Recall by group of faces; ignored faces are left out.
 *
 * @param groupOf the group of a face; null for none
 * @returns groups in the order in which they first appear
 */
export function recallByGroup(
  outcomes: readonly FaceOutcome[],
  groupOf: (outcome: FaceOutcome) => string | null,
): GroupRecall[] {
  const counts = new Map<string, { faces: number; found: number }>();
  for (const outcome of outcomes) {
    const group = outcome.ignore ? null : groupOf(outcome);
    if (group === null) continue;
    const count = counts.get(group) ?? { faces: 0, found: 0 };
    count.faces++;
    if (outcome.detection !== null) count.found++;
    counts.set(group, count);
  }
  return [...counts].map(([group, { faces, found }]) => ({
    group,
    faces,
    found,
    recall: found / faces,
    recallInterval: wilsonInterval(found, faces),
  }));
}

/**
 * Normalised mean error of the landmarks of faces that were found: mean over the five points of ‖p − p*‖, divided by
 * the distance of the labelled eyes. Faces without labelled landmarks, and faces that are ignored, are left out.
 *
 * @returns one error for each face, in the order of the outcomes
 * @see Sagonas et al., 300 Faces in-the-Wild Challenge, 2013 (inter-ocular normalisation)
 */
export function landmarkErrors(
  results: readonly DetectionResult[],
  outcomes: readonly FaceOutcome[],
): number[] {
  return outcomes.flatMap(({ photo, face, ignore, detection }) => {
    const { found, truth } = results[photo]!;
    const labelled = truth[face]!.landmarks;
    const seen = detection === null ? null : found[detection]!.landmarks;
    return ignore || !labelled || !seen ? [] : [normalisedError(seen, labelled)];
  });
}

function normalisedError(seen: Landmarks, labelled: Landmarks): number {
  const distance = ([x1, y1]: [number, number], [x2, y2]: [number, number]): number =>
    Math.hypot(x1 - x2, y1 - y2);
  const sum = labelled.reduce((total, point, k) => total + distance(seen[k]!, point), 0);
  return sum / labelled.length / distance(labelled[0]!, labelled[1]!);
}
