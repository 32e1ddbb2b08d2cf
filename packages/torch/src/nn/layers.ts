// N batch, C channels, H × W map, D features

import { empty, full, ones, zeros } from '../create.ts';
import { callOp, findOp } from '../dispatch.ts';
import { ops } from '../ops.ts';
import { scope } from '../scope.ts';
import type { Tensor } from '../tensor.ts';
import * as init from './init.ts';
import { Buffer, Module, Parameter } from './module.ts';
import { isPlainMap } from './own-convs.ts';
import { isPairedConv, pairedConv } from './paired-conv.ts';
import { fillsTiles, isWinogradConv, winogradConv } from './winograd-conv.ts';

type Pair = number | [number, number];
const pair = (value: Pair): [number, number] => (typeof value === 'number' ? [value, value] : value);

/** A parameter filled in by `fill`; nothing but it survives. */
function parameter(shape: number[], fill: (tensor: Tensor) => void): Parameter {
  using _ = scope();
  const tensor = empty(shape);
  fill(tensor);
  return new Parameter(tensor);
}

export interface Conv2dOptions {
  stride?: Pair;
  padding?: Pair;
  dilation?: Pair;
  groups?: number;
  bias?: boolean;
}

/** 2-D convolution: [N, C, H, W] → [N, outChannels, H', W']; weight [out, in / groups, kh, kw]. */
export class Conv2d extends Module {
  weight: Parameter;
  bias: Parameter | null;
  readonly stride: [number, number];
  readonly padding: [number, number];
  readonly dilation: [number, number];
  readonly groups: number;
  private readonly op = findOp('aten::conv2d');
  // Operators of our own compute these while training; exports see libtorch's.
  private readonly isPaired: boolean;
  private readonly isWinograd: boolean;

  constructor(inChannels: number, outChannels: number, kernelSize: Pair, options: Conv2dOptions = {}) {
    super();
    const { stride = 1, padding = 0, dilation = 1, groups = 1, bias = true } = options;
    const pairs = { stride: pair(stride), padding: pair(padding), dilation: pair(dilation) };
    ({ stride: this.stride, padding: this.padding, dilation: this.dilation } = pairs);
    this.groups = groups;
    const shape = [outChannels, inChannels / groups, ...pair(kernelSize)];
    this.weight = parameter(shape, (w) => init.kaimingUniform(w));
    const bound = 1 / Math.sqrt(shape[1]! * shape[2]! * shape[3]!);
    this.bias = bias ? parameter([outChannels], (b) => init.uniform(b, -bound, bound)) : null;
    const whole = { inChannels, outChannels, kernelSize: shape.slice(2), ...pairs, groups };
    this.isPaired = !bias && isPairedConv(whole);
    this.isWinograd = !bias && isWinogradConv(whole);
  }

  forward(x_NCHW: Tensor): Tensor {
    if ((this.isPaired || this.isWinograd) && this.training && isPlainMap(x_NCHW)) {
      if (this.isPaired) return pairedConv(x_NCHW, this.weight.value);
      if (fillsTiles(x_NCHW)) return winogradConv(x_NCHW, this.weight.value);
    }
    const { weight, bias, stride, padding, dilation, groups } = this;
    return callOp(this.op, [
      x_NCHW,
      weight.value,
      bias?.value ?? null,
      stride,
      padding,
      dilation,
      groups,
    ]) as Tensor;
  }
}

/** y = x·Wᵀ + b: [N, inFeatures] → [N, outFeatures]. */
export class Linear extends Module {
  weight: Parameter;
  bias: Parameter | null;

  constructor(inFeatures: number, outFeatures: number, options: { bias?: boolean } = {}) {
    super();
    const bound = 1 / Math.sqrt(inFeatures);
    this.weight = parameter([outFeatures, inFeatures], (w) => init.kaimingUniform(w));
    this.bias =
      (options.bias ?? true) ? parameter([outFeatures], (b) => init.uniform(b, -bound, bound)) : null;
  }

  forward(x_ND: Tensor): Tensor {
    return ops.linear(x_ND, this.weight.value, this.bias?.value ?? null);
  }
}

export interface BatchNormOptions {
  eps?: number;
  momentum?: number;
  affine?: boolean;
}

/** y = γ·(x − mean) / √(var + eps) + β by channel (Ioffe and Szegedy 2015). */
export class BatchNorm extends Module {
  weight: Parameter | null;
  bias: Parameter | null;
  running_mean: Buffer;
  running_var: Buffer;
  num_batches_tracked: Buffer;
  readonly eps: number;
  readonly momentum: number;
  /** Takes the operator's place while training, where statistics go beyond this process's batch. */
  synchronise: ((norm: BatchNorm, x: Tensor) => Tensor) | null = null;
  private readonly op = findOp('aten::batch_norm');

  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super();
    using _ = scope();
    this.eps = options.eps ?? 1e-5;
    this.momentum = options.momentum ?? 0.1;
    const affine = options.affine ?? true;
    this.weight = affine ? new Parameter(ones([numFeatures])) : null;
    this.bias = affine ? new Parameter(zeros([numFeatures])) : null;
    this.running_mean = new Buffer(zeros([numFeatures]));
    this.running_var = new Buffer(ones([numFeatures]));
    this.num_batches_tracked = new Buffer(zeros([], { dtype: 'int64' }));
  }

  forward(x: Tensor): Tensor {
    if (this.training) this.num_batches_tracked.value.add_(1);
    if (this.training && this.synchronise) return this.synchronise(this, x);
    return callOp(this.op, [
      x,
      this.weight?.value ?? null,
      this.bias?.value ?? null,
      this.running_mean.value,
      this.running_var.value,
      this.training,
      this.momentum,
      this.eps,
      true,
    ]) as Tensor;
  }
}

/** Batch norm of [N, C, H, W] by channel. */
export class BatchNorm2d extends BatchNorm {}

/** Batch norm of [N, D] by feature. */
export class BatchNorm1d extends BatchNorm {}

/** max(x, 0) + a·min(x, 0) with a learned slope for each channel (He et al. 2015). */
export class PReLU extends Module {
  weight: Parameter;

  constructor(numParameters = 1, initial = 0.25) {
    super();
    using _ = scope();
    this.weight = new Parameter(full([numParameters], initial));
  }

  forward(x: Tensor): Tensor {
    return ops.prelu(x, this.weight.value);
  }
}

export class ReLU extends Module {
  forward(x: Tensor): Tensor {
    return ops.relu(x);
  }
}

/** max(x, 0) + slope·min(x, 0). */
export class LeakyReLU extends Module {
  readonly negativeSlope: number;

  constructor(negativeSlope = 0.01) {
    super();
    this.negativeSlope = negativeSlope;
  }

  forward(x: Tensor): Tensor {
    return ops.leaky_relu(x, this.negativeSlope);
  }
}

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

/** [N, …] → [N, D]. */
export class Flatten extends Module {
  forward(x: Tensor): Tensor {
    return ops.flatten(x, 1);
  }
}

export class Identity extends Module {
  forward<T>(x: T): T {
    return x;
  }
}
