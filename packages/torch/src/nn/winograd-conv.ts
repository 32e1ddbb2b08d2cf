import { callOp, findOp } from '../dispatch.ts';
import type { Tensor } from '../tensor.ts';
import { type ConvShape, isSame3x3 } from './own-convs.ts';

/** Tiles of 4×4 results below which transforming the filters costs more than it saves. */
const fewestTiles = 64;
const mostChannels = 4096;

/**
 * Whether a convolution is one that Winograd's algorithm computes with a quarter of the products: dense, 3×3, stride 1,
 * padding 1, channels in sixteens.
 */
export function isWinogradConv(shape: ConvShape): boolean {
  const fits = (channels: number) => channels % 16 === 0 && channels <= mostChannels;
  return shape.groups === 1 && fits(shape.inChannels) && fits(shape.outChannels) && isSame3x3(shape);
}

/** Whether a map is large enough. */
export function fillsTiles(x: Tensor): boolean {
  const [n, , h, w] = x.shape as [number, number, number, number];
  return n * Math.ceil(h / 4) * Math.ceil(w / 4) >= fewestTiles;
}

/** conv2d(x, weight, padding 1): [N, C, H, W], [K, C, 3, 3] → [N, K, H, W]; see native/winograd.cc. */
export const winogradConv = (x_NCHW: Tensor, weight: Tensor): Tensor =>
  callOp(findOp('semblance::winograd_conv3x3'), [x_NCHW, weight]) as Tensor;
