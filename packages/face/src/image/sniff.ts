import { sniffImage } from '@semblance/core/files';
import { isTiffCutShort } from './tiff-head.ts';

export { type ImageKind, sniffImage } from '@semblance/core/files';

const ascii = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...bytes.subarray(start, end));

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
  if (kind === 'tiff') return isTiffCutShort(bytes);
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
