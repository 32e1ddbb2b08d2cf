import { guarded } from '../error.ts';
import { native } from '../native.ts';
import { Tensor } from '../tensor.ts';

/**
 * Gradients of `outputs` by `inputs`, without touching anybody's `grad`; null where unused (with allowUnused).
 *
 * @returns a tensor of each input's shape, in order
 * @example
 * ```ts
 * import { grad, tensor } from '@semblance/torch';
 *
 * const x = tensor([1, 2, 3], { requiresGrad: true });
 * const [dx] = grad([x.pow(2).sum()], [x]);
 * console.log(dx?.toArray(), x.grad); // Float32Array(3) [ 2, 4, 6 ] null
 * ```
 */
export function grad(
  outputs: Tensor[],
  inputs: Tensor[],
  options: {
    gradients?: (Tensor | null)[];
    retainGraph?: boolean;
    createGraph?: boolean;
    allowUnused?: boolean;
  } = {},
): (Tensor | null)[] {
  const createGraph = options.createGraph ?? false;
  const handles = guarded(() =>
    native.gradOf(
      outputs.map(Tensor.handleOf),
      inputs.map(Tensor.handleOf),
      options.gradients?.map((g) => g && Tensor.handleOf(g)) ?? null,
      options.retainGraph ?? createGraph,
      createGraph,
      options.allowUnused ?? false,
    ),
  );
  return handles.map((handle) => (handle === 0 ? null : Tensor.wrap(handle)));
}
