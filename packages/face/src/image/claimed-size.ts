import sharp from 'sharp';
import { jpegHead } from './jpeg-head.ts';
import { sniffImage } from './sniff.ts';

/** The size that a picture's head claims; null where it has none that can be read. Nothing is decoded. */
export async function claimedSize(bytes: Uint8Array): Promise<{ width: number; height: number } | null> {
  const kind = sniffImage(bytes);
  if (kind === 'jpeg') return jpegHead(bytes);
  if (kind === 'png') return pngSize(bytes);
  // decoders of our own hold the size against the limits themselves
  if (kind === 'bmp' || kind === 'pnm' || kind === 'heif') return null;
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return { width, height };
  } catch {
    // decoding says what is wrong with it
    return null;
  }
}

/** PNG's first chunk, IHDR: ISO/IEC 15948, 11.2.2. */
function pngSize(bytes: Uint8Array): { width: number; height: number } | null {
  if (bytes.byteLength < 24) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
