import { SemblanceError } from '../error.ts';

/** What decoders of our own refuse with; `name` is what errors call the picture. */
export const truncated = (name: string): SemblanceError =>
  new SemblanceError('IMAGE_TRUNCATED', `${name} ends before its last pixel`);

export const unreadable = (name: string, why: string, cause?: unknown): SemblanceError =>
  new SemblanceError('IMAGE_UNREADABLE', `${name} cannot be decoded: ${why}`, { cause });

/** A picture as long as this costs its decoders and networks more than its pixels tell; no camera makes it. */
const MAX_SIDE = 32_768;
/** So does one that is a narrow strip, unless it is short. */
const MAX_ASPECT = 100;
const MAX_STRIP = 4096;

/** Before anything is allocated: holds a size that a file claims against what is accepted. */
export function checkSize(name: string, width: number, height: number, maxPixels: number): void {
  if (!(width >= 1 && height >= 1)) throw unreadable(name, `its size is ${width} × ${height}`);
  const refuse = (message: string): never => {
    throw new SemblanceError('IMAGE_TOO_LARGE', `${name} ${message}`, { details: { maxPixels } });
  };
  if (width * height > maxPixels) refuse(`has more than the ${maxPixels / 1e6} million pixels accepted`);
  const longer = Math.max(width, height);
  if (longer > MAX_SIDE) {
    refuse(`is ${width} × ${height} pixels; no side of more than ${MAX_SIDE} is accepted`);
  }
  if (longer > MAX_STRIP && longer > MAX_ASPECT * Math.min(width, height)) {
    refuse(`is a strip of ${width} × ${height} pixels, longer than ${MAX_ASPECT} times its width`);
  }
}

/** A sample laid over white. */
export const overWhite = (value: number, alpha: number): number =>
  Math.round((value * alpha + 255 * (255 - alpha)) / 255);
