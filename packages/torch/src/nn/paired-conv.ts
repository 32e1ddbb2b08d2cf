import { callOp, findOp } from '../dispatch.ts';
import type { Tensor } from '../tensor.ts';
import { type ConvShape, isSame3x3 } from './own-convs.ts';

/**
 * Whether a convolution is one of channels in pairs: 3×3, stride 1, padding 1, two channels a group. libtorch 1.13
 * computes it at a tenth of its usual speed.
 */
export function isPairedConv(shape: ConvShape): boolean {
  const { inChannels, outChannels, groups } = shape;
  const isPaired = inChannels === outChannels && inChannels === 2 * groups;
  return isPaired && inChannels % 16 === 0 && isSame3x3(shape);
}

/** conv2d(x, weight, padding 1, groups C / 2): [N, C, H, W], [C, 2, 3, 3] → [N, C, H, W]. */
export const pairedConv = (x_NCHW: Tensor, weight: Tensor): Tensor =>
  callOp(findOp('semblance::paired_conv3x3'), [x_NCHW, weight]) as Tensor;
