import { callOp, findOp } from '../dispatch.ts';
import type { Tensor } from '../tensor.ts';
import type { ConvShape } from './paired-conv.ts';

/** Tiles of 4×4 results below which transforming the filters costs more than it saves. */
const fewestTiles = 64;
const mostChannels = 4096;

/**
 * Whether a convolution is one that Winograd's algorithm computes with a quarter of the products: dense, 3×3, stride 1,
 * padding 1, channels in sixteens.
 */
export function isWinogradConv(
  inChannels: number,
  outChannels: number,
  kernelSize: readonly number[],
  { stride, padding, dilation, groups }: ConvShape,
): boolean {
  const all = (values: readonly number[], value: number) => values.every((one) => one === value);
  const fits = (channels: number) => channels % 16 === 0 && channels <= mostChannels;
  return (
    groups === 1 &&
    fits(inChannels) &&
    fits(outChannels) &&
    all(kernelSize, 3) &&
    all(stride, 1) &&
    all(padding, 1) &&
    all(dilation, 1)
  );
}

/** Float32 in main memory, channels-last, and enough of it. */
export function fitsWinogradConv(x: Tensor): boolean {
  if (x.dtype !== 'float32' || x.device !== 'cpu' || x.ndim !== 4 || !x.isContiguous('channels_last'))
    return false;
  const [n, , h, w] = x.shape as [number, number, number, number];
  return n * Math.ceil(h / 4) * Math.ceil(w / 4) >= fewestTiles;
}

/** conv2d(x, weight, padding 1): [N, C, H, W], [K, C, 3, 3] → [N, K, H, W]; see native/winograd.cc. */
export const winogradConv = (x_NCHW: Tensor, weight: Tensor): Tensor =>
  callOp(findOp('semblance::winograd_conv3x3'), [x_NCHW, weight]) as Tensor;
