import type { Tensor } from '../tensor.ts';

/** What the operators of our own look at in a convolution. */
export interface ConvShape {
  inChannels: number;
  outChannels: number;
  kernelSize: readonly number[];
  stride: readonly number[];
  padding: readonly number[];
  dilation: readonly number[];
  groups: number;
}

const all = (values: readonly number[], value: number) => values.every((one) => one === value);

/** Whether a convolution is 3×3 of stride 1 and padding 1, undilated: the size of the map stays. */
export const isSame3x3 = ({ kernelSize, stride, padding, dilation }: ConvShape): boolean =>
  all(kernelSize, 3) && all(stride, 1) && all(padding, 1) && all(dilation, 1);

/** Float32 in main memory, channels-last: what the convolutions of our own compute on. */
export const isPlainMap = (x: Tensor): boolean =>
  x.dtype === 'float32' && x.device === 'cpu' && x.ndim === 4 && x.isContiguous('channels_last');
