import type { Sharp } from 'sharp';
import sharp from 'sharp';

/** An 8-bit sRGB picture: 3 bytes a pixel (R, G, B), row by row from the top, without padding. */
export interface Image {
  data: Uint8Array;
  width: number;
  height: number;
}

/** A picture of one colour, black if none is given. */
export function createImage(width: number, height: number, rgb: [number, number, number] = [0, 0, 0]): Image {
  const data = new Uint8Array(width * height * 3);
  if (rgb[0] || rgb[1] || rgb[2]) for (let i = 0; i < data.length; i++) data[i] = rgb[i % 3]!;
  return { data, width, height };
}

/** The picture as a sharp pipeline, without copying its pixels. */
export function toSharp(image: Image): Sharp {
  return sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } });
}

/** Runs a sharp pipeline and gives its pixels as an Image, whatever the number of channels at its end. */
export async function fromSharp(pipeline: Sharp): Promise<Image> {
  const { data, info } = await pipeline.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (channels === 3) return { data: bytes, width, height };
  const rgb = new Uint8Array(width * height * 3);
  const isGrey = channels < 3;
  for (let i = 0, from = 0, to = 0; i < width * height; i++, from += channels, to += 3) {
    rgb[to] = bytes[from]!;
    rgb[to + 1] = bytes[isGrey ? from : from + 1]!;
    rgb[to + 2] = bytes[isGrey ? from : from + 2]!;
  }
  return { data: rgb, width, height };
}
