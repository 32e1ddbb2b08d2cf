import { ops, type Tensor } from '@semblance/torch';

/**
 * sin θ from cos θ, for 0 ≤ θ ≤ π.
 *
 * √ has no finite slope at 0: where 1 − cos²θ is lost in rounding, sine and slope are 0, so that an embedding
 * that lies on its class weight gives no NaN.
 */
export function sineOf(cos: Tensor): Tensor {
  const square = cos.square().neg().add(1);
  const isLost = square.detach().le(cos.dtype === 'float64' ? 1e-15 : 1e-7);
  return square.masked_fill(isLost, 1).sqrt().masked_fill(isLost, 0);
}

/** The angle itself, 0 to π, from its cosine; its slope is finite everywhere. */
export function angleOf(cos: Tensor): Tensor {
  return ops.atan2(sineOf(cos), cos);
}

/** The values of `moved` under the slope of `cos`: d(result)/d(cos) = 1, wherever it comes from. */
export function straightThrough(cos: Tensor, moved: (cos: Tensor) => Tensor): Tensor {
  const source = cos.detach();
  return cos.add(moved(source).sub(source));
}
