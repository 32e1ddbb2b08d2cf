import { checkSize, truncated, unreadable } from './image-fault.ts';

/** What stands before the pixels of a BMP. */
export interface BmpHead {
  width: number;
  height: number;
  /** Rows begin at the top; otherwise at the bottom. */
  isTopDown: boolean;
  bits: number;
  compression: 'none' | 'rle8' | 'rle4';
  /** Red, green, blue and alpha of 16 and 32 bits; null where there are none. */
  masks: [number, number, number, number] | null;
  /** 3 bytes a colour, R, G, B. */
  palette: Uint8Array;
  pixelsAt: number;
}

/** Reads the head of a BMP: OS/2 1 and 2, Windows 3 to 5 (BITMAPINFOHEADER and its successors). */
export function bmpHead(bytes: Uint8Array, name: string, maxPixels: number): BmpHead {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headBytes = view.getUint32(14, true);
  if (14 + headBytes > bytes.length) throw truncated(name);
  const isOld = headBytes === 12;
  const width = isOld ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = isOld ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(isOld ? 24 : 28, true);
  const code = headBytes >= 40 ? view.getUint32(30, true) : 0;
  checkSize(name, width, Math.abs(height), maxPixels);
  if (![1, 2, 4, 8, 16, 24, 32].includes(bits)) throw unreadable(name, `${bits} bits a pixel`);

  const hasFields = (code === 3 || code === 6) && headBytes !== 64 && (bits === 16 || bits === 32);
  const isRle = (code === 1 && bits === 8) || (code === 2 && bits === 4);
  if (code !== 0 && !hasFields && !isRle) throw unreadable(name, `BMP compression ${code} is not supported`);

  const hasAlpha = headBytes >= 56 || code === 6;
  const maskBytes = hasFields && headBytes === 40 ? (code === 6 ? 16 : 12) : 0;
  if (54 + (hasFields ? (hasAlpha ? 16 : 12) : 0) > bytes.length && hasFields) throw truncated(name);
  const mask = (i: number) => view.getUint32(54 + 4 * i, true);
  const masks: BmpHead['masks'] = hasFields ? [mask(0), mask(1), mask(2), hasAlpha ? mask(3) : 0] : null;

  const used = headBytes >= 40 ? view.getUint32(46, true) : 0;
  const paletteAt = 14 + headBytes + maskBytes;
  const entryBytes = isOld ? 3 : 4;
  const pixelsAt = view.getUint32(10, true);
  // a palette shorter than its count ends where the pixels begin
  const room = Math.floor((Math.min(pixelsAt, bytes.length) - paletteAt) / entryBytes);
  const count = bits > 8 ? 0 : Math.max(0, Math.min(used === 0 ? 1 << bits : used, 256, room));
  const palette = new Uint8Array(3 * 256);
  for (let i = 0, from = paletteAt; i < count; i++, from += entryBytes) {
    for (let c = 0; c < 3; c++) palette[3 * i + c] = bytes[from + 2 - c]!;
  }
  return {
    ...{ width, height: Math.abs(height), isTopDown: height < 0, bits, masks, palette, pixelsAt },
    compression: code === 1 ? 'rle8' : code === 2 ? 'rle4' : 'none',
  };
}
