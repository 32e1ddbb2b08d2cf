/** Offsets are divided by these: [centre and landmarks, logarithm of the size]. */
export type Variances = [number, number];

/** The usual ones, of SSD. */
export const DEFAULT_VARIANCES: Variances = [0.1, 0.2];

/**
 * Box of one anchor: centre = c + v₀·offset·(w, h), size = (w, h)·exp(v₁·offset), written as corners.
 *
 * @param offsets network output, 4 an anchor. @param anchors fractions, 4 an anchor.
 * @param out takes x1, y1, x2, y2 in pixels of the input at `at`.
 */
export function decodeBox(
  offsets: Float32Array,
  anchors: Float32Array,
  anchor: number,
  variances: Variances,
  width: number,
  height: number,
  out: Float32Array,
  at: number,
): void {
  const n = 4 * anchor;
  const [aw, ah] = [anchors[n + 2]! * width, anchors[n + 3]! * height];
  const cx = anchors[n]! * width + variances[0] * offsets[n]! * aw;
  const cy = anchors[n + 1]! * height + variances[0] * offsets[n + 1]! * ah;
  const halfWidth = (aw * Math.exp(variances[1] * offsets[n + 2]!)) / 2;
  const halfHeight = (ah * Math.exp(variances[1] * offsets[n + 3]!)) / 2;
  out[at] = cx - halfWidth;
  out[at + 1] = cy - halfHeight;
  out[at + 2] = cx + halfWidth;
  out[at + 3] = cy + halfHeight;
}

/**
 * Five landmarks of one anchor: point = c + v₀·offset·(w, h).
 *
 * @param offsets network output, 10 an anchor. @param out takes 10 pixel coordinates at `at`.
 */
export function decodeLandmarks(
  offsets: Float32Array,
  anchors: Float32Array,
  anchor: number,
  variances: Variances,
  width: number,
  height: number,
  out: Float32Array,
  at: number,
): void {
  const n = 4 * anchor;
  const [cx, cy] = [anchors[n]! * width, anchors[n + 1]! * height];
  const [dx, dy] = [variances[0] * anchors[n + 2]! * width, variances[0] * anchors[n + 3]! * height];
  for (let k = 0; k < 10; k += 2) {
    out[at + k] = cx + dx * offsets[10 * anchor + k]!;
    out[at + k + 1] = cy + dy * offsets[10 * anchor + k + 1]!;
  }
}
