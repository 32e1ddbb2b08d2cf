/** A linear map of embeddings, row by row: y_i = Σ_j rows[i·size + j]·x_j. */
export interface LinearHead {
  size: number;
  rows: Float64Array;
}

/** People's embeddings, unit vectors. */
export type PeopleEmbeddings = readonly (readonly Float32Array[])[];

/**
 * The whitening of how photos of one person differ: W = C⁻¹ with C·Cᵀ = (1 − α)·S + α·I, S the covariance of embeddings
 * about their person's mean, scaled to trace D. Directions in which one person's photos scatter then count less.
 *
 * @param people persons with one photo add nothing
 * @param alpha 0 to 1: 1 changes nothing, smaller values trust the photos more
 * @see Hatch, Kajarekar, Stolcke, "Within-Class Covariance Normalization for SVM-based Speaker Recognition", 2006
 */
export function fitLinearHead(people: PeopleEmbeddings, alpha: number): LinearHead {
  const size = people.flat()[0]?.length ?? 0;
  const scatter = new Float64Array(size * size);
  for (const own of people) {
    if (own.length < 2) continue;
    const centre = new Float64Array(size);
    for (const one of own) for (let i = 0; i < size; i++) centre[i]! += one[i]! / own.length;
    for (const one of own) {
      for (let i = 0; i < size; i++) {
        const d = one[i]! - centre[i]!;
        for (let j = 0; j <= i; j++) scatter[i * size + j]! += d * (one[j]! - centre[j]!);
      }
    }
  }
  let trace = 0;
  for (let i = 0; i < size; i++) trace += scatter[i * size + i]!;
  const scale = trace > 0 ? ((1 - alpha) * size) / trace : 0;
  for (let i = 0; i < scatter.length; i++) scatter[i]! *= scale;
  for (let i = 0; i < size; i++) scatter[i * size + i]! += trace > 0 ? alpha : 1;
  return { size, rows: inverseOfCholesky(scatter, size) };
}

/** C⁻¹ of the lower triangle's Cholesky factor C, rows of a lower triangle. */
function inverseOfCholesky(lower: Float64Array, n: number): Float64Array {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = lower[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= c[i * n + k]! * c[j * n + k]!;
      c[i * n + j] = i === j ? Math.sqrt(sum) : sum / c[j * n + j]!;
    }
  }
  const inverse = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    inverse[j * n + j] = 1 / c[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= c[i * n + k]! * inverse[k * n + j]!;
      inverse[i * n + j] = sum / c[i * n + i]!;
    }
  }
  return inverse;
}

/** The embedding after the head, of length 1. */
export function applyLinearHead({ size, rows }: LinearHead, embedding: Float32Array): Float32Array {
  const out = new Float32Array(size);
  let squares = 0;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += rows[i * size + j]! * embedding[j]!;
    out[i] = sum;
    squares += sum * sum;
  }
  const factor = 1 / Math.sqrt(squares || 1);
  for (let i = 0; i < size; i++) out[i]! *= factor;
  return out;
}
