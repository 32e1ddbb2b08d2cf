import { SemblanceError } from '../error.ts';
import type { Landmarks } from '../geometry/types.ts';

/** Where the five landmarks stand in an aligned crop of 112 × 112 (insightface's, used by ArcFace). */
export const TEMPLATE_112: Readonly<Landmarks> = [
  [38.2946, 51.6963],
  [73.5318, 51.5014],
  [56.0252, 71.7366],
  [41.5493, 92.3655],
  [70.7299, 92.2041],
];

/**
 * The template for crops of this size. A multiple of 128 that is none of 112 scales it by size/128 and moves it
 * right by 8·size/128, as insightface does, which leaves margins for a 112 × 112 crop within; every other size
 * scales it by size/112.
 *
 * @throws SemblanceError DATA_INVALID where the size is no whole number above 0.
 */
export function alignmentTemplate(size: number): Landmarks {
  if (!Number.isInteger(size) || size < 1)
    throw new SemblanceError(
      'DATA_INVALID',
      `Expected a whole number above 0 for the crop size but received ${size}`,
    );
  const hasMargins = size % 128 === 0 && size % 112 !== 0;
  const ratio = size / (hasMargins ? 128 : 112);
  const shift = hasMargins ? 8 * ratio : 0;
  return TEMPLATE_112.map(([x, y]) => [x * ratio + shift, y * ratio]);
}
