import sharp from 'sharp';
import type { JpegHead } from './jpeg-head.ts';
import { plainTiff } from './plain-tiff.ts';

/**
 * A CMYK JPEG whose samples are ink, as a TIFF; null where they are the reverse of it, which decoders assume.
 *
 * Adobe's programs store 255 for no ink and mark the file. Without the mark a file may be either, and the picture itself
 * has to tell: black ink is left out over much of a picture, and ink laid over ink seldom reaches the most there can be.
 *
 * @see libjpeg.txt of the Independent JPEG Group, "Special color spaces"
 */
export async function inkJpegAsTiff(
  bytes: Uint8Array,
  head: JpegHead,
  maxPixels: number,
): Promise<Uint8Array | null> {
  if (head.channels !== 4 || head.hasAdobe) return null;
  const input = sharp(bytes, { failOn: 'truncated', limitInputPixels: maxPixels });
  const { orientation = 1, icc } = await input.metadata();
  const { data, info } = await input
    .pipelineColourspace('cmyk')
    .toColourspace('cmyk')
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 4 || !isReversed(data)) return null;
  for (let i = 0; i < data.length; i++) data[i] = 255 - data[i]!;
  const { width, height } = info;
  return plainTiff({ data, width, height, channels: 4, orientation, profile: icc ?? null });
}

/** Whether C, M, Y, K read as ink are more likely the reverse. Bounds are taken at 1 % and 99 % of the pixels. */
function isReversed(inks: Uint8Array): boolean {
  const numPixels = inks.length / 4;
  const every = Math.max(1, Math.floor(numPixels / 50_000));
  const black: number[] = [];
  const total: number[] = [];
  for (let i = 0; i < numPixels; i += every) {
    const [c, m, y, k] = inks.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number];
    black.push(k / 255);
    total.push((c + m + y + k) / (4 * 255));
  }
  return middle(black) + middle(total) > 1;
}

function middle(values: number[]): number {
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.round(share * (values.length - 1))]!;
  return (at(0.01) + at(0.99)) / 2;
}
