/** Kinds of picture that are decoded, told by their first bytes. */
export type ImageKind = 'jpeg' | 'png' | 'gif' | 'webp' | 'tiff' | 'heif';

const ascii = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...bytes.subarray(start, end));

/** One line for each kind: adding one is adding a line. SVG is left out: it is a program that draws. */
const signatures: [ImageKind, (bytes: Uint8Array) => boolean][] = [
  ['jpeg', (b) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff],
  ['png', (b) => ascii(b, 0, 8) === '\x89PNG\r\n\x1a\n'],
  ['gif', (b) => /^GIF8[79]a$/.test(ascii(b, 0, 6))],
  ['webp', (b) => ascii(b, 0, 4) === 'RIFF' && ascii(b, 8, 12) === 'WEBP'],
  ['tiff', (b) => ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(ascii(b, 0, 4))],
  ['heif', (b) => ascii(b, 4, 8) === 'ftyp' && /^(avif|avis|heic|heix|mif1|msf1)$/.test(ascii(b, 8, 12))],
];

/** The kind of picture these bytes begin, by content and never by name; null if they begin none. */
export function sniffImage(bytes: Uint8Array): ImageKind | null {
  return signatures.find(([, matches]) => matches(bytes))?.[0] ?? null;
}

/** Whether the bytes stop before the picture's own end mark; false where its kind has none. */
export function isCutShort(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = sniffImage(bytes);
  if (kind === 'jpeg')
    return (
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf(
        '\xff\xd9',
        undefined,
        'latin1',
      ) < 0
    );
  if (kind === 'gif') return bytes.at(-1) !== 0x3b;
  if (kind === 'webp') return bytes.length < 8 || view.getUint32(4, true) + 8 > bytes.length;
  if (kind !== 'png') return false;
  let at = 8;
  while (at + 12 <= bytes.length) {
    if (ascii(bytes, at + 4, at + 8) === 'IEND') return false;
    at += view.getUint32(at) + 12;
  }
  return true;
}
