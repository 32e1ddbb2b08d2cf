import { fromArray, ops, scope, type Tensor } from '@semblance/torch';

/**
 * How many directions hold `share` of the variance of embeddings: the smallest k with Σ_{i ≤ k} λ_i ≥ share·Σ λ_i, λ the
 * eigenvalues of their covariance in falling order.
 *
 * K classes lie on K − 1 directions where a loss has pressed them to points (Papyan et al., "Prevalence of Neural
 * Collapse during the Terminal Phase of Deep Learning Training", 2020); people it has not seen then have to share these.
 *
 * @param embeddings [N][D], N > 1
 */
export function numDirections(embeddings: readonly Float32Array[], share = 0.95): number {
  using _ = scope();
  const size = embeddings[0]!.length;
  const values = new Float64Array(embeddings.length * size);
  for (const [n, embedding] of embeddings.entries()) values.set(embedding, n * size);
  const x_ND = fromArray(values, [embeddings.length, size]);
  const centred_ND = x_ND.sub(x_ND.mean([0], true));
  const eigenvalues = ops.linalg_eigvalsh(centred_ND.transpose(0, 1).mm(centred_ND)) as Tensor;
  const falling = [...(eigenvalues.toArray() as Float64Array)].reverse();
  const wanted = share * falling.reduce((sum, value) => sum + value, 0);
  let held = 0;
  const count = falling.findIndex((value) => {
    held += value;
    return held >= wanted;
  });
  return count + 1;
}
