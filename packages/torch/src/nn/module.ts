import { TorchError } from '../error.ts';
import { noGrad } from '../grad-mode.ts';
import type { MemoryFormat } from '../ops.gen.ts';
import { persistent } from '../scope.ts';
import type { DType, Tensor } from '../tensor.ts';

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
 * The base of every layer and network. Sub-modules, parameters and buffers are found by their property names in
 * the order of assignment, so that keys of {@link stateDict} are PyTorch's (`layer1.0.conv.weight`).
 */
export abstract class Module {
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

  *namedParameters(): Generator<[string, Parameter]> {
    yield* this.own(Parameter);
  }

  *namedBuffers(): Generator<[string, Buffer]> {
    yield* this.own(Buffer);
  }

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
    for (const holder of [...this.parameters(), ...[...this.namedBuffers()].map(([, buffer]) => buffer)]) {
      const before = holder.value;
      const isFloat = before.dtype.startsWith('float') || before.dtype === 'bfloat16';
      const memoryFormat =
        options.memoryFormat === 'channels_last' && before.ndim !== 4 ? undefined : options.memoryFormat;
      const dtype = isFloat ? (options.dtype ?? before.dtype) : before.dtype;
      const after = persistent(() =>
        before.detach().to(options.device ?? before.device, dtype, false, true, memoryFormat ?? null),
      );
      if (before.requiresGrad) after.requiresGrad = true;
      holder.value = after;
      before.dispose();
    }
    return this;
  }

  /** Frees every parameter and buffer, and their gradients. */
  dispose(): void {
    for (const [, tensor] of this.stateDict()) tensor.dispose();
  }
}
