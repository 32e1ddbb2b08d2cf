import { type BmpHead, bmpHead } from './bmp-head.ts';
import { createImage, type Image } from './image.ts';
import { overWhite, truncated } from './image-fault.ts';

/**
 * Decodes a BMP: 1 to 32 bits, palettes, bit fields, run lengths; transparency is laid over white.
 *
 * Microsoft, "Bitmap Storage" (Windows GDI).
 *
 * @throws SemblanceError IMAGE_TRUNCATED, IMAGE_TOO_LARGE, IMAGE_UNREADABLE
 */
export function decodeBmp(bytes: Uint8Array, name: string, maxPixels: number): Image {
  const head = bmpHead(bytes, name, maxPixels);
  if (head.compression !== 'none') return paint(head, runLengths(bytes, head, name));
  const rowBytes = Math.ceil((head.width * head.bits) / 32) * 4;
  // the last row's padding is left out by some programs
  const needed = rowBytes * (head.height - 1) + Math.ceil((head.width * head.bits) / 8);
  if (head.pixelsAt + needed > bytes.length) throw truncated(name);
  const pixels = bytes.subarray(head.pixelsAt);
  if (head.bits <= 8) return paint(head, unpack(pixels, head, rowBytes));
  return trueColours(pixels, head, rowBytes);
}

/** Indices of the palette, one a byte, rows as they are stored. */
function unpack(pixels: Uint8Array, { width, height, bits }: BmpHead, rowBytes: number): Uint8Array {
  const indices = new Uint8Array(width * height);
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const byte = pixels[y * rowBytes + Math.floor(x / perByte)]!;
      indices[to] = (byte >> (8 - bits * ((x % perByte) + 1))) & mask;
    }
  }
  return indices;
}

/** Indices of the palette from runs; pixels that are skipped have the first colour. */
function runLengths(bytes: Uint8Array, { width, height, bits, pixelsAt }: BmpHead, name: string): Uint8Array {
  const indices = new Uint8Array(width * height);
  let [x, y] = [0, 0];
  const put = (index: number) => {
    if (x < width && y < height) indices[y * width + x] = index;
    x++;
  };
  const nibble = (byte: number, i: number) => (bits === 8 ? byte : i % 2 === 0 ? byte >> 4 : byte & 15);
  for (let at = pixelsAt; at + 2 <= bytes.length; ) {
    const [count, value] = [bytes[at]!, bytes[at + 1]!];
    at += 2;
    if (count > 0) for (let i = 0; i < count; i++) put(nibble(value, i));
    else if (value === 0) [x, y] = [0, y + 1];
    else if (value === 1) return indices;
    else if (value === 2) {
      if (at + 2 > bytes.length) break;
      x += bytes[at]!;
      y += bytes[at + 1]!;
      at += 2;
    } else {
      const numBytes = bits === 8 ? value : Math.ceil(value / 2);
      if (at + numBytes > bytes.length) break;
      for (let i = 0; i < value; i++) put(nibble(bytes[at + (bits === 8 ? i : i >> 1)]!, i));
      at += numBytes + (numBytes % 2);
    }
  }
  if (y >= height || (y === height - 1 && x >= width)) return indices; // all pixels, without an end mark
  throw truncated(name);
}

function paint(head: BmpHead, indices: Uint8Array): Image {
  const { width, height, isTopDown, palette } = head;
  const image = createImage(width, height);
  for (let y = 0, from = 0; y < height; y++) {
    let to = 3 * width * (isTopDown ? y : height - 1 - y);
    for (let x = 0; x < width; x++, from++, to += 3) {
      const at = 3 * indices[from]!;
      image.data[to] = palette[at]!;
      image.data[to + 1] = palette[at + 1]!;
      image.data[to + 2] = palette[at + 2]!;
    }
  }
  return image;
}

function trueColours(pixels: Uint8Array, head: BmpHead, rowBytes: number): Image {
  const { width, height, isTopDown, bits } = head;
  const image = createImage(width, height);
  const step = bits / 8;
  const fields = (head.masks ?? (bits === 16 ? [0x7c00, 0x3e0, 0x1f, 0] : [0xff0000, 0xff00, 0xff, 0])).map(
    field,
  );
  const word = (at: number) =>
    pixels[at]! |
    (pixels[at + 1]! << 8) |
    (step > 2 ? pixels[at + 2]! << 16 : 0) |
    (step > 3 ? pixels[at + 3]! << 24 : 0);
  const [red, green, blue, alpha] = fields as [Field, Field, Field, Field];
  const isOpaque = !alpha.isThere || !hasAlpha();
  for (let y = 0; y < height; y++) {
    let to = 3 * width * (isTopDown ? y : height - 1 - y);
    for (let x = 0; x < width; x++, to += 3) {
      const value = word(y * rowBytes + x * step);
      const a = isOpaque ? 255 : alpha.of(value);
      image.data[to] = overWhite(red.of(value), a);
      image.data[to + 1] = overWhite(green.of(value), a);
      image.data[to + 2] = overWhite(blue.of(value), a);
    }
  }
  return image;

  /** Some programs say that there is transparency and leave all of it zero. */
  function hasAlpha(): boolean {
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) if (alpha.of(word(y * rowBytes + x * step)) > 0) return true;
    return false;
  }
}

interface Field {
  isThere: boolean;
  /** The field's value in a pixel, 0 to 255. */
  of(pixel: number): number;
}

function field(mask: number): Field {
  if (mask === 0) return { isThere: false, of: () => 0 };
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return { isThere: true, of: (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / most) };
}
