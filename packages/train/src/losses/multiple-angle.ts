import type { Tensor } from '@semblance/torch';

/** cos(mθ) as a polynomial of c = cos θ: unlike cos(m·acos c) it has a finite slope at 0 and π. */
const chebyshev: Record<number, (c: Tensor) => Tensor> = {
  1: (c) => c,
  2: (c) => c.square().mul(2).sub(1),
  3: (c) => c.square().mul(4).sub(3).mul(c),
  4: (c) => {
    const c2 = c.square();
    return c2.mul(8).sub(8).mul(c2).add(1);
  },
};

/**
 * The cosine of a multiple of the angle, made to fall from 0 to π:
 * ψ(θ) = (−1)^k·cos(mθ) − 2k for θ in [kπ/m, (k + 1)π/m].
 *
 * Liu et al., "Large-Margin Softmax Loss for Convolutional Neural Networks" (2016).
 *
 * @param cos cos θ
 * @param m 1, 2, 3 or 4
 */
export function multipleAngle(cos: Tensor, m: number): Tensor {
  const source = cos.detach();
  let k = source.mul(0);
  for (let i = 1; i < m; i++) k = k.add(source.lt(Math.cos((i * Math.PI) / m)).to(cos.dtype));
  const sign = k.remainder(2).mul(-2).add(1);
  return sign.mul(chebyshev[m]!(cos)).sub(k.mul(2));
}
