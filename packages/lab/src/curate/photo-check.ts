import { mapAhead } from '@semblance/core/async';
import { hashBytes } from '@semblance/core/files';
import type { Progress } from '@semblance/core/progress';
import { asPhotoError, decodeImage, sniffImage } from '@semblance/face/image';

/** What is counted of photos that were decoded one by one. */
export interface PhotoCheck {
  checked: number;
  /** Kinds of picture and how many there are of each: `jpeg`, `png`, … */
  formats: Record<string, number>;
  /** `width×height` and how many have it, the most frequent first. */
  sizes: { size: string; photos: number }[];
  /** Photos of which another has the very same bytes, beyond the first of each. */
  identical: number;
  unreadable: { photo: string; code: string; message: string }[];
  bytes: number;
}

/** Photos by index, from wherever. */
export interface PhotoReader {
  label(index: number): string;
  read(index: number): Promise<Uint8Array>;
}

const AHEAD = 6;
/** Sizes that are told one by one; the others are one line. */
const MOST_SIZES = 8;

/**
 * Reads and decodes photos, and counts what they are; errors are counted too and end nothing.
 *
 * @param onSize is told the size of each that can be decoded
 */
export async function checkPhotos(
  photos: PhotoReader,
  indices: readonly number[],
  progress: Progress,
  onSize: (index: number, size: { width: number; height: number }) => void = () => {},
): Promise<PhotoCheck> {
  const check: PhotoCheck = { checked: 0, formats: {}, sizes: [], identical: 0, unreadable: [], bytes: 0 };
  const sizes = new Map<string, number>();
  const seen = new Set<string>();
  const work = async (index: number) => {
    try {
      const bytes = await photos.read(index);
      const { width, height } = await decodeImage(bytes);
      onSize(index, { width, height });
      return { index, bytes, size: `${width}×${height}`, error: null };
    } catch (error) {
      return { index, bytes: null, size: '', error: asPhotoError(error) };
    }
  };
  for await (const { index, bytes, size, error } of mapAhead(indices, work, AHEAD)) {
    progress.update(++check.checked, indices.length);
    if (error) {
      check.unreadable.push({ photo: photos.label(index), code: error.code, message: error.message });
      continue;
    }
    const kind = sniffImage(bytes) ?? 'unknown';
    check.formats[kind] = (check.formats[kind] ?? 0) + 1;
    sizes.set(size, (sizes.get(size) ?? 0) + 1);
    check.bytes += bytes.length;
    const hash = hashBytes(bytes);
    if (seen.has(hash)) check.identical++;
    seen.add(hash);
  }
  const sorted = [...sizes].sort((a, b) => b[1] - a[1]);
  check.sizes = sorted.slice(0, MOST_SIZES).map(([size, count]) => ({ size, photos: count }));
  const rest = sorted.slice(MOST_SIZES).reduce((sum, [, count]) => sum + count, 0);
  if (rest > 0) check.sizes.push({ size: `${sorted.length - MOST_SIZES} others`, photos: rest });
  return check;
}

/** So many indices of 0 … n − 1, evenly spread; all of them where there are no more. */
export function spread(n: number, most: number): number[] {
  const count = Math.min(n, most);
  return Array.from({ length: count }, (_, i) => Math.floor((i * n) / count));
}
