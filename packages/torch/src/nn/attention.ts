// N batch, L queries, S keys, E size of an embedding, H heads

import { zeros } from '../create.ts';
import { TorchError } from '../error.ts';
import { ops } from '../ops.ts';
import { scope } from '../scope.ts';
import type { Tensor } from '../tensor.ts';
import { filled } from './filled.ts';
import * as init from './init.ts';
import { Linear } from './linear.ts';
import { Module, Parameter } from './module.ts';

export interface MultiheadAttentionOptions {
  /** Of attention weights, while training. */
  dropout?: number;
  bias?: boolean;
  /** Whether inputs are [N, L, E]; PyTorch's default, false, is [L, N, E]. */
  batchFirst?: boolean;
}

export interface AttentionCall {
  /** [N, S]: booleans, true where a key is left out, or numbers that are added to the scores. */
  keyPaddingMask?: Tensor | null;
  /** [L, S] or [N·H, L, S]: booleans, true where a key is left out, or numbers that are added to the scores. */
  attnMask?: Tensor | null;
  /** Whether the weights are wanted (default true). */
  needWeights?: boolean;
  /** Whether they come as their mean over the heads (default true). */
  averageAttnWeights?: boolean;
}

/**
 * Attention with several heads (Vaswani et al. 2017): each is softmax(q·kᵀ / √(E/H))·v of projections of its own; their
 * results are joined and projected once more. Parameters have PyTorch's names and shapes.
 */
export class MultiheadAttention extends Module {
  in_proj_weight: Parameter;
  in_proj_bias: Parameter | null;
  out_proj: Linear;
  readonly embedDim: number;
  readonly numHeads: number;
  readonly dropout: number;
  readonly batchFirst: boolean;

  /** @throws TorchError TORCH_SHAPE_MISMATCH where the heads do not divide the embedding */
  constructor(embedDim: number, numHeads: number, options: MultiheadAttentionOptions = {}) {
    super();
    using _ = scope();
    const { dropout = 0, bias = true, batchFirst = false } = options;
    if (embedDim % numHeads !== 0)
      throw new TorchError(
        'TORCH_SHAPE_MISMATCH',
        `Expected heads that divide the embedding but received ${numHeads} for ${embedDim}`,
      );
    this.embedDim = embedDim;
    this.numHeads = numHeads;
    this.dropout = dropout;
    this.batchFirst = batchFirst;
    this.in_proj_weight = filled([3 * embedDim, embedDim], (w) => init.xavierUniform(w));
    this.in_proj_bias = bias ? new Parameter(zeros([3 * embedDim])) : null;
    this.out_proj = new Linear(embedDim, embedDim, { bias });
    if (this.out_proj.bias) init.constant(this.out_proj.bias.value, 0);
  }

  /**
   * @param query [L, N, E], or [N, L, E] with `batchFirst`, or [L, E] without a batch
   * @param key [S, N, E] and `value` likewise
   * @returns the result in the query's shape, and the weights [N, L, S] ([N, H, L, S] where not averaged) or null
   */
  forward(query: Tensor, key: Tensor, value: Tensor, call: AttentionCall = {}): [Tensor, Tensor | null] {
    const { keyPaddingMask = null, attnMask = null, needWeights = true, averageAttnWeights = true } = call;
    if (query.ndim === 2) {
      // A batch of one, first or second.
      const at = this.batchFirst ? 0 : 1;
      const [q, k, v] = [query.unsqueeze(at), key.unsqueeze(at), value.unsqueeze(at)];
      const mask = keyPaddingMask?.unsqueeze(0) ?? null;
      const [result, weights] = this.forward(q, k, v, { ...call, keyPaddingMask: mask });
      return [result.squeeze(at), weights?.squeeze(0) ?? null];
    }
    const [q_NHLD, k_NHSD, v_NHSD] = this.project(query, key, value);
    const [numBatch, , numQueries, headDim] = q_NHLD.shape as [number, number, number, number];
    let scores_NHLS = q_NHLD.mul(1 / Math.sqrt(headDim)).matmul(k_NHSD.transpose(-2, -1));
    if (attnMask) {
      const perHead = attnMask.ndim === 3;
      const shape = [numBatch, this.numHeads, numQueries, attnMask.shape.at(-1)!];
      scores_NHLS = masked(scores_NHLS, perHead ? attnMask.view(shape) : attnMask);
    }
    if (keyPaddingMask) scores_NHLS = masked(scores_NHLS, keyPaddingMask.unsqueeze(1).unsqueeze(1));
    let weights_NHLS = scores_NHLS.softmax(-1);
    if (this.training && this.dropout > 0) weights_NHLS = ops.dropout(weights_NHLS, this.dropout, true);
    const joined_NLE = weights_NHLS.matmul(v_NHSD).transpose(1, 2).flatten(2);
    const result_NLE = this.out_proj.forward(joined_NLE);
    const result = this.batchFirst ? result_NLE : result_NLE.transpose(0, 1);
    if (!needWeights) return [result, null];
    return [result, averageAttnWeights ? weights_NHLS.mean([1]) : weights_NHLS];
  }

  /** Queries, keys and values by head: [N, H, L or S, E / H]. */
  private project(...inputs: [Tensor, Tensor, Tensor]): [Tensor, Tensor, Tensor] {
    const weights = this.in_proj_weight.value.chunk(3);
    const biases = this.in_proj_bias?.value.chunk(3);
    return inputs.map((input, i) => {
      const x_NLE = this.batchFirst ? input : input.transpose(0, 1);
      const projected = ops.linear(x_NLE, weights[i]!, biases?.[i] ?? null);
      return projected.unflatten(-1, [this.numHeads, -1]).transpose(1, 2);
    }) as [Tensor, Tensor, Tensor];
  }
}

const masked = (scores: Tensor, mask: Tensor): Tensor =>
  mask.dtype === 'bool' ? scores.masked_fill(mask, -Infinity) : scores.add(mask);
