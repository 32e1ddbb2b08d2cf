import { noGrad } from './grad-mode.ts';
import type { Tensor } from './tensor.ts';

/**
 * Owns the tensors born while it is open; see {@link scope}.
 *
 * @example
 * ```ts
 * import { ones, Scope, scope } from '@semblance/torch';
 *
 * const outer: Scope = scope();
 * const sum = outer.keep(ones([3]).sum());
 * outer[Symbol.dispose]();
 * console.log(sum.item()); // 3
 * sum.dispose();
 * ```
 */
export class Scope {
  private readonly parent: Scope | undefined;
  private readonly tensors: Tensor[] = [];
  private readonly kept = new Set<Tensor>();

  constructor(parent: Scope | undefined) {
    this.parent = parent;
  }

  /** @internal */
  add(tensor: Tensor): void {
    this.tensors.push(tensor);
  }

  /** Lets a tensor (or all of a list) outlive this scope: it moves to the surrounding one. */
  keep<T extends Tensor | readonly Tensor[]>(value: T): T {
    for (const tensor of [value].flat() as Tensor[]) this.kept.add(tensor);
    return value;
  }

  [Symbol.dispose](): void {
    // Scopes end in the order opposite to their opening; an inner one that was forgotten ends with its outer.
    currentScope = this.parent;
    const keepsNone = this.kept.size === 0;
    for (const tensor of this.tensors) {
      if (keepsNone || !this.kept.has(tensor)) tensor.dispose();
      else if (this.parent) this.parent.add(tensor);
      else tensor.register();
    }
  }
}

/** @internal The scope that new tensors are born into. */
export let currentScope: Scope | undefined;

/**
 * Opens a scope: every tensor born until its end is disposed with it, but those it keeps.
 *
 * Scopes are for synchronous code: an `await` inside one lets other code's tensors be born into it.
 *
 * @example
 * ```ts
 * import { nn, randn, scope } from '@semblance/torch';
 *
 * const model = new nn.Linear(4, 1);
 * function lossOf(numRows: number): number {
 *   using _ = scope();
 *   return model.forward(randn([numRows, 4])).pow(2).mean().item();
 * }
 * console.log(lossOf(8) >= 0); // true
 * ```
 */
export function scope(): Scope {
  return (currentScope = new Scope(currentScope));
}

/** @internal Runs `fn` outside every scope: what it makes belongs to nobody but the scopes that it opens. */
export function unscoped<T>(fn: () => T): T {
  const before = currentScope;
  currentScope = undefined;
  try {
    return fn();
  } finally {
    currentScope = before;
  }
}

/**
 * The tensor that `fn` makes, without gradient history; it outlives every scope, and what else `fn` makes dies.
 *
 * @example
 * ```ts
 * import { persistent, scope, zeros } from '@semblance/torch';
 *
 * let total = persistent(() => zeros([]));
 * for (const value of [1, 2, 3]) {
 *   using _ = scope();
 *   const before = total;
 *   total = persistent(() => before.add(value));
 *   before.dispose();
 * }
 * console.log(total.item()); // 6
 * ```
 */
export function persistent(fn: () => Tensor): Tensor {
  return unscoped(() => {
    using s = scope();
    return s.keep(noGrad(fn));
  });
}
