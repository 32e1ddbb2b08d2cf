/** Kinds of picture that are decoded, told by their first bytes; HEIF is HEVC in the container that AVIF has too. */
export type ImageKind = 'jpeg' | 'png' | 'gif' | 'webp' | 'tiff' | 'avif' | 'heif' | 'bmp' | 'ico' | 'pnm';

/** Bytes from the start that tell every kind. */
export const IMAGE_HEAD_BYTES = 64;

const ascii = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...bytes.subarray(start, end));

/** The brands of an ISO media file, the major one first (ISO/IEC 14496-12, 4.3). */
function brands(bytes: Uint8Array): string[] {
  if (ascii(bytes, 4, 8) !== 'ftyp') return [];
  const sizeBytes = (bytes[2]! << 8) | bytes[3]!;
  const end = Math.min(bytes.length, sizeBytes, IMAGE_HEAD_BYTES);
  const found = [ascii(bytes, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) found.push(ascii(bytes, at, at + 4));
  return found;
}

const isHevc = (brand: string): boolean => /^(heic|heix|heim|heis|hevc|hevx)$/.test(brand);
const isAv1 = (brand: string): boolean => /^avi[fs]$/.test(brand);
/** What says that it is a picture, and of neither codec in particular. */
const isAnyHeif = (brand: string): boolean => /^(mif1|msf1)$/.test(brand);

function isHeifOf(isCodec: (brand: string) => boolean, bytes: Uint8Array): boolean {
  const [major, ...others] = brands(bytes);
  if (major === undefined) return false;
  return isCodec(major) || (isAnyHeif(major) && others.some(isCodec));
}

/** Sizes of the header behind the 14 bytes of the file's own: OS/2, Windows 3 and its successors. */
const bmpHeaders = new Set([12, 16, 40, 52, 56, 64, 108, 124]);

function isBmp(bytes: Uint8Array): boolean {
  if (bytes.length < 18 || ascii(bytes, 0, 2) !== 'BM') return false;
  return bytes[15] === 0 && bytes[16] === 0 && bytes[17] === 0 && bmpHeaders.has(bytes[14]!);
}

/** An icon has pictures, and the first says where it is and how deep: other files that begin so say something else. */
function isIco(bytes: Uint8Array): boolean {
  if (bytes.length < 22 || ascii(bytes, 0, 4) !== '\0\0\x01\0') return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [count, bits] = [view.getUint16(4, true), view.getUint16(12, true)];
  const startsBehind = view.getUint32(18, true) >= 6 + 16 * count;
  return count > 0 && bytes[9] === 0 && [0, 1, 4, 8, 16, 24, 32].includes(bits) && startsBehind;
}

/** One line for each kind: adding one is adding a line. SVG is left out: it is a program that draws. */
const signatures: [ImageKind, (bytes: Uint8Array) => boolean][] = [
  ['jpeg', (b) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff],
  ['png', (b) => ascii(b, 0, 8) === '\x89PNG\r\n\x1a\n'],
  ['gif', (b) => /^GIF8[79]a$/.test(ascii(b, 0, 6))],
  ['webp', (b) => ascii(b, 0, 4) === 'RIFF' && ascii(b, 8, 12) === 'WEBP'],
  ['tiff', (b) => ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(ascii(b, 0, 4))],
  ['heif', (b) => isHeifOf(isHevc, b)],
  ['avif', (b) => isHeifOf(isAv1, b) || isAnyHeif(brands(b)[0] ?? '')],
  ['bmp', isBmp],
  ['ico', isIco],
  // the number or the comment that follows tells it from a text that begins with P1
  ['pnm', (b) => /^(P[1-6]\s+(#|\d+\s)|P7\s*\n(#|[A-Z]))/.test(ascii(b, 0, IMAGE_HEAD_BYTES))],
];

/** The kind of picture these bytes begin, by content and never by name; null if they begin none. */
export function sniffImage(bytes: Uint8Array): ImageKind | null {
  return signatures.find(([, matches]) => matches(bytes))?.[0] ?? null;
}
