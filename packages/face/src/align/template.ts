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
 * The template for crops of this size: a multiple of 112 scales it by size/112; a multiple of 128 scales
 * it by size/128 and moves it right by 8·size/128, which leaves margins for a 112 × 112 crop within.
 *
 * @throws SemblanceError DATA_INVALID for other sizes.
 */
export function alignmentTemplate(size: number): Landmarks {
  const base = [112, 128].find((side) => size > 0 && size % side === 0);
  if (base === undefined) {
    throw new SemblanceError(
      'DATA_INVALID',
      `Expected a multiple of 112 or 128 for the crop size but received ${size}`,
    );
  }
  const ratio = size / base;
  const shift = base === 128 ? 8 * ratio : 0;
  return TEMPLATE_112.map(([x, y]) => [x * ratio + shift, y * ratio]);
}
