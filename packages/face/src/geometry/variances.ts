/** Offsets are multiplied by these: [centre and landmarks, logarithm of the size]. */
export type Variances = readonly [number, number];

/** The usual ones, of SSD and RetinaFace. */
export const DEFAULT_VARIANCES: Variances = [0.1, 0.2];

/** A square anchor in pixels. */
export interface Anchor {
  x: number;
  y: number;
  side: number;
}

/**
 * The box that four offsets tell of an anchor: centre = c + v₀·offset·side, size = side·exp(v₁·offset).
 *
 * @param offsets network output; the four are read at `from`.
 * @param out takes x1, y1, x2, y2 in pixels at `at`.
 */
export function decodeBox(
  offsets: Float32Array,
  from: number,
  anchor: Anchor,
  variances: Variances,
  out: Float32Array,
  at: number,
): void {
  const x = anchor.x + variances[0] * offsets[from]! * anchor.side;
  const y = anchor.y + variances[0] * offsets[from + 1]! * anchor.side;
  const halfWidth = (anchor.side * Math.exp(variances[1] * offsets[from + 2]!)) / 2;
  const halfHeight = (anchor.side * Math.exp(variances[1] * offsets[from + 3]!)) / 2;
  out[at] = x - halfWidth;
  out[at + 1] = y - halfHeight;
  out[at + 2] = x + halfWidth;
  out[at + 3] = y + halfHeight;
}

/**
 * The five landmarks that ten offsets tell of an anchor: point = c + v₀·offset·side.
 *
 * @param offsets network output; the ten are read at `from`.
 * @param out takes x, y of each point in pixels at `at`.
 */
export function decodeLandmarks(
  offsets: Float32Array,
  from: number,
  anchor: Anchor,
  variances: Variances,
  out: Float32Array,
  at: number,
): void {
  const reach = variances[0] * anchor.side;
  for (let k = 0; k < 10; k += 2) {
    out[at + k] = anchor.x + reach * offsets[from + k]!;
    out[at + k + 1] = anchor.y + reach * offsets[from + k + 1]!;
  }
}
