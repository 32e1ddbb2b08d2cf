// N batch, C channels, H × W map

import { ops } from '../../ops.ts';
import type { Tensor } from '../../tensor.ts';
import { type Pair, pair } from '../filled.ts';

export interface ConvFunctionOptions {
  bias?: Tensor | null;
  stride?: Pair;
  /** 'same' keeps the size of the map. */
  padding?: Pair | 'same' | 'valid';
  dilation?: Pair;
  groups?: number;
}

/** 2-D convolution: [N, C, H, W], weight [out, C / groups, kh, kw] → [N, out, H', W']. */
export function conv2d(x_NCHW: Tensor, weight: Tensor, options: ConvFunctionOptions = {}): Tensor {
  const { bias = null, stride = 1, padding = 0, dilation = 1, groups = 1 } = options;
  if (typeof padding === 'string')
    return ops.conv2d(x_NCHW, weight, bias, pair(stride), padding, pair(dilation), groups);
  return ops.conv2d(x_NCHW, weight, bias, pair(stride), pair(padding), pair(dilation), groups);
}

export interface ConvTransposeFunctionOptions {
  bias?: Tensor | null;
  stride?: Pair;
  padding?: Pair;
  outputPadding?: Pair;
  dilation?: Pair;
  groups?: number;
}

/** The transpose of a 2-D convolution: [N, C, H, W], weight [C, out / groups, kh, kw] → [N, out, H', W']. */
export function conv_transpose2d(
  x_NCHW: Tensor,
  weight: Tensor,
  options: ConvTransposeFunctionOptions = {},
): Tensor {
  const { bias = null, stride = 1, padding = 0, outputPadding = 0, dilation = 1, groups = 1 } = options;
  const places = [pair(stride), pair(padding), pair(outputPadding)] as const;
  return ops.conv_transpose2d(x_NCHW, weight, bias, ...places, groups, pair(dilation));
}

/** The largest value of each window; the stride is the window's size unless told. */
export function max_pool2d(
  x_NCHW: Tensor,
  kernelSize: Pair,
  options: { stride?: Pair; padding?: Pair; dilation?: Pair; ceilMode?: boolean } = {},
): Tensor {
  const { stride = kernelSize, padding = 0, dilation = 1, ceilMode = false } = options;
  return ops.max_pool2d(x_NCHW, pair(kernelSize), pair(stride), pair(padding), pair(dilation), ceilMode);
}

/** The mean of each window; the stride is the window's size unless told. */
export function avg_pool2d(
  x_NCHW: Tensor,
  kernelSize: Pair,
  options: { stride?: Pair; padding?: Pair; ceilMode?: boolean; countIncludePad?: boolean } = {},
): Tensor {
  const { stride = kernelSize, padding = 0, ceilMode = false, countIncludePad = true } = options;
  return ops.avg_pool2d(x_NCHW, pair(kernelSize), pair(stride), pair(padding), ceilMode, countIncludePad);
}

/** Means over windows chosen so that the map gets the size asked for. */
export const adaptive_avg_pool2d = (x_NCHW: Tensor, outputSize: Pair): Tensor =>
  ops.adaptive_avg_pool2d(x_NCHW, pair(outputSize));

/** The largest values of windows chosen so that the map gets the size asked for. */
export const adaptive_max_pool2d = (x_NCHW: Tensor, outputSize: Pair): Tensor =>
  ops.adaptive_max_pool2d(x_NCHW, pair(outputSize))[0];

export interface InterpolateOptions {
  /** The result's height and width; or `scaleFactor`. */
  size?: Pair;
  scaleFactor?: Pair;
  mode?: 'nearest' | 'bilinear';
  /** Whether the corner pixels of both maps lie on each other (bilinear; default false). */
  alignCorners?: boolean;
}

/** A map in another size: [N, C, H, W] → [N, C, H', W']. */
export function interpolate(x_NCHW: Tensor, options: InterpolateOptions): Tensor {
  const { mode = 'nearest', alignCorners = false } = options;
  const size = options.size === undefined ? null : pair(options.size);
  const factors = options.scaleFactor === undefined ? null : pair(options.scaleFactor);
  if (mode === 'nearest') return ops.upsample_nearest2d(x_NCHW, size, factors);
  return ops.upsample_bilinear2d(x_NCHW, size, alignCorners, factors);
}

/**
 * Adds values on both ends of the last dimensions: `padding` is [left, right, top, bottom, …], the last dimension first.
 */
export function pad(
  x: Tensor,
  padding: readonly number[],
  options: { mode?: 'constant' | 'reflect' | 'replicate' | 'circular'; value?: number } = {},
): Tensor {
  const { mode = 'constant', value = 0 } = options;
  return ops.pad(x, padding, mode, mode === 'constant' ? value : null);
}
