import { nn, ops, randn, scope, type Tensor } from '@semblance/torch';

/** A class weight matrix W [K, D] drawn from N(0, 0.01²). */
export function classWeights(numClasses: number, embeddingSize: number): nn.Parameter {
  using _ = scope();
  return new nn.Parameter(randn([numClasses, embeddingSize]).mul(0.01));
}

/** The tensor in float32, or as it is where it is wider. */
export function atLeastFloat32(x: Tensor): Tensor {
  return x.dtype === 'float64' ? x : x.to('float32');
}

/** L2 norms of the rows: [N, D] → [N, 1], never 0. */
export function rowNorms(x_ND: Tensor): Tensor {
  return ops.linalg_vector_norm(x_ND, 2, [1], true).clamp_min(1e-12);
}

/** Rows divided by their L2 norms: [N, D] → [N, D]. */
export function normalize(x_ND: Tensor): Tensor {
  return x_ND.div(rowNorms(x_ND));
}

/**
 * cos θ of every embedding with every class, in float32 at least and within −1 … 1: [N, K].
 *
 * Rounding can carry a cosine past 1, where the sine below has no value.
 */
export function cosines(emb_ND: Tensor, weights_KD: Tensor): Tensor {
  const cos_NK = ops.linear(normalize(atLeastFloat32(emb_ND)), normalize(atLeastFloat32(weights_KD)));
  return cos_NK.clamp(-1, 1);
}
