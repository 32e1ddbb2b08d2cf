import { SemblanceError } from '../error.ts';
import type { Point } from './types.ts';

/** x' = a·x − b·y + tx, y' = b·x + a·y + ty: scale √(a²+b²), rotation atan2(b, a), no reflection. */
export interface Similarity {
  a: number;
  b: number;
  tx: number;
  ty: number;
}

/**
 * The similarity that moves `from` onto `to` with the least Σ‖T(from) − to‖², in closed form.
 *
 * With centred points p, q as complex numbers: a + bi = Σ p̄·q / Σ|p|². In two dimensions, and without
 * reflections, this is Umeyama's solution: no decomposition is needed.
 *
 * Umeyama, "Least-squares estimation of transformation parameters between two point patterns" (1991).
 *
 * @param from, to at least two points each, [x, y], in the same order
 * @throws SemblanceError DATA_INVALID where the numbers of points differ or all of `from` are one point.
 * @example
 * ```ts
 * import { similarityTransform } from '@semblance/face';
 *
 * const { a, b, tx, ty } = similarityTransform([[0, 0], [1, 0]], [[5, 5], [5, 7]]);
 * console.log(a, b, tx, ty); // 0 2 5 5
 * ```
 */
export function similarityTransform(from: readonly Point[], to: readonly Point[]): Similarity {
  const count = from.length;
  if (count < 2 || to.length !== count) {
    throw new SemblanceError(
      'DATA_INVALID',
      `Expected two equally long lists of points but received ${count} and ${to.length}`,
    );
  }
  let [fromX, fromY, toX, toY] = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    fromX += from[i]![0] / count;
    fromY += from[i]![1] / count;
    toX += to[i]![0] / count;
    toY += to[i]![1] / count;
  }
  let [along, across, spread] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [px, py] = [from[i]![0] - fromX, from[i]![1] - fromY];
    const [qx, qy] = [to[i]![0] - toX, to[i]![1] - toY];
    along += px * qx + py * qy;
    across += px * qy - py * qx;
    spread += px * px + py * py;
  }
  if (!(spread > 1e-12))
    throw new SemblanceError('DATA_INVALID', 'the points to map are all in the same place');
  const a = along / spread;
  const b = across / spread;
  return { a, b, tx: toX - a * fromX + b * fromY, ty: toY - b * fromX - a * fromY };
}

/** The similarity that undoes this one. */
export function invertSimilarity({ a, b, tx, ty }: Similarity): Similarity {
  const square = a * a + b * b;
  const [ia, ib] = [a / square, -b / square];
  return { a: ia, b: ib, tx: -ia * tx + ib * ty, ty: -ib * tx - ia * ty };
}

/** The point moved. */
export function applySimilarity({ a, b, tx, ty }: Similarity, [x, y]: Point): Point {
  return [a * x - b * y + tx, b * x + a * y + ty];
}
