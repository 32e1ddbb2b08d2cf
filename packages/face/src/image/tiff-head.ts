/** The first directory of a TIFF: the values of each tag of 16 or 32 bits, of bytes their place and number. TIFF 6.0. */
export type TiffTags = Map<number, number[]>;

/** Values beyond this many are not read: no tag that is asked for needs more. */
const MOST_VALUES = 65_536;

/** Reads the first directory; null where it is no TIFF of 32 bits, or ends within the directory. */
export function tiffTags(bytes: Uint8Array): TiffTags | null {
  const isLittle = bytes[0] === 0x49;
  if (bytes.length < 8 || bytes[isLittle ? 2 : 3] !== 42) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = view.getUint32(4, isLittle);
  if (at + 2 > bytes.length) return null;
  const count = view.getUint16(at, isLittle);
  if (at + 2 + 12 * count > bytes.length) return null;
  const tags: TiffTags = new Map();
  for (let entry = at + 2; entry < at + 2 + 12 * count; entry += 12) {
    const type = view.getUint16(entry + 2, isLittle);
    const length = view.getUint32(entry + 4, isLittle);
    const size = type === 3 ? 2 : 4;
    const from = length * size <= 4 ? entry + 8 : view.getUint32(entry + 8, isLittle);
    const values: number[] = type === 7 && length > 4 ? [view.getUint32(entry + 8, isLittle), length] : [];
    if (type === 3 || type === 4)
      for (let i = 0; i < Math.min(length, MOST_VALUES) && from + (i + 1) * size <= bytes.length; i++)
        values.push(
          size === 2 ? view.getUint16(from + 2 * i, isLittle) : view.getUint32(from + 4 * i, isLittle),
        );
    tags.set(view.getUint16(entry, isLittle), values);
  }
  return tags;
}

/** Whether a strip or tile of the first picture, or the tables of its JPEGs, end beyond the file: libtiff would leave it grey without a word. */
export function isTiffCutShort(bytes: Uint8Array): boolean {
  const tags = tiffTags(bytes);
  if (tags === null) return false;
  const [tablesAt = 0, tablesBytes = 0] = tags.get(347) ?? [];
  if (tablesAt + tablesBytes > bytes.length) return true;
  return [
    [273, 279],
    [324, 325],
  ].some(([offsets, counts]) => {
    const sizes = tags.get(counts!) ?? [];
    return (tags.get(offsets!) ?? []).some((offset, i) => offset + (sizes[i] ?? 0) > bytes.length);
  });
}
