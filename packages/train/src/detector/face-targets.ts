import type { LabelledFace } from '@semblance/lab/datasets';

/** What is to be found in one image, as flat arrays that cross threads cheaply. n faces. */
export interface FaceTargets {
  /** x1, y1, x2, y2 of face i at 4i, in pixels. */
  boxes: Float32Array;
  /** x, y of five landmarks of face i at 10i, in pixels; meaningless where `hasLandmarks` is 0. */
  landmarks: Float32Array;
  /** 1 where the five landmarks are known: the others teach box and class only. */
  hasLandmarks: Uint8Array;
}

/** Flat targets of labelled faces; faces marked as invalid are left out. */
export function toTargets(faces: readonly LabelledFace[]): FaceTargets {
  const valid = faces.filter((face) => !face.invalid);
  const targets = emptyTargets(valid.length);
  for (const [i, { box, landmarks }] of valid.entries()) {
    targets.boxes.set(box, 4 * i);
    if (!landmarks) continue;
    targets.landmarks.set(landmarks.flat(), 10 * i);
    targets.hasLandmarks[i] = 1;
  }
  return targets;
}

/** Room for n faces, all zero. */
export function emptyTargets(n: number): FaceTargets {
  return {
    boxes: new Float32Array(4 * n),
    landmarks: new Float32Array(10 * n),
    hasLandmarks: new Uint8Array(n),
  };
}

export function numFaces(targets: FaceTargets): number {
  return targets.hasLandmarks.length;
}

/** The faces with these indices, in this order. */
export function selectFaces(targets: FaceTargets, indices: readonly number[]): FaceTargets {
  const selected = emptyTargets(indices.length);
  for (const [to, from] of indices.entries()) {
    selected.boxes.set(targets.boxes.subarray(4 * from, 4 * from + 4), 4 * to);
    selected.landmarks.set(targets.landmarks.subarray(10 * from, 10 * from + 10), 10 * to);
    selected.hasLandmarks[to] = targets.hasLandmarks[from]!;
  }
  return selected;
}

/** Boxes clipped to a picture of this size, without those of which nothing is in it; the same targets where all are. */
export function clipTargets(targets: FaceTargets, width: number, height: number): FaceTargets {
  const isOut = targets.boxes.some((value, k) => value < 0 || value > (k % 2 === 0 ? width : height));
  if (!isOut) return targets;
  const boxes = targets.boxes.map((value, k) => Math.min(Math.max(value, 0), k % 2 === 0 ? width : height));
  const isShown = (i: number) => boxes[4 * i + 2]! > boxes[4 * i]! && boxes[4 * i + 3]! > boxes[4 * i + 1]!;
  const shown = Array.from({ length: numFaces(targets) }, (_, i) => i).filter(isShown);
  return selectFaces({ ...targets, boxes }, shown);
}

/** Coordinates moved to (scaleX · x + shiftX, scaleY · y + shiftY). */
export function mapTargets(
  targets: FaceTargets,
  scaleX: number,
  shiftX: number,
  scaleY: number,
  shiftY: number,
): FaceTargets {
  const map = (values: Float32Array) =>
    values.map((value, k) => (k % 2 === 0 ? value * scaleX + shiftX : value * scaleY + shiftY));
  return {
    boxes: map(targets.boxes),
    landmarks: map(targets.landmarks),
    hasLandmarks: targets.hasLandmarks,
  };
}
