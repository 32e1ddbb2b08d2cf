import { inspect } from 'node:util';
import { TorchError } from '../error.ts';
import { noGrad } from '../grad-mode.ts';
import type { MemoryFormat } from '../ops.gen.ts';
import { persistent } from '../scope.ts';
import type { DType, Tensor } from '../tensor.ts';
import { Callable } from './callable.ts';

/** A tensor that an optimizer moves; it belongs to its module and to no scope. */
export class Parameter {
  value: Tensor;

  constructor(value: Tensor, requiresGrad = true) {
    this.value = owned(value, requiresGrad);
  }
}

/** State that is saved and moved with a module but has no gradient. */
export class Buffer {
  value: Tensor;

  constructor(value: Tensor) {
    this.value = owned(value, false);
  }
}

/** A leaf of its own memory that outlives every scope; the given tensor is left to its owner. */
function owned(value: Tensor, requiresGrad: boolean): Tensor {
  const copy = persistent(() => value.detach().clone());
  if (requiresGrad) copy.requiresGrad = true;
  return copy;
}

export interface MoveOptions {
  dtype?: DType;
  device?: string;
  memoryFormat?: MemoryFormat;
}

/**
 * The base of every layer and network: `model(x)` is `model.forward(x)`, with its types.
 *
 * Sub-modules, parameters and buffers are found by their property names in the order of assignment, so that keys of
 * {@link stateDict} are PyTorch's (`layer1.0.conv.weight`).
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: Callable makes it so
export abstract class Module extends Callable {
  training = true;

  // biome-ignore lint/suspicious/noExplicitAny: each module has inputs of its own
  abstract forward(...inputs: any[]): any;

  /** Direct sub-modules by property name; a module that holds them elsewhere says so by overriding. */
  namedChildren(): [string, Module][] {
    return Object.entries(this).filter((entry): entry is [string, Module] => entry[1] instanceof Module);
  }

  *namedModules(prefix = ''): Generator<[string, Module]> {
    yield [prefix, this];
    for (const [name, child] of this.namedChildren())
      yield* child.namedModules(prefix ? `${prefix}.${name}` : name);
  }

  private *own<T>(type: new (...args: never[]) => T): Generator<[string, T]> {
    for (const [path, module] of this.namedModules())
      for (const [name, value] of Object.entries(module))
        if (value instanceof type) yield [path ? `${path}.${name}` : name, value];
  }

  /** What holds a tensor, by name; a tensor that several names share comes once, under its first. */
  private *distinct<T extends Parameter | Buffer>(type: new (...args: never[]) => T): Generator<[string, T]> {
    const seen = new Set<Tensor>();
    for (const [name, holder] of this.own(type)) {
      if (seen.has(holder.value)) continue;
      seen.add(holder.value);
      yield [name, holder];
    }
  }

  /** Parameters by name; tied ones (one parameter in two places) once, under the first name, as in PyTorch. */
  *namedParameters(): Generator<[string, Parameter]> {
    yield* this.distinct(Parameter);
  }

  /** Buffers by name, shared ones once. */
  *namedBuffers(): Generator<[string, Buffer]> {
    yield* this.distinct(Buffer);
  }

  /** What an optimizer moves: every parameter here and below, tied ones once. */
  parameters(): Parameter[] {
    return [...this.namedParameters()].map(([, parameter]) => parameter);
  }

  /** Elements of all parameters. */
  numParameters(): number {
    return this.parameters().reduce((sum, parameter) => sum + parameter.value.numel, 0);
  }

  /** Switches dropout and batch statistics on, here and below. */
  train(mode = true): this {
    for (const [, module] of this.namedModules()) module.training = mode;
    return this;
  }

  eval(): this {
    return this.train(false);
  }

  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.value.grad = null;
  }

  /** Parameters and buffers by name: the live tensors, in PyTorch's order, not copies. */
  stateDict(): Map<string, Tensor> {
    const state = new Map<string, Tensor>();
    for (const [path, module] of this.namedModules())
      for (const type of [Parameter, Buffer])
        for (const [name, value] of Object.entries(module))
          if (value instanceof type) state.set(path ? `${path}.${name}` : name, value.value);
    return state;
  }

  /**
   * Copies tensors into the parameters and buffers of the same names.
   *
   * @param options.strict false lets names be missing on either side; shapes must agree all the same
   * @returns the names that had no counterpart
   * @throws TorchError MODULE_STATE_MISMATCH naming what is missing, left over or of another shape
   */
  loadStateDict(
    state: ReadonlyMap<string, Tensor>,
    options: { strict?: boolean } = {},
  ): { missing: string[]; unexpected: string[] } {
    const own = this.stateDict();
    // Published files often leave out the counters of batch norm, which nothing here computes with.
    const missing = [...own.keys()].filter(
      (name) => !state.has(name) && !name.endsWith('num_batches_tracked'),
    );
    const unexpected = [...state.keys()].filter((name) => !own.has(name));
    const shapes = [...own].flatMap(([name, tensor]) => {
      const given = state.get(name);
      return given && String(given.shape) !== String(tensor.shape)
        ? [`${name}: [${tensor.shape}] expected, [${given.shape}] given`]
        : [];
    });
    const strict = options.strict ?? true;
    if (shapes.length > 0 || (strict && (missing.length > 0 || unexpected.length > 0))) {
      const list = (title: string, names: string[]) =>
        names.length === 0
          ? []
          : [
              `${title} ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`,
            ];
      const parts = [
        ...list('missing', strict ? missing : []),
        ...list('unexpected', strict ? unexpected : []),
        ...list('of another shape', shapes),
      ];
      throw new TorchError('MODULE_STATE_MISMATCH', `The state does not fit the module: ${parts.join('; ')}`);
    }
    noGrad(() => {
      for (const [name, tensor] of own) {
        const given = state.get(name);
        if (given) tensor.copy_(given);
      }
    });
    return { missing, unexpected };
  }

  /** Moves parameters and buffers to a dtype, device or memory format, in place. */
  to(options: MoveOptions): this {
    const moved = new Map<Tensor, Tensor>();
    const after = new Set<Tensor>();
    for (const type of [Parameter, Buffer])
      for (const [, holder] of this.own<Parameter | Buffer>(type)) {
        const before = holder.value;
        // A holder that stands in two places comes twice, and has what it had to become.
        if (after.has(before)) continue;
        const value = moved.get(before) ?? movedTensor(before, options);
        moved.set(before, value);
        after.add(value);
        holder.value = value;
        before.dispose();
      }
    return this;
  }

  /** What `console.log(model)` shows: the layers as a tree, with the shapes of their tensors. */
  [inspect.custom](): string {
    return describeModule(this);
  }

  /** Frees every parameter and buffer, and their gradients. */
  dispose(): void {
    for (const [, tensor] of this.stateDict()) tensor.dispose();
  }
}

export interface Module {
  // biome-ignore lint/style/useShorthandFunctionType: it is merged with the class
  (...inputs: Parameters<this['forward']>): ReturnType<this['forward']>;
}

function movedTensor(before: Tensor, options: MoveOptions): Tensor {
  const isFloat = before.dtype.startsWith('float') || before.dtype === 'bfloat16';
  const memoryFormat =
    options.memoryFormat === 'channels_last' && before.ndim !== 4 ? undefined : options.memoryFormat;
  const dtype = isFloat ? (options.dtype ?? before.dtype) : before.dtype;
  const after = persistent(() =>
    before.detach().to(options.device ?? before.device, dtype, false, true, memoryFormat ?? null),
  );
  if (before.requiresGrad) after.requiresGrad = true;
  return after;
}

function describeModule(module: Module): string {
  const tensors = Object.entries(module).flatMap(([name, holder]) =>
    holder instanceof Parameter || holder instanceof Buffer
      ? [`${name} [${holder.value.isDisposed ? 'disposed' : holder.value.shape.join(', ')}]`]
      : [],
  );
  const children = module
    .namedChildren()
    .map(([name, child]) => `  ${name}: ${describeModule(child).replaceAll('\n', '\n  ')}\n`);
  const inside = tensors.join(', ') + (children.length > 0 ? `\n${children.join('')}` : '');
  return `${module.constructor.name}(${inside})`;
}
