import { noGrad, type Tensor } from '@semblance/torch';
import { overlap, toBoxes, type UnitBoxes } from './overlap.ts';

/**
 * Complete IoU: Σ 1 − IoU + ρ²/c² + αv, with v = (4/π²)·(arctan(w′/h′) − arctan(w/h))² and α = v / (1 − IoU + v).
 *
 * No gradient goes through α, as the paper has it.
 *
 * Zheng et al., "Distance-IoU Loss" (2020).
 */
export function ciou(predicted: Tensor, wanted: Tensor): Tensor {
  const [a, b] = [toBoxes(predicted), toBoxes(wanted)];
  const { iou, distance } = overlap(a, b);
  const slant = ({ width, height }: UnitBoxes) => width.div(height).atan();
  const v = slant(b)
    .sub(slant(a))
    .square()
    .mul(4 / Math.PI ** 2);
  // Where the boxes are one, v and 1 − IoU are 0 both.
  const alpha = noGrad(() => v.div(v.sub(iou).add(1).clamp(1e-9)));
  return distance.sub(iou).add(1).add(v.mul(alpha)).sum();
}
