import { SemblanceError } from '../error.ts';

/** What decoders of our own refuse with; `name` is what errors call the picture. */
export const truncated = (name: string): SemblanceError =>
  new SemblanceError('IMAGE_TRUNCATED', `${name} ends before its last pixel`);

export const unreadable = (name: string, why: string, cause?: unknown): SemblanceError =>
  new SemblanceError('IMAGE_UNREADABLE', `${name} cannot be decoded: ${why}`, { cause });

/** Before anything is allocated: holds a size that a file claims against what is accepted. */
export function checkSize(name: string, width: number, height: number, maxPixels: number): void {
  if (!(width >= 1 && height >= 1)) throw unreadable(name, `its size is ${width} × ${height}`);
  if (width * height > maxPixels) {
    const message = `${name} has more than the ${maxPixels / 1e6} million pixels accepted`;
    throw new SemblanceError('IMAGE_TOO_LARGE', message, { details: { maxPixels } });
  }
}

/** A sample laid over white. */
export const overWhite = (value: number, alpha: number): number =>
  Math.round((value * alpha + 255 * (255 - alpha)) / 255);
