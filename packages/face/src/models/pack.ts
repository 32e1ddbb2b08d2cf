import type { Image } from '../image/image.ts';
import type { InputConventions } from './manifest.ts';

/**
 * Writes a picture into one place of an NCHW batch: (x − mean) / std, channels in the network's order.
 *
 * @param planeWidth, planeHeight size of the network's input; the picture stands at its top left, and what
 * it does not cover becomes 0, the mean colour.
 * @param offset where the place begins in `out`.
 * @param mirror left and right exchanged (for pictures as wide as the input).
 */
export function packImage(
  image: Image,
  input: Pick<InputConventions, 'channels' | 'mean' | 'std'>,
  out: Float32Array,
  offset: number,
  planeWidth: number,
  planeHeight: number,
  mirror = false,
): void {
  const { data, width, height } = image;
  const planeSize = planeWidth * planeHeight;
  if (width < planeWidth || height < planeHeight) out.fill(0, offset, offset + 3 * planeSize);
  for (let channel = 0; channel < 3; channel++) {
    const plane = offset + channel * planeSize;
    const source = input.channels === 'RGB' ? channel : 2 - channel;
    const factor = 1 / input.std[channel]!;
    const shift = -input.mean[channel]! * factor;
    for (let row = 0; row < height; row++) {
      let from = 3 * row * width + source;
      let to = plane + row * planeWidth;
      const step = mirror ? -1 : 1;
      if (mirror) to += width - 1;
      for (let column = 0; column < width; column++, from += 3, to += step) {
        out[to] = data[from]! * factor + shift;
      }
    }
  }
}
