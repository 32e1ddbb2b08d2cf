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
  const planes = [0, 1, 2].map((channel) => {
    const start = offset + channel * planeSize;
    const factor = 1 / input.std[channel]!;
    return { values: out.subarray(start, start + planeSize), factor, shift: input.mean[channel]! * factor };
  });
  const [red, green, blue] = (input.channels === 'RGB' ? planes : planes.reverse()) as [Plane, Plane, Plane];
  const step = mirror ? -1 : 1;
  let from = 0;
  for (let row = 0; row < height; row++) {
    const start = row * planeWidth + (mirror ? width - 1 : 0);
    writeRow(data, from, width, red, green, blue, start, step);
    from += 3 * width;
  }
}

/** Where a channel goes, as x · factor − shift. */
interface Plane {
  values: Float32Array;
  factor: number;
  shift: number;
}

/** All three channels in one pass: each byte of the picture is met once, in order. */
function writeRow(
  data: Uint8Array,
  from: number,
  width: number,
  red: Plane,
  green: Plane,
  blue: Plane,
  start: number,
  step: number,
): void {
  const [reds, greens, blues] = [red.values, green.values, blue.values];
  const [redFactor, greenFactor, blueFactor] = [red.factor, green.factor, blue.factor];
  const [redShift, greenShift, blueShift] = [red.shift, green.shift, blue.shift];
  let to = start;
  for (const end = from + 3 * width; from < end; from += 3, to += step) {
    reds[to] = data[from]! * redFactor - redShift;
    greens[to] = data[from + 1]! * greenFactor - greenShift;
    blues[to] = data[from + 2]! * blueFactor - blueShift;
  }
}
