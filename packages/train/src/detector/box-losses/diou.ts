import type { Tensor } from '@semblance/torch';
import { overlap, toBoxes } from './overlap.ts';

/**
 * Distance IoU: Σ 1 − IoU + ρ²/c², ρ the distance of the centres, c the diagonal of the smallest box around both.
 *
 * Zheng et al., "Distance-IoU Loss" (2020).
 */
export function diou(predicted: Tensor, wanted: Tensor): Tensor {
  const { iou, distance } = overlap(toBoxes(predicted), toBoxes(wanted));
  return distance.sub(iou).add(1).sum();
}
