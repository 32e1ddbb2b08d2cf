import { noGrad } from '../grad-mode.ts';
import type { Tensor } from '../tensor.ts';

/** Inputs and outputs of one element of a weight [out, in, ...kernel]. */
function fans(weight: Tensor): { fanIn: number; fanOut: number } {
  const [out = 1, inputs = 1, ...kernel] = weight.shape;
  const area = kernel.reduce((a, b) => a * b, 1);
  return { fanIn: inputs * area, fanOut: out * area };
}

/** U(−bound, bound) with bound = √(6 / ((1 + a²)·fanIn)) (He et al. 2015); a = √5 is PyTorch's default for layers. */
export function kaimingUniform(weight: Tensor, a = Math.sqrt(5)): void {
  const bound = Math.sqrt(6 / ((1 + a * a) * fans(weight).fanIn));
  noGrad(() => weight.uniform_(-bound, bound));
}

/** N(0, 2 / ((1 + a²)·fan)) (He et al. 2015). */
export function kaimingNormal(weight: Tensor, options: { a?: number; mode?: 'fanIn' | 'fanOut' } = {}): void {
  const a = options.a ?? 0;
  noGrad(() => weight.normal_(0, Math.sqrt(2 / ((1 + a * a) * fans(weight)[options.mode ?? 'fanIn']))));
}

/** U(−bound, bound) with bound = √(6 / (fanIn + fanOut)) (Glorot and Bengio 2010). */
export function xavierUniform(weight: Tensor): void {
  const { fanIn, fanOut } = fans(weight);
  const bound = Math.sqrt(6 / (fanIn + fanOut));
  noGrad(() => weight.uniform_(-bound, bound));
}

export function normal(weight: Tensor, mean = 0, std = 1): void {
  noGrad(() => weight.normal_(mean, std));
}

export function uniform(weight: Tensor, low: number, high: number): void {
  noGrad(() => weight.uniform_(low, high));
}

export function constant(weight: Tensor, value: number): void {
  noGrad(() => weight.fill_(value));
}
