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
  // The 256 values a byte can have are looked up, and moved as bits: numbers are converted nowhere in the loop.
  const bits = new Int32Array(out.buffer, out.byteOffset, out.length);
  const step = mirror ? -1 : 1;
  for (let channel = 0; channel < 3; channel++) {
    const values = new Int32Array(normalized(input.mean[channel]!, input.std[channel]!).buffer);
    const plane = offset + channel * planeSize + (mirror ? width - 1 : 0);
    let from = input.channels === 'RGB' ? channel : 2 - channel;
    for (let row = 0; row < height; row++) {
      let to = plane + row * planeWidth;
      for (const end = from + 3 * width; from < end; from += 3, to += step) bits[to] = values[data[from]!]!;
    }
  }
}

/** (x − mean) / std for x = 0 … 255. */
function normalized(mean: number, std: number): Float32Array {
  const factor = 1 / std;
  return Float32Array.from({ length: 256 }, (_, x) => x * factor - mean * factor);
}
