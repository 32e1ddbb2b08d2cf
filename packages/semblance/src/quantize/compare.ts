import { mean, valueAt } from '@semblance/core/statistics';
import { type Face, iou } from '@semblance/face/geometry';
import type { Detector } from '@semblance/face/models';
import { eachPhoto } from '@semblance/face/pipeline';
import { facesInPhoto, type LabelledImage } from '@semblance/lab/datasets';
import { averagePrecision, type DetectionResult } from '@semblance/lab/metrics';

/** What a detector lost by being made smaller. */
export interface Loss {
  photos: number;
  /** Faces of the first detector from score 0.5 on, and the part of them that the second finds too (IoU ≥ 0.5). */
  faces: number;
  foundAgain: number;
  /** Faces of the second from score 0.5 on that the first does not have. */
  added: number;
  /** Median over faces that both found: mean distance of the landmarks as a part of the eye distance. */
  landmarkShift: number | null;
  /** Of both detectors, where there are labels: scores > 0.02, IoU ≥ 0.5. */
  ap: { before: number; after: number } | null;
}

const sureScore = 0.5;

/** Runs two detectors over photos, with labels or without, and tells how they differ. */
export async function compareDetectors(
  before: Pick<Detector, 'detect'>,
  after: Pick<Detector, 'detect'>,
  images: readonly Pick<LabelledImage, 'name' | 'path' | 'faces'>[],
  isLabelled: boolean,
): Promise<Loss> {
  const loss: Loss = { photos: 0, faces: 0, foundAgain: 0, added: 0, landmarkShift: null, ap: null };
  const shifts: number[] = [];
  const results: [DetectionResult[], DetectionResult[]] = [[], []];
  const options = { scoreThreshold: 0.02 };
  const detected = eachPhoto(images, async (picture) => ({
    size: { width: picture.width, height: picture.height },
    found: [await before.detect(picture, options), await after.detect(picture, options)] as const,
  }));
  let index = 0;
  for await (const { result } of detected) {
    const { faces } = images[index++]!;
    if (!result) continue;
    const [first, second] = result.found;
    const truth = facesInPhoto(faces, result.size).faces.map(({ box, invalid }) => ({
      box,
      ignore: invalid,
    }));
    for (const [k, found] of [first, second].entries()) results[k]!.push({ found, truth });
    const sure = (found: Face[]) => found.filter(({ score }) => score >= sureScore);
    const twin = (face: Face, among: Face[]) => among.find(({ box }) => iou(box, face.box) >= 0.5);
    loss.photos++;
    loss.faces += sure(first).length;
    loss.added += sure(second).filter((face) => !twin(face, first)).length;
    for (const face of sure(first)) {
      const other = twin(face, sure(second));
      if (!other) continue;
      loss.foundAgain++;
      const shift = landmarkShift(face, other);
      if (shift !== null) shifts.push(shift);
    }
  }
  shifts.sort((a, b) => a - b);
  loss.landmarkShift = shifts.length > 0 ? valueAt(shifts, 0.5) : null;
  if (isLabelled) loss.ap = { before: averagePrecision(results[0]), after: averagePrecision(results[1]) };
  return loss;
}

function landmarkShift(face: Face, other: Face): number | null {
  if (!face.landmarks || !other.landmarks) return null;
  const [left, right] = face.landmarks;
  const eyes = Math.hypot(right![0] - left![0], right![1] - left![1]);
  const distances = face.landmarks.map(([x, y], k) =>
    Math.hypot(x - other.landmarks![k]![0], y - other.landmarks![k]![1]),
  );
  return eyes > 0 ? mean(distances) / eyes : null;
}
