import type { AnchorLayout } from '@semblance/face/geometry';
import { countAnchors } from '@semblance/face/geometry';
import { type FaceTargets, numFaces } from './face-targets.ts';

export interface MatchOptions {
  /** An anchor takes the face it overlaps most, from this IoU on. */
  positiveIou: number;
  /** One below that, but not below this, is neither face nor background. */
  negativeIou: number;
  /** A face takes its best anchor, whatever the IoU, from this one on; below, the face teaches nothing. */
  forcedIou: number;
  /** Divisors of the offsets: [centres and landmarks, log-sizes]. */
  variances: readonly [number, number];
}

export const retinafaceMatching: MatchOptions = {
  positiveIou: 0.35,
  negativeIou: 0.35,
  forcedIou: 0.2,
  variances: [0.1, 0.2],
};

/** Targets of one image: only of the anchors that see a face, since nearly all see none. */
export interface MatchedTargets {
  /** Indices of the positive anchors, ascending. P of them. */
  positives: Int32Array;
  /** Indices of the anchors between `negativeIou` and `positiveIou`, ascending. */
  ignored: Int32Array;
  /** Box offsets of positive p at 4p: (Δcentre / (v₀ · size), log(size ratio) / v₁). */
  boxes: Float32Array;
  /** Positions within `positives` of those whose face has landmarks. */
  withLandmarks: Int32Array;
  /** Landmark offsets of the l-th of `withLandmarks` at 10l: Δ / (v₀ · size). */
  landmarks: Float32Array;
}

/**
 * Assigns faces to anchors and encodes the offsets to learn.
 *
 * An anchor is positive for the face it overlaps most if that IoU ≥ 0.35 (`positiveIou`); besides, every face claims its best
 * anchor if that IoU ≥ 0.2, the better face winning where two claim one. Differs from the published code in
 * two points: a face below 0.2 claims nothing (there it still took another face's anchor away), and a face
 * without an area is passed over (there its log-size was −∞).
 *
 * Only anchors near a face are looked at, so that a thousand faces cost no more than their area.
 *
 * @param targets faces in pixels of the layout's input
 */
export function matchAnchors(
  layout: AnchorLayout,
  targets: FaceTargets,
  { positiveIou, negativeIou, forcedIou, variances }: MatchOptions = retinafaceMatching,
): MatchedTargets {
  const n = numFaces(targets);
  const numAnchors = countAnchors(layout);
  const bestFace = new Int32Array(numAnchors).fill(-1);
  const bestIou = new Float32Array(numAnchors);
  const claimed = new Map<number, { face: number; iou: number }>();
  const touched: number[] = [];

  for (let face = 0; face < n; face++) {
    let bestAnchor = -1;
    let bestAnchorIou = 0;
    visitOverlaps(layout, targets.boxes, face, (anchor, iou) => {
      if (iou > bestAnchorIou) {
        bestAnchor = anchor;
        bestAnchorIou = iou;
      }
      if (iou > bestIou[anchor]!) {
        if (bestFace[anchor] === -1) touched.push(anchor);
        bestIou[anchor] = iou;
        bestFace[anchor] = face;
      }
    });
    if (bestAnchorIou < forcedIou) continue;
    const rival = claimed.get(bestAnchor);
    if (!rival || bestAnchorIou > rival.iou) claimed.set(bestAnchor, { face, iou: bestAnchorIou });
  }
  for (const [anchor, { face }] of claimed) {
    bestFace[anchor] = face;
    bestIou[anchor] = 1;
  }

  const positives = Int32Array.from(touched.filter((anchor) => bestIou[anchor]! >= positiveIou)).sort();
  const isBetween = (anchor: number) => bestIou[anchor]! >= negativeIou && bestIou[anchor]! < positiveIou;
  const ignored = Int32Array.from(touched.filter(isBetween)).sort();
  return { ...encode(layout, targets, positives, bestFace, variances), ignored };
}

/** Calls back for every anchor whose intersection with the face has an area. */
function visitOverlaps(
  { width, height, minSizes, strides }: AnchorLayout,
  boxes: Float32Array,
  face: number,
  visit: (anchor: number, iou: number) => void,
): void {
  const x1 = boxes[4 * face]!;
  const y1 = boxes[4 * face + 1]!;
  const x2 = boxes[4 * face + 2]!;
  const y2 = boxes[4 * face + 3]!;
  const area = (x2 - x1) * (y2 - y1);
  if (!(x2 > x1 && y2 > y1)) return;
  let levelStart = 0;
  for (const [level, stride] of strides.entries()) {
    const sizes = minSizes[level]!;
    const columns = Math.ceil(width / stride);
    const rows = Math.ceil(height / stride);
    for (const [s, size] of sizes.entries()) {
      const half = size / 2;
      const firstColumn = Math.max(0, Math.floor((x1 - half) / stride - 0.5));
      const lastColumn = Math.min(columns - 1, Math.ceil((x2 + half) / stride - 0.5));
      const firstRow = Math.max(0, Math.floor((y1 - half) / stride - 0.5));
      const lastRow = Math.min(rows - 1, Math.ceil((y2 + half) / stride - 0.5));
      for (let row = firstRow; row <= lastRow; row++) {
        const cy = (row + 0.5) * stride;
        const sharedHeight = Math.min(y2, cy + half) - Math.max(y1, cy - half);
        if (sharedHeight <= 0) continue;
        for (let column = firstColumn; column <= lastColumn; column++) {
          const cx = (column + 0.5) * stride;
          const sharedWidth = Math.min(x2, cx + half) - Math.max(x1, cx - half);
          if (sharedWidth <= 0) continue;
          const shared = sharedWidth * sharedHeight;
          const anchor = levelStart + (row * columns + column) * sizes.length + s;
          visit(anchor, shared / (area + size * size - shared));
        }
      }
    }
    levelStart += rows * columns * sizes.length;
  }
}

function encode(
  layout: AnchorLayout,
  { boxes, landmarks, hasLandmarks }: FaceTargets,
  positives: Int32Array,
  faceOf: Int32Array,
  [centreVariance, sizeVariance]: readonly [number, number],
): Omit<MatchedTargets, 'ignored'> {
  const boxOffsets = new Float32Array(4 * positives.length);
  const withLandmarks: number[] = [];
  const landmarkOffsets: number[] = [];
  for (const [p, anchor] of positives.entries()) {
    const face = faceOf[anchor]!;
    const { cx, cy, size } = anchorAt(layout, anchor);
    const [x1, y1, x2, y2] = boxes.subarray(4 * face, 4 * face + 4) as unknown as number[];
    const unit = centreVariance * size;
    boxOffsets[4 * p] = ((x1! + x2!) / 2 - cx) / unit;
    boxOffsets[4 * p + 1] = ((y1! + y2!) / 2 - cy) / unit;
    boxOffsets[4 * p + 2] = Math.log((x2! - x1!) / size) / sizeVariance;
    boxOffsets[4 * p + 3] = Math.log((y2! - y1!) / size) / sizeVariance;
    if (!hasLandmarks[face]) continue;
    withLandmarks.push(p);
    for (let k = 0; k < 10; k++) {
      landmarkOffsets.push((landmarks[10 * face + k]! - (k % 2 === 0 ? cx : cy)) / unit);
    }
  }
  return {
    positives,
    boxes: boxOffsets,
    withLandmarks: Int32Array.from(withLandmarks),
    landmarks: Float32Array.from(landmarkOffsets),
  };
}

/** Centre and side of an anchor in pixels, by its place in the order level → row → column → size. */
export function anchorAt(
  { width, height, minSizes, strides }: AnchorLayout,
  anchor: number,
): { cx: number; cy: number; size: number } {
  let rest = anchor;
  for (const [level, stride] of strides.entries()) {
    const sizes = minSizes[level]!;
    const columns = Math.ceil(width / stride);
    const count = Math.ceil(height / stride) * columns * sizes.length;
    if (rest >= count) {
      rest -= count;
      continue;
    }
    const cell = Math.floor(rest / sizes.length);
    return {
      cx: ((cell % columns) + 0.5) * stride,
      cy: (Math.floor(cell / columns) + 0.5) * stride,
      size: sizes[rest % sizes.length]!,
    };
  }
  throw new RangeError(`anchor ${anchor} is past the last one`);
}
