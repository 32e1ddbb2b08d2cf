import type { Tensor } from '@semblance/torch';

/**
 * How far predicted boxes are from those they should be: a sum over P positive anchors, a scalar with gradient.
 *
 * Both are offsets [P, 4] against anchors, as the heads give them (geometry of `matching.ts`).
 */
export type BoxLoss = (predicted_P4: Tensor, wanted_P4: Tensor) => Tensor;

/** A loss of boxes under the name that recipes and manifests call it by. */
export interface BoxLossSpec {
  readonly name: string;
  readonly loss: BoxLoss;
}
