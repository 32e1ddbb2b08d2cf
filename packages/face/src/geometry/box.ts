import type { Box } from './types.ts';

/** Area of a box in square pixels; 0 for an empty or inverted one. */
export function boxArea([x1, y1, x2, y2]: Box): number {
  return Math.max(0, x2 - x1) * Math.max(0, y2 - y1);
}

/**
 * Intersection over union, |a ∩ b| / |a ∪ b|: 0 for boxes apart (or both empty) to 1 for equal ones.
 *
 * @param a, b [x1, y1, x2, y2] in the same unit
 * @example
 * ```ts
 * import { iou } from '@semblance/face';
 *
 * console.log(iou([0, 0, 2, 2], [1, 0, 3, 2])); // 0.3333333333333333
 * ```
 */
export function iou(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (boxArea(a) + boxArea(b) - shared);
}

/** The part of the box inside a picture of this size. */
export function clipBox([x1, y1, x2, y2]: Box, width: number, height: number): Box {
  const clip = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  return [clip(x1, width), clip(y1, height), clip(x2, width), clip(y2, height)];
}

/** The box grown (or shrunk) about its centre by a factor. */
export function growBox([x1, y1, x2, y2]: Box, factor: number): Box {
  const dx = ((x2 - x1) * (factor - 1)) / 2;
  const dy = ((y2 - y1) * (factor - 1)) / 2;
  return [x1 - dx, y1 - dy, x2 + dx, y2 + dy];
}
