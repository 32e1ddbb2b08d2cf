import { callOp, findOp } from '../dispatch.ts';
import type { Tensor } from '../tensor.ts';

export interface ConvShape {
  stride: readonly number[];
  padding: readonly number[];
  dilation: readonly number[];
  groups: number;
}

/**
 * Whether a convolution is one of channels in pairs: 3×3, stride 1, padding 1, two channels a group. libtorch 1.13
 * computes it at a tenth of its usual speed.
 */
export function isPairedConv(
  inChannels: number,
  outChannels: number,
  kernelSize: readonly number[],
  { stride, padding, dilation, groups }: ConvShape,
): boolean {
  const all = (values: readonly number[], value: number) => values.every((one) => one === value);
  return (
    inChannels === outChannels &&
    inChannels === 2 * groups &&
    inChannels % 16 === 0 &&
    all(kernelSize, 3) &&
    all(stride, 1) &&
    all(padding, 1) &&
    all(dilation, 1)
  );
}

/** Float32 in main memory, channels-last. */
export const fitsPairedConv = (x: Tensor): boolean =>
  x.dtype === 'float32' && x.device === 'cpu' && x.ndim === 4 && x.isContiguous('channels_last');

/** conv2d(x, weight, padding 1, groups C / 2): [N, C, H, W], [C, 2, 3, 3] → [N, C, H, W]. */
export const pairedConv = (x_NCHW: Tensor, weight: Tensor): Tensor =>
  callOp(findOp('semblance::paired_conv3x3'), [x_NCHW, weight]) as Tensor;
