import { ops } from '../ops.ts';
import type { Tensor } from '../tensor.ts';
import { type Pair, pair } from './filled.ts';
import { avg_pool2d } from './functional/conv.ts';
import { Module } from './module.ts';

/** The largest value of each window: [N, C, H, W] → [N, C, H', W']. The stride is the window's size unless told. */
export class MaxPool2d extends Module {
  readonly kernelSize: [number, number];
  readonly stride: [number, number];
  readonly padding: [number, number];

  constructor(kernelSize: Pair, options: { stride?: Pair; padding?: Pair } = {}) {
    super();
    this.kernelSize = pair(kernelSize);
    this.stride = pair(options.stride ?? kernelSize);
    this.padding = pair(options.padding ?? 0);
  }

  forward(x_NCHW: Tensor): Tensor {
    return ops.max_pool2d(x_NCHW, this.kernelSize, this.stride, this.padding);
  }
}

export interface AvgPool2dOptions {
  stride?: Pair;
  padding?: Pair;
  /** Keeps windows that reach over the edge. */
  ceilMode?: boolean;
  /** Whether padding counts as zeros in the mean (default true). */
  countIncludePad?: boolean;
}

/** The mean of each window: [N, C, H, W] → [N, C, H', W']. The stride is the window's size unless told. */
export class AvgPool2d extends Module {
  readonly kernelSize: [number, number];
  readonly options: AvgPool2dOptions;

  constructor(kernelSize: Pair, options: AvgPool2dOptions = {}) {
    super();
    this.kernelSize = pair(kernelSize);
    this.options = options;
  }

  forward(x_NCHW: Tensor): Tensor {
    return avg_pool2d(x_NCHW, this.kernelSize, this.options);
  }
}

/** Means over windows that are chosen so that the map gets the size asked for: [N, C, H, W] → [N, C, …outputSize]. */
export class AdaptiveAvgPool2d extends Module {
  readonly outputSize: [number, number];

  constructor(outputSize: Pair) {
    super();
    this.outputSize = pair(outputSize);
  }

  forward(x_NCHW: Tensor): Tensor {
    return ops.adaptive_avg_pool2d(x_NCHW, this.outputSize);
  }
}
