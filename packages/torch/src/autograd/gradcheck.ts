import { TorchError } from '../error.ts';
import { noGrad } from '../grad-mode.ts';
import { scope } from '../scope.ts';
import type { Tensor } from '../tensor.ts';
import { grad } from './grad.ts';

export interface GradcheckOptions {
  /** Step of the central differences. */
  eps?: number;
  /** |analytical − numerical| ≤ atol + rtol·|numerical| */
  atol?: number;
  rtol?: number;
}

/** The values of a tensor in an array of numbers. */
const valuesOf = (tensor: Tensor): number[] => Array.from(tensor.toArray() as Float64Array, Number);

/**
 * Holds autograd against central differences: (f(x + ε) − f(x − ε)) / 2ε by each element of each input.
 *
 * Several outputs, or one of many elements, are reduced to Σ w·y with fixed unequal weights w. Inputs are float64
 * tensors that require gradients; `fn` is deterministic. The inputs are as they were afterwards.
 *
 * @returns the largest absolute difference
 * @throws TorchError TORCH_GRADIENT_WRONG naming the first element that differs, TORCH_BAD_ARGUMENT
 * @example
 * ```ts
 * import { gradcheck, randn } from '@semblance/torch';
 *
 * const x = randn([3], { dtype: 'float64', requiresGrad: true });
 * console.log(gradcheck((x) => x.sin().sum(), [x]) < 1e-5); // true
 * ```
 */
export function gradcheck(
  fn: (...inputs: Tensor[]) => Tensor | readonly Tensor[],
  inputs: Tensor[],
  { eps = 1e-6, atol = 1e-5, rtol = 1e-3 }: GradcheckOptions = {},
): number {
  using _ = scope();
  for (const input of inputs)
    if (input.dtype !== 'float64' || !input.requiresGrad || !input.isContiguous())
      throw new TorchError(
        'TORCH_BAD_ARGUMENT',
        `gradcheck: Expected contiguous float64 inputs that require gradients but received ${input}`,
      );
  const weightOf = (i: number) => Math.cos(1 + 0.7 * i);
  // Recorded as well: `fn` may be a gradient itself.
  const evaluate = (): number => {
    using _inner = scope();
    const outputs = [fn(...inputs)].flat() as Tensor[];
    return outputs.flatMap(valuesOf).reduce((sum, value, i) => sum + weightOf(i) * value, 0);
  };

  const outputs = [fn(...inputs)].flat() as Tensor[];
  let offset = 0;
  const gradients = outputs.map((output) => {
    const weights = noGrad(() => output.detach().clone().contiguous());
    const size = output.numel;
    weights.copyFromArray(Float64Array.from({ length: size }, (_v, i) => weightOf(offset + i)));
    offset += size;
    return weights;
  });
  const analytical = grad(outputs, inputs, { gradients, allowUnused: true });
  let worst = 0;
  for (const [n, input] of inputs.entries()) {
    const values = input.toArray() as Float64Array;
    const exact = analytical[n] ? valuesOf(analytical[n]) : new Array(values.length).fill(0);
    const plain = noGrad(() => input.detach());
    for (let i = 0; i < values.length; i++) {
      const at = (value: number) => {
        plain.copyFromArray(values.with(i, value));
        return evaluate();
      };
      const numerical = (at(values[i]! + eps) - at(values[i]! - eps)) / (2 * eps);
      plain.copyFromArray(values);
      const difference = Math.abs(exact[i]! - numerical);
      // Written so that NaN fails as well.
      if (!(difference <= atol + rtol * Math.abs(numerical)))
        throw new TorchError(
          'TORCH_GRADIENT_WRONG',
          `gradcheck: Expected ${numerical} for element ${i} of input ${n} but autograd gives ${exact[i]}`,
        );
      worst = Math.max(worst, difference);
    }
  }
  return worst;
}
