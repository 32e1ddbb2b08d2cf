// N batch, D features, L length of a sequence, E size of an embedding

import { ops } from '../../ops.ts';
import type { Tensor } from '../../tensor.ts';

/** x·Wᵀ + b: […, in], weight [out, in] → […, out]. */
export const linear = (x: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor =>
  ops.linear(x, weight, bias);

/** Row i of the weight [n, dim] for each index i: int64 […] → […, dim]. `paddingIdx` gets no gradient. */
export function embedding(
  indices: Tensor,
  weight: Tensor,
  { paddingIdx }: { paddingIdx?: number } = {},
): Tensor {
  // libtorch's −1 is "no such row", PyTorch's the last one.
  const row = paddingIdx === undefined ? -1 : paddingIdx < 0 ? paddingIdx + weight.shape[0]! : paddingIdx;
  return ops.embedding(weight, indices, row);
}

/** 1 in the place of each index, int64 […] → int64 […, numClasses]; as many classes as the largest index asks for. */
export const one_hot = (indices: Tensor, { numClasses = -1 } = {}): Tensor =>
  ops.one_hot(indices, numClasses);

/** x / max(‖x‖ₚ, eps) along `dim`. */
export function normalize(x: Tensor, { p = 2, dim = 1, eps = 1e-12 } = {}): Tensor {
  return x.div(x.norm(p, [dim], true).clamp_min(eps));
}

/** x₁·x₂ / (max(‖x₁‖, eps)·max(‖x₂‖, eps)) along `dim`. */
export const cosine_similarity = (x1: Tensor, x2: Tensor, { dim = 1, eps = 1e-8 } = {}): Tensor =>
  ops.cosine_similarity(x1, x2, dim, eps);

export interface AttentionOptions {
  /** Booleans (true: takes part), or numbers that are added to the scores; broadcast to [N, …, L, S]. */
  attnMask?: Tensor | null;
  dropoutP?: number;
  /** Each position sees itself and what is before it. */
  isCausal?: boolean;
  /** What scores are multiplied with; 1 / √E unless told. */
  scale?: number;
}

/**
 * softmax(q·kᵀ·scale + mask)·v (Vaswani et al. 2017): q [N, …, L, E], k [N, …, S, E], v [N, …, S, V] → [N, …, L, V].
 */
export function scaled_dot_product_attention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  options: AttentionOptions = {},
): Tensor {
  const { attnMask = null, dropoutP = 0, isCausal = false } = options;
  const scale = options.scale ?? 1 / Math.sqrt(query.shape.at(-1)!);
  let scores = query.mul(scale).matmul(key.transpose(-2, -1));
  if (isCausal) {
    const [numQueries, numKeys] = scores.shape.slice(-2) as [number, number];
    const isLater = ops.ones([numQueries, numKeys], { dtype: 'bool', device: scores.device }).triu(1);
    scores = scores.masked_fill(isLater, -Infinity);
  }
  if (attnMask?.dtype === 'bool') scores = scores.masked_fill(attnMask.logical_not(), -Infinity);
  else if (attnMask) scores = scores.add(attnMask);
  const weights = scores.softmax(-1);
  return (dropoutP > 0 ? ops.dropout(weights, dropoutP, true) : weights).matmul(value);
}
