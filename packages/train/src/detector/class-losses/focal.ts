import { ops, type Tensor } from '@semblance/torch';
import type { ClassInput } from './class-loss.ts';

/** Weight of faces; background has 1 − α. */
const alpha = 0.25;
/** How fast anchors that are already right lose their weight. */
const gamma = 2;

/**
 * Focal loss over all anchors but the ignored: Σ α(1−p)^γ·(−log p) of faces and (1−α)p^γ·(−log(1−p)) of background,
 * p = p(face), α = 0.25, γ = 2.
 *
 * Lin et al., "Focal Loss for Dense Object Detection" (2017).
 */
export function focal({ margin_NA, positives_P, ignored_I }: ClassInput): Tensor {
  const margin = margin_NA.view([-1]);
  const face_P = margin.index_select(0, positives_P);
  const faces = face_P.neg().sigmoid().pow(gamma).mul(ops.softplus(face_P.neg())).sum().mul(alpha);
  const all = margin.sigmoid().pow(gamma).mul(ops.softplus(margin));
  const background = all.index_fill(0, positives_P, 0).index_fill(0, ignored_I, 0).sum();
  return faces.add(background.mul(1 - alpha));
}
