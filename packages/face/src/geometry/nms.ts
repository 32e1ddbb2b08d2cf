/**
 * Greedy non-maximum suppression: of boxes whose IoU exceeds the threshold, the best-scored one stays.
 *
 * @param boxes x1, y1, x2, y2 of box i at 4i.
 * @param scores one for each box.
 * @param threshold 0 to 1; 0.4 for faces.
 * @param most stops after that many.
 * @returns indices of the boxes that stay, best first; equal scores keep their order.
 * @example
 * ```ts
 * import { nms } from '@semblance/face';
 *
 * const boxes = new Float32Array([0, 0, 10, 10, 1, 0, 11, 10, 20, 20, 30, 30]);
 * const scores = new Float32Array([0.7, 0.9, 0.8]);
 * console.log([...nms(boxes, scores, 0.4)]); // [ 1, 2 ]
 * ```
 */
export function nms(
  boxes: Float32Array,
  scores: Float32Array,
  threshold: number,
  most = Number.POSITIVE_INFINITY,
): Int32Array {
  const count = scores.length;
  const order = Int32Array.from({ length: count }, (_, i) => i).sort(
    (i, j) => scores[j]! - scores[i]! || i - j,
  );
  const areas = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const width = boxes[4 * i + 2]! - boxes[4 * i]!;
    const height = boxes[4 * i + 3]! - boxes[4 * i + 1]!;
    areas[i] = width > 0 && height > 0 ? width * height : 0;
  }
  const kept = new Int32Array(count);
  let numKept = 0;
  next: for (const candidate of order) {
    const c = 4 * candidate;
    const x1 = boxes[c]!;
    const y1 = boxes[c + 1]!;
    const x2 = boxes[c + 2]!;
    const y2 = boxes[c + 3]!;
    for (let k = 0; k < numKept; k++) {
      const b = 4 * kept[k]!;
      const width = Math.min(x2, boxes[b + 2]!) - Math.max(x1, boxes[b]!);
      if (width <= 0) continue;
      const height = Math.min(y2, boxes[b + 3]!) - Math.max(y1, boxes[b + 1]!);
      if (height <= 0) continue;
      const shared = width * height;
      if (shared > threshold * (areas[candidate]! + areas[kept[k]!]! - shared)) continue next;
    }
    kept[numKept++] = candidate;
    if (numKept >= most) break;
  }
  return kept.slice(0, numKept);
}
