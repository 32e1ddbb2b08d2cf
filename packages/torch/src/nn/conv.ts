// N batch, C channels, H × W map

import { callOp, findOp } from '../dispatch.ts';
import type { Tensor } from '../tensor.ts';
import { filled, type Pair, pair } from './filled.ts';
import { conv_transpose2d } from './functional/conv.ts';
import * as init from './init.ts';
import { Module, type Parameter } from './module.ts';
import { isPlainMap } from './own-convs.ts';
import { isPairedConv, pairedConv } from './paired-conv.ts';
import { fillsTiles, isWinogradConv, winogradConv } from './winograd-conv.ts';

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
    this.weight = filled(shape, (w) => init.kaimingUniform(w));
    const bound = 1 / Math.sqrt(shape[1]! * shape[2]! * shape[3]!);
    this.bias = bias ? filled([outChannels], (b) => init.uniform(b, -bound, bound)) : null;
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

export interface ConvTranspose2dOptions extends Conv2dOptions {
  /** Rows and columns added on one side of the result, where several input sizes would give one output size. */
  outputPadding?: Pair;
}

/**
 * The transpose of a 2-D convolution: [N, C, H, W] → [N, outChannels, H', W'] with
 * H' = (H − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1; weight [in, out / groups, kh, kw].
 */
export class ConvTranspose2d extends Module {
  weight: Parameter;
  bias: Parameter | null;
  readonly stride: [number, number];
  readonly padding: [number, number];
  readonly outputPadding: [number, number];
  readonly dilation: [number, number];
  readonly groups: number;

  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: Pair,
    options: ConvTranspose2dOptions = {},
  ) {
    super();
    const { stride = 1, padding = 0, outputPadding = 0, dilation = 1, groups = 1, bias = true } = options;
    this.stride = pair(stride);
    this.padding = pair(padding);
    this.outputPadding = pair(outputPadding);
    this.dilation = pair(dilation);
    this.groups = groups;
    const shape = [inChannels, outChannels / groups, ...pair(kernelSize)];
    this.weight = filled(shape, (w) => init.kaimingUniform(w));
    const bound = 1 / Math.sqrt(shape[1]! * shape[2]! * shape[3]!);
    this.bias = bias ? filled([outChannels], (b) => init.uniform(b, -bound, bound)) : null;
  }

  forward(x_NCHW: Tensor): Tensor {
    const { stride, padding, outputPadding, dilation, groups } = this;
    const bias = this.bias?.value ?? null;
    return conv_transpose2d(x_NCHW, this.weight.value, {
      bias,
      stride,
      padding,
      outputPadding,
      dilation,
      groups,
    });
  }
}
