import { decodeBmp } from './bmp.ts';
import { bmpHead } from './bmp-head.ts';
import type { Image } from './image.ts';
import { truncated, unreadable } from './image-fault.ts';
import { sniffImage } from './sniff.ts';

const ENTRY_BYTES = 16;
/** Bytes of the header that a BMP has and a picture in an icon has not. */
const FILE_HEAD_BYTES = 14;
const INFO_HEAD_BYTES = 40;
/** BI_ALPHABITFIELDS: the four masks behind the header say where each channel is. */
const ALPHA_FIELDS = 6;
const MASKS = [0xff0000, 0xff00, 0xff, 0xff000000];

/** The largest picture of an icon: a PNG as it is, or a BMP with what covers it. */
export type IconPicture = { png: Uint8Array } | { bmp: Uint8Array; covered: Uint8Array | null };

/**
 * The largest picture of an ICO, the deepest of equals.
 *
 * Microsoft, "Icons" (Win32): a directory, and for each size a PNG, or a DIB of twice its height, whose lower half is a mask
 * of one bit a pixel that says what is transparent.
 *
 * @throws SemblanceError IMAGE_TRUNCATED, IMAGE_UNREADABLE
 */
export function iconPicture(bytes: Uint8Array, name: string): IconPicture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint16(4, true);
  if (6 + count * ENTRY_BYTES > bytes.length) throw truncated(name);
  const entries = Array.from({ length: count }, (_, i) => {
    const at = 6 + i * ENTRY_BYTES;
    const [width, height] = [bytes[at] || 256, bytes[at + 1] || 256];
    const [size, offset] = [view.getUint32(at + 8, true), view.getUint32(at + 12, true)];
    return { area: width * height, bits: view.getUint16(at + 6, true), size, offset };
  });
  const { offset, size } = entries.sort((a, b) => b.area - a.area || b.bits - a.bits)[0]!;
  if (offset + size > bytes.length) throw truncated(name);
  const content = bytes.subarray(offset, offset + size);
  return sniffImage(content) === 'png' ? { png: content } : bitmapOf(content, name);
}

/** Decodes the BMP of an icon; what is covered or transparent is white. */
export function decodeIconBitmap(
  { bmp, covered }: Extract<IconPicture, { bmp: Uint8Array }>,
  name: string,
  maxPixels: number,
): Image {
  const image = decodeBmp(bmp, name, maxPixels);
  if (covered === null) return image;
  const { width, height, data } = image;
  const rowBytes = Math.ceil(width / 32) * 4;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const byte = covered[(height - 1 - y) * rowBytes + (x >> 3)] ?? 0;
      if ((byte >> (7 - (x & 7))) & 1) data.fill(255, 3 * (y * width + x), 3 * (y * width + x + 1));
    }
  return image;
}

/** A DIB as the BMP that it would be in a file of its own. */
function bitmapOf(dib: Uint8Array, name: string): IconPicture {
  if (dib.length < INFO_HEAD_BYTES) throw truncated(name);
  const view = new DataView(dib.buffer, dib.byteOffset, dib.byteLength);
  const headBytes = view.getUint32(0, true);
  const [width, height] = [view.getInt32(4, true), view.getInt32(8, true) / 2];
  const [bits, code] = [view.getUint16(14, true), view.getUint32(16, true)];
  if (headBytes !== INFO_HEAD_BYTES || code !== 0 || !(width >= 1 && height >= 1 && Number.isInteger(height)))
    throw unreadable(name, 'the icon holds no bitmap that is known');
  const colours = bits > 8 ? 0 : view.getUint32(32, true) || 1 << bits;
  const pixelsAt = headBytes + 4 * Math.min(colours, 256);
  const pixelBytes = Math.ceil((width * bits) / 32) * 4 * height;
  if (pixelsAt + pixelBytes > dib.length) throw truncated(name);
  const pixels = dib.subarray(pixelsAt, pixelsAt + pixelBytes);
  const covered = dib.subarray(pixelsAt + pixelBytes);

  const hasAlpha = bits === 32 && pixels.some((value, i) => i % 4 === 3 && value !== 0);
  const extra = hasAlpha ? 4 * MASKS.length : pixelsAt - headBytes;
  const bmp = new Uint8Array(FILE_HEAD_BYTES + INFO_HEAD_BYTES + extra + pixelBytes);
  const head = new DataView(bmp.buffer);
  bmp.set([0x42, 0x4d]);
  head.setUint32(10, bmp.length - pixelBytes, true);
  bmp.set(dib.subarray(0, hasAlpha ? INFO_HEAD_BYTES : pixelsAt), FILE_HEAD_BYTES);
  head.setInt32(22, height, true);
  if (hasAlpha) {
    head.setUint32(30, ALPHA_FIELDS, true);
    MASKS.forEach((mask, i) => void head.setUint32(54 + 4 * i, mask, true));
  }
  bmp.set(pixels, bmp.length - pixelBytes);
  return { bmp, covered: hasAlpha || covered.length === 0 ? null : covered };
}

/** Width and height of what {@link iconPicture} gives. */
export function iconSize(bytes: Uint8Array, name: string): { width: number; height: number } {
  const picture = iconPicture(bytes, name);
  if ('bmp' in picture) return bmpHead(picture.bmp, name, Number.POSITIVE_INFINITY);
  if (picture.png.length < 24) throw truncated(name);
  const view = new DataView(picture.png.buffer, picture.png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
