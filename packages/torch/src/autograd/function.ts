import { TorchError } from '../error.ts';
import { noGrad } from '../grad-mode.ts';
import { type Handle, native } from '../native.ts';
import { scope } from '../scope.ts';
import { Tensor } from '../tensor.ts';

/** What forward leaves for backward. */
export interface FunctionContext {
  /** Keeps tensors (inputs, outputs or others) for backward: `ctx.saved` there, in this order. */
  save(...tensors: Tensor[]): void;
  /** The tensors kept by `save`; only in backward. */
  readonly saved: readonly Tensor[];
  /** Whether the gradient of each tensor input is wanted; only in backward. */
  readonly needed: readonly boolean[];
}

type Outputs = Tensor | readonly Tensor[];
type Gradients = Tensor | null | undefined | readonly (Tensor | null | undefined)[];

export interface FunctionDefinition<Args extends unknown[], Out extends Outputs> {
  /** Shown by anomaly detection and in errors. */
  name?: string;
  /** Computes the outputs; nothing in it is recorded. */
  forward(ctx: FunctionContext, ...args: Args): Out;
  /**
   * Gives d(loss)/d(argument) for each argument of forward (null for those that are no tensors or need none;
   * trailing ones may be left out), from d(loss)/d(output) for each output. Recorded when `createGraph` is asked
   * for, so made of operators it can be differentiated again.
   */
  backward(ctx: FunctionContext, ...gradients: Tensor[]): Gradients;
}

const listOf = <T>(value: T | readonly T[]): T[] => (Array.isArray(value) ? [...value] : [value as T]);

class Context implements FunctionContext {
  kept: Tensor[] = [];
  private readonly tensors: Tensor[] | undefined;
  private readonly wanted: boolean[];

  constructor(tensors?: Tensor[], wanted: boolean[] = []) {
    this.tensors = tensors;
    this.wanted = wanted;
  }

  save(...tensors: Tensor[]): void {
    this.kept = tensors;
  }

  get saved(): readonly Tensor[] {
    if (!this.tensors) throw new TorchError('TORCH_BAD_ARGUMENT', 'ctx.saved can be read in backward only');
    return this.tensors;
  }

  get needed(): readonly boolean[] {
    return this.wanted;
  }
}

/**
 * An operator whose gradient is written in TypeScript, as PyTorch's `autograd.Function`.
 *
 * Backward runs in the thread that called it, and on the CPU only. What it throws reaches the caller of backward as
 * it is. Tensors made in backward end with it; those it returns live on as gradients. Changing an input in place is
 * not supported.
 *
 * @throws TorchError TORCH_BAD_ARGUMENT where backward gives no gradient or too many
 * @example
 * ```ts
 * import { customFunction, type Tensor, tensor } from '@semblance/torch';
 *
 * const exp = customFunction({
 *   forward: (ctx, x: Tensor) => {
 *     const y = x.exp();
 *     ctx.save(y);
 *     return y;
 *   },
 *   backward: (ctx, gradient) => gradient.mul(ctx.saved[0]!),
 * });
 * const x = tensor([0, 1], { requiresGrad: true });
 * exp(x).sum().backward();
 * console.log(x.grad?.toArray()); // Float32Array(2) [ 1, 2.71828… ]
 * ```
 */
export function customFunction<Args extends unknown[], Out extends Outputs>(
  definition: FunctionDefinition<Args, Out>,
): (...args: Args) => Out {
  const name = definition.name ?? 'CustomFunction';
  return (...args) => {
    const ctx = new Context();
    const result = noGrad(() => definition.forward(ctx, ...args));
    const raw = listOf<Tensor>(result as Tensor | readonly Tensor[]);
    const places = args.flatMap((arg, i) => (arg instanceof Tensor ? [i] : []));
    const backward = (gradients: Handle[], saved: Handle[], needed: boolean[]): Handle[] => {
      using _ = scope();
      const context = new Context(saved.map(Tensor.wrap), needed);
      const given = listOf(definition.backward(context, ...gradients.map(Tensor.wrap)));
      if (given.length > args.length)
        throw new TorchError(
          'TORCH_BAD_ARGUMENT',
          `${name}: Expected at most ${args.length} gradients from backward but received ${given.length}`,
        );
      return places.map((place) => {
        const gradient = given[place];
        return gradient ? native.share(Tensor.handleOf(gradient)) : 0;
      });
    };
    const handles = native.customNode(
      places.map((place) => Tensor.handleOf(args[place] as Tensor)),
      raw.map(Tensor.handleOf),
      ctx.kept.map(Tensor.handleOf),
      backward,
      name,
    );
    const outputs = handles.map(Tensor.wrap);
    for (const tensor of raw) if (!args.includes(tensor)) tensor.dispose();
    return (Array.isArray(result) ? outputs : outputs[0]) as Out;
  };
}
