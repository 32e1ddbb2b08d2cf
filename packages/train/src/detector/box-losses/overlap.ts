import { ops, type Tensor } from '@semblance/torch';

/** Divisors of offsets: see `matching.ts`. */
const [centreVariance, sizeVariance] = [0.1, 0.2];
/** Sizes beyond e⁴ times the anchor's come from heads without training: their exponential would overflow. */
const maxLogSize = 4;

/** Boxes by centre and size, each [P], in sides of their anchor around its centre. */
export interface UnitBoxes {
  x: Tensor;
  y: Tensor;
  width: Tensor;
  height: Tensor;
}

/** The boxes that offsets mean. Overlaps are the same in sides of the anchor as in pixels, so anchors are not needed. */
export function toBoxes(offsets_P4: Tensor): UnitBoxes {
  const column = (k: number) => offsets_P4.select(1, k);
  const size = (k: number) => column(k).mul(sizeVariance).clamp(-maxLogSize, maxLogSize).exp();
  return {
    x: column(0).mul(centreVariance),
    y: column(1).mul(centreVariance),
    width: size(2),
    height: size(3),
  };
}

export interface Overlap {
  /** Intersection over union [P]. */
  iou: Tensor;
  /** Squared distance of the centres over the squared diagonal of the smallest box around both [P]. */
  distance: Tensor;
}

export function overlap(a: UnitBoxes, b: UnitBoxes): Overlap {
  const edges = (centre: Tensor, size: Tensor) =>
    [centre.sub(size.mul(0.5)), centre.add(size.mul(0.5))] as const;
  const along = (centre: 'x' | 'y', size: 'width' | 'height') => {
    const [aLow, aHigh] = edges(a[centre], a[size]);
    const [bLow, bHigh] = edges(b[centre], b[size]);
    return {
      shared: ops.minimum(aHigh, bHigh).sub(ops.maximum(aLow, bLow)).clamp(0),
      around: ops.maximum(aHigh, bHigh).sub(ops.minimum(aLow, bLow)),
      apart: a[centre].sub(b[centre]),
    };
  };
  const across = along('x', 'width');
  const down = along('y', 'height');
  const shared = across.shared.mul(down.shared);
  const union = a.width.mul(a.height).add(b.width.mul(b.height)).sub(shared);
  const apart = across.apart.square().add(down.apart.square());
  const diagonal = across.around.square().add(down.around.square());
  return { iou: shared.div(union), distance: apart.div(diagonal) };
}
