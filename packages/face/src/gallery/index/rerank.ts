import { dot } from '@semblance/core/vector';
import type { VectorHit, VectorSource } from '../vector-index.ts';
import type { Candidate } from './candidates.ts';

/**
 * The k best of candidates by their exact similarities, Σ qᵢ·xᵢ in float64.
 *
 * Vectors are read by falling upper bound until k are known to be at least as good as all that are left.
 *
 * @param candidates by falling upper bound
 */
export function rerank(
  query: Float32Array,
  candidates: readonly Candidate[],
  k: number,
  idOf: (row: number) => number,
  vectorOf: VectorSource,
): VectorHit[] {
  const best: VectorHit[] = [];
  for (const { row, upper, lower } of candidates) {
    if (best.length === k && upper < best[k - 1]!.similarity) break;
    const id = idOf(row);
    const vector = id < 0 ? null : vectorOf(id);
    if (!vector || vector.length !== query.length) continue; // removed meanwhile, by another process
    const similarity = dot(query, vector);
    if (similarity < lower || similarity > upper) continue; // another face, in a gallery put in this one's place
    insert(best, { id, similarity }, k);
  }
  return best;
}

/** Candidates of which nothing is known before they are compared: each has its id for a row. */
export function unbounded(ids: Iterable<number>): Candidate[] {
  const [upper, lower] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return Array.from(ids, (row) => ({ row, upper, lower }));
}

/** Into its place among the k best, of equal ones the lower id first. */
function insert(best: VectorHit[], hit: VectorHit, k: number): void {
  let [low, high] = [0, best.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = best[middle]!;
    const isAfter =
      other.similarity > hit.similarity || (other.similarity === hit.similarity && other.id < hit.id);
    if (isAfter) low = middle + 1;
    else high = middle;
  }
  if (low >= k) return;
  best.splice(low, 0, hit);
  if (best.length > k) best.pop();
}
