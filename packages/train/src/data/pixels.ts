import { fromArray, type Tensor } from '@semblance/torch';

/**
 * A batch of bytes as the network's input: (x − mean) / std by channel, [N, 3, S, S] in channels-last memory.
 *
 * @param pixels [N, S, S, 3], the channels in the order of mean and std
 * @param device where the result is; bytes travel, not floats
 */
export function toInput(
  pixels: Uint8Array,
  size: number,
  mean: readonly [number, number, number],
  std: number,
  device = 'cpu',
): Tensor {
  const bytes_NHWC = fromArray(pixels, [pixels.length / (size * size * 3), size, size, 3], { device });
  // The view puts channels second without moving a byte: this is what channels-last memory is.
  const x_NCHW = bytes_NHWC.permute([0, 3, 1, 2]).to('float32');
  const mean_C = fromArray(Float32Array.from(mean), [1, 3, 1, 1], { device });
  x_NCHW.sub_(mean_C);
  return std === 1 ? x_NCHW : x_NCHW.div_(std);
}
