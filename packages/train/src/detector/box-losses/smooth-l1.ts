import { ops, type Tensor } from '@semblance/torch';

/**
 * Smooth L1 of the offsets: Σ ½d² where |d| < 1, |d| − ½ elsewhere.
 *
 * Girshick, "Fast R-CNN" (2015); what RetinaFace is trained with.
 */
export function smoothL1(predicted: Tensor, wanted: Tensor): Tensor {
  return ops.smooth_l1_loss(predicted, wanted, 2 /* sum */, 1);
}
