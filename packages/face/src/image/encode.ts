import { type Image, toSharp } from './image.ts';

export interface JpegOptions {
  /** 1 to 100 (90). */
  quality?: number;
}

/** The picture as a JPEG file, with full colour resolution. */
export async function encodeJpeg(image: Image, { quality = 90 }: JpegOptions = {}): Promise<Uint8Array> {
  return toSharp(image).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer();
}

/** The picture as a PNG file: every pixel as it is. */
export async function encodePng(image: Image): Promise<Uint8Array> {
  return toSharp(image).png({ compressionLevel: 6 }).toBuffer();
}
