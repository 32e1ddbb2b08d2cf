import { createImage, type Image } from './image.ts';
import { overWhite, truncated } from './image-fault.ts';
import { type PnmHead, pnmHead } from './pnm-head.ts';

/**
 * Decodes PBM, PGM, PPM (plain and raw) and PAM, up to 16 bits a sample; transparency is laid over white.
 *
 * @see the manual pages pbm(5), pgm(5), ppm(5), pam(5) of Netpbm
 * @throws SemblanceError IMAGE_TRUNCATED, IMAGE_TOO_LARGE, IMAGE_UNREADABLE
 */
export function decodePnm(bytes: Uint8Array, name: string, maxPixels: number): Image {
  const head = pnmHead(bytes, name, maxPixels);
  const { width, height, depth, maxValue } = head;
  if (bytes.length - head.pixelsAt < leastBytes(head)) throw truncated(name);
  const sample = head.isPlain ? plainSamples(bytes, head, name) : rawSamples(bytes, head);
  const scaled = () => {
    const value = Math.min(sample(), maxValue);
    return Math.round(((head.isBlackOne ? maxValue - value : value) * 255) / maxValue);
  };
  const image = createImage(width, height);
  for (let to = 0; to < image.data.length; to += 3) {
    const first = scaled();
    const [green, blue] = depth > 2 ? [scaled(), scaled()] : [first, first];
    const alpha = depth % 2 === 0 ? scaled() : 255;
    image.data[to] = overWhite(first, alpha);
    image.data[to + 1] = overWhite(green, alpha);
    image.data[to + 2] = overWhite(blue, alpha);
  }
  return image;
}

/** What the pixels take at least, known before anything is allocated. */
function leastBytes({ width, height, depth, maxValue, isPlain, isPacked }: PnmHead): number {
  if (isPacked) return Math.ceil(width / 8) * height;
  const samples = width * height * depth;
  // plain: a digit each, and a blank between two unless it is a bitmap
  if (isPlain) return maxValue === 1 ? samples : 2 * samples - 1;
  return samples * (maxValue > 255 ? 2 : 1);
}

function rawSamples(bytes: Uint8Array, { width, pixelsAt, maxValue, isPacked }: PnmHead): () => number {
  let at = pixelsAt;
  if (isPacked) {
    let x = 0;
    return () => {
      const bit = (bytes[at]! >> (7 - (x % 8))) & 1;
      x++;
      if (x % 8 === 0 || x === width) at++;
      if (x === width) x = 0;
      return bit;
    };
  }
  if (maxValue <= 255) return () => bytes[at++]!;
  return () => {
    const value = (bytes[at]! << 8) | bytes[at + 1]!;
    at += 2;
    return value;
  };
}

/** Decimal numbers between blanks; in a plain bitmap each digit is a sample. */
function plainSamples(bytes: Uint8Array, head: PnmHead, name: string): () => number {
  let at = head.pixelsAt;
  const isDigit = () => bytes[at]! >= 48 && bytes[at]! <= 57;
  return () => {
    while (at < bytes.length && !isDigit()) at++;
    if (at >= bytes.length) throw truncated(name);
    if (head.isBlackOne) return bytes[at++]! - 48;
    let value = 0;
    for (; at < bytes.length && isDigit(); at++) value = Math.min(value * 10 + bytes[at]! - 48, 1e6);
    return value;
  };
}
