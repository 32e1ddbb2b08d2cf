import { overloaded } from './dispatch.ts';
import { native } from './native.ts';
import type { Ops } from './ops.gen.ts';
import { overloadTable } from './overloads.ts';
import { Tensor } from './tensor.ts';
import { installExtras } from './tensor-extras.ts';

type AnyFunction = (...args: unknown[]) => unknown;

/**
 * Every ATen operator of the libtorch in use, by its PyTorch name: `ops.add(a, b, { alpha: 2 })`. Arguments
 * come in the schema's order, keyword-only ones in a plain object at the end; all overloads share one name.
 * A JavaScript number that is whole counts as an integer, as `2` does in Python.
 *
 * Their signatures are in docs/api/torch/operators.md.
 *
 * @example
 * ```ts
 * import { ops, tensor } from '@semblance/torch';
 *
 * const [a, b] = [tensor([1, 2]), tensor([10, 20])];
 * console.log(ops.add(a, b, { alpha: 2 }).toArray()); // Float32Array(2) [ 21, 42 ]
 * console.log(a.add(b).toArray()); // Float32Array(2) [ 11, 22 ]
 * ```
 */
export const ops: Ops = Object.create(null) as Ops;

for (const [name, fullNames] of overloadTable(native.listOps())) {
  const call = overloaded(name, fullNames);
  (ops as unknown as Record<string, AnyFunction>)[name] = call;
  // Tensor's own members (item, backward, …) keep their place.
  if (name in Tensor.prototype) continue;
  Object.defineProperty(Tensor.prototype, name, {
    value(this: Tensor, ...args: unknown[]) {
      return call(this, ...args);
    },
    writable: true,
    configurable: true,
  });
}

installExtras();
