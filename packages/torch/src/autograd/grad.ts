import { guarded } from '../error.ts';
import { native } from '../native.ts';
import { Tensor } from '../tensor.ts';

/**
 * Gradients of `outputs` by `inputs`, without touching anybody's `grad`; null where unused (with allowUnused).
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
