/**
 * Products, lengths and normalising of vectors.
 *
 * @module
 */

/** Σ aᵢ·b[offset + i] over the length of a, summed in order in float64: the same bits on every machine. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>, offset = 0): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[offset + i]!;
  return sum;
}

/** ‖v‖ = √(v·v). */
export function norm(vector: ArrayLike<number>): number {
  return Math.sqrt(dot(vector, vector));
}

/** v · (1 / ‖v‖), in place; a vector of zeros stays one. */
export function normalize<V extends Float32Array | Float64Array>(vector: V): V {
  const length = norm(vector);
  const factor = length > 0 ? 1 / length : 0;
  for (let k = 0; k < vector.length; k++) vector[k]! *= factor;
  return vector;
}

/** v / ‖v‖ as another vector, by `Math.hypot`, which no large value overflows; a vector of zeros is given back. */
export function normalized<V extends Float32Array | number[]>(vector: V): V {
  const length = Math.hypot(...vector);
  return length > 0 ? (vector.map((value) => value / length) as V) : vector;
}
