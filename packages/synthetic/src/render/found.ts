import type { Random } from '@semblance/core/random';
import type { Landmarks, Point } from '@semblance/face/geometry';

/** Whose mistakes cut a crop: independent ones of each landmark, or those measured on our own detector. */
export type CropErrors = 'independent' | 'detector';

/**
 * The five landmarks as a detector finds them.
 *
 * A detector's errors hang together: the whole face is shifted and scaled, in profile and blur more than in clear
 * frontal views, and now and then everything is far off.
 *
 * @param sigma standard deviation of a landmark's own error, as a share of the distance between the eyes
 */
export function findLandmarks(seen: Landmarks, random: Random, sigma: number, errors: CropErrors): Point[] {
  const [left, right] = seen as unknown as [Point, Point];
  const eyes = Math.max(40, Math.hypot(right[0] - left[0], right[1] - left[1]));
  if (errors === 'independent')
    return seen.map(([x, y]): Point => [x + random.normal(sigma) * eyes, y + random.normal(sigma) * eyes]);
  const far = random.chance(0.04) ? 2.5 : 1;
  const shift = [random.normal(sigma) * eyes * far, random.normal(1.3 * sigma) * eyes * far] as const;
  const grow = 1 + random.normal(1.2 * sigma) * far;
  const turn = random.normal(0.8 * sigma) * far;
  const centre = [0, 1].map((axis) => seen.reduce((sum, point) => sum + point[axis]!, 0) / seen.length);
  return seen.map(([x, y]): Point => {
    const [dx, dy] = [x - centre[0]!, y - centre[1]!];
    return [
      centre[0]! + grow * (dx - turn * dy) + shift[0] + random.normal(sigma) * eyes,
      centre[1]! + grow * (dy + turn * dx) + shift[1] + random.normal(sigma) * eyes,
    ];
  });
}
