// N batch, D features

import { ops } from '../ops.ts';
import type { Tensor } from '../tensor.ts';
import { filled } from './filled.ts';
import { embedding } from './functional/linear.ts';
import * as init from './init.ts';
import { Module, type Parameter } from './module.ts';

/** y = x·Wᵀ + b: [N, inFeatures] → [N, outFeatures]. */
export class Linear extends Module {
  weight: Parameter;
  bias: Parameter | null;

  constructor(inFeatures: number, outFeatures: number, options: { bias?: boolean } = {}) {
    super();
    const bound = 1 / Math.sqrt(inFeatures);
    this.weight = filled([outFeatures, inFeatures], (w) => init.kaimingUniform(w));
    this.bias = (options.bias ?? true) ? filled([outFeatures], (b) => init.uniform(b, -bound, bound)) : null;
  }

  forward(x_ND: Tensor): Tensor {
    return ops.linear(x_ND, this.weight.value, this.bias?.value ?? null);
  }
}

export interface EmbeddingOptions {
  /** A row that stays 0 at the start and gets no gradient: that of the index which fills short sequences up. */
  paddingIdx?: number;
}

/** Row i of the weight [numEmbeddings, dim] for each index i: int64 […] → […, dim]. Rows start as N(0, 1). */
export class Embedding extends Module {
  weight: Parameter;
  readonly paddingIdx: number | undefined;

  constructor(numEmbeddings: number, embeddingDim: number, { paddingIdx }: EmbeddingOptions = {}) {
    super();
    this.paddingIdx = paddingIdx;
    this.weight = filled([numEmbeddings, embeddingDim], (w) => {
      init.normal(w);
      if (paddingIdx !== undefined) w.select(0, paddingIdx).zero_();
    });
  }

  forward(indices: Tensor): Tensor {
    const { paddingIdx } = this;
    return embedding(indices, this.weight.value, paddingIdx === undefined ? {} : { paddingIdx });
  }
}
