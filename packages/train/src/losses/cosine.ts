import { nn, ops, randn, scope, type Tensor } from '@semblance/torch';

/** A class weight matrix W [K, D] drawn from N(0, 0.01²). */
export function classWeights(numClasses: number, embeddingSize: number): nn.Parameter {
  using _ = scope();
  return new nn.Parameter(randn([numClasses, embeddingSize]).mul(0.01));
}

/** Rows divided by their L2 norms: [N, D] → [N, D]. */
export function normalize(x_ND: Tensor): Tensor {
  return x_ND.div(ops.linalg_vector_norm(x_ND, 2, [1], true).clamp_min(1e-12));
}

/**
 * cos θ of every embedding with every class, in float32 and within −1 … 1: [N, K].
 *
 * Rounding can carry a cosine past 1, where the sine below has no value.
 */
export function cosines(emb_ND: Tensor, weights_KD: Tensor): Tensor {
  const cos_NK = ops.linear(normalize(emb_ND.to('float32')), normalize(weights_KD.to('float32')));
  return cos_NK.clamp(-1, 1);
}
