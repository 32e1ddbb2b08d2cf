// N batch, D features

import { ops } from '../ops.ts';
import type { Tensor } from '../tensor.ts';
import { Module } from './module.ts';

/** Zeroes elements with probability p while training and scales the rest by 1 / (1 − p). */
export class Dropout extends Module {
  readonly p: number;

  constructor(p = 0.5) {
    super();
    this.p = p;
  }

  forward(x: Tensor): Tensor {
    return this.training && this.p > 0 ? ops.dropout(x, this.p, true) : x;
  }
}

/** Joins dimensions: [N, …] → [N, D], or those from `startDim` to `endDim`. */
export class Flatten extends Module {
  readonly startDim: number;
  readonly endDim: number;

  constructor(startDim = 1, endDim = -1) {
    super();
    this.startDim = startDim;
    this.endDim = endDim;
  }

  forward(x: Tensor): Tensor {
    return ops.flatten(x, this.startDim, this.endDim);
  }
}

export class Identity extends Module {
  forward<T>(x: T): T {
    return x;
  }
}
