import { boxArea } from '../geometry/box.ts';
import type { Face } from '../geometry/types.ts';

/**
 * The face an enrolment photo is of: the one with the most area − 2·(distance of its centre from the photo's
 * centre)², in pixels, so that a large or central face wins over those in the background.
 *
 * @see the alignment script of FaceNet, which prepared LFW by this rule
 */
export function chooseSubject<F extends Face>(faces: readonly F[], width: number, height: number): F | null {
  let best: F | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const face of faces) {
    const [x1, y1, x2, y2] = face.box;
    const offsetX = (x1 + x2 - width) / 2;
    const offsetY = (y1 + y2 - height) / 2;
    const score = boxArea(face.box) - 2 * (offsetX * offsetX + offsetY * offsetY);
    if (score > bestScore) [best, bestScore] = [face, score];
  }
  return best;
}
