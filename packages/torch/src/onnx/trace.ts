import { type Op, withInterceptor } from '../dispatch.ts';
import { TorchError } from '../error.ts';
import { noGrad } from '../grad-mode.ts';
import type { Module } from '../nn/index.ts';
import { scope } from '../scope.ts';
import { type DType, Tensor } from '../tensor.ts';

/** Where a value of a trace comes from. */
export type Origin =
  | { kind: 'input'; index: number }
  | { kind: 'call'; opName: string; output: number }
  | { kind: 'state'; name: string; tensor: Tensor }
  | { kind: 'constant'; bytes: Uint8Array };

/** A tensor as the trace saw it. */
export class TracedValue {
  readonly id: number;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly origin: Origin;
  /** Its shape in the second trace, whose inputs have other sizes where they are open. */
  probeShape: readonly number[] = [];

  constructor(id: number, tensor: Tensor, origin: Origin) {
    this.id = id;
    this.dtype = tensor.dtype;
    this.shape = tensor.shape;
    this.origin = origin;
  }
}

/** One operator call that depends on the inputs; tensors among the arguments are TracedValues. */
export interface TracedCall {
  /** As the dispatcher calls it, e.g. `aten::add_.Tensor`. */
  opName: string;
  /** Base name without the underscore of in-place variants, e.g. `add`. */
  name: string;
  args: unknown[];
  outputs: TracedValue[];
  /** Path of the module that made the call. */
  where: string;
}

export interface Trace {
  inputs: TracedValue[];
  calls: TracedCall[];
  outputs: { name: string | null; value: TracedValue }[];
}

/** Operators whose result may be a view of their first argument. */
const VIEW_OPS = new Set(
  (
    'view reshape view_as reshape_as flatten unflatten permute transpose t numpy_T movedim slice select narrow squeeze ' +
    'unsqueeze expand expand_as chunk split split_with_sizes unbind contiguous detach alias to dropout'
  ).split(' '),
);

/**
 * Runs a module once and writes down every operator call that depends on the inputs. What does not depend on them
 * (parameters, buffers, and what is computed from them or from nothing) is taken as constant.
 *
 * The module runs as it stands: put it in eval mode first.
 *
 * @throws TorchError EXPORT_UNSUPPORTED_OP where a tensor is read after a view of it was changed in place
 */
export function traceModule(module: Module, inputs: readonly Tensor[]): Trace {
  const tracer = new Tracer(module, inputs);
  using _ = scope();
  return tracer.run();
}

class Tracer {
  readonly #module: Module;
  readonly #inputs: readonly Tensor[];
  readonly #state: Map<Tensor, string>;
  readonly #values = new Map<Tensor, TracedValue>();
  readonly #dependent = new Set<TracedValue>();
  /** Tensors that may share memory, by tensor. */
  readonly #aliases = new Map<Tensor, Set<Tensor>>();
  readonly #stale = new Set<Tensor>();
  readonly #path: string[] = [];
  readonly #calls: TracedCall[] = [];
  #pending: Map<Tensor, TracedValue> | undefined;
  #count = 0;

  constructor(module: Module, inputs: readonly Tensor[]) {
    this.#module = module;
    this.#inputs = inputs;
    this.#state = new Map([...module.stateDict()].map(([name, tensor]) => [tensor, name]));
  }

  run(): Trace {
    const inputs = this.#inputs.map((tensor, index) => this.#bind(tensor, { kind: 'input', index }));
    for (const value of inputs) this.#dependent.add(value);
    const restore = this.#followModules();
    let result: unknown;
    try {
      const interceptor = {
        before: (op: Op, args: unknown[]) => this.#before(op, args),
        after: (opName: string, args: unknown[], outputs: Tensor[], op: Op) =>
          this.#after(opName, args, outputs, op),
      };
      result = noGrad(() => withInterceptor(interceptor, () => this.#module.forward(...this.#inputs)));
    } finally {
      restore();
    }
    const outputs = flattenOutputs(result).map(({ name, tensor }) => ({
      name,
      value: this.#resolve(tensor, 'the output'),
    }));
    return { inputs, calls: this.#calls, outputs };
  }

  /** Keeps the path of the module that is running, so that calls can say where they come from. */
  #followModules(): () => void {
    const undo: (() => void)[] = [];
    for (const [path, module] of this.#module.namedModules()) {
      const { forward } = module;
      const own = Object.getOwnPropertyDescriptor(module, 'forward');
      const followed = (...args: unknown[]) => {
        this.#path.push(path);
        try {
          return forward.apply(module, args);
        } finally {
          this.#path.pop();
        }
      };
      Object.defineProperty(module, 'forward', { value: followed, configurable: true });
      undo.unshift(() => {
        Reflect.deleteProperty(module, 'forward');
        if (own) Object.defineProperty(module, 'forward', own);
      });
    }
    return () => {
      for (const step of undo) step();
    };
  }

  #bind(tensor: Tensor, origin: Origin): TracedValue {
    const value = new TracedValue(this.#count++, tensor, origin);
    this.#values.set(tensor, value);
    return value;
  }

  /** The value of a tensor; one that is not known yet is a constant and is copied now, while it lives. */
  #resolve(tensor: Tensor, reader: string): TracedValue {
    if (this.#stale.has(tensor)) {
      const where = this.#path.at(-1) ?? '';
      throw new TorchError(
        'EXPORT_UNSUPPORTED_OP',
        `${reader} in ${where || 'the module'} reads a tensor after a view of it was changed in place; use the out-of-place operator`,
      );
    }
    const known = this.#values.get(tensor);
    if (known) return known;
    const name = this.#state.get(tensor);
    if (name !== undefined) return this.#bind(tensor, { kind: 'state', name, tensor });
    const { buffer, byteOffset, byteLength } = tensor.toArray();
    return this.#bind(tensor, {
      kind: 'constant',
      bytes: new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength),
    });
  }

  // Arguments are looked at before the call: an in-place one changes them.
  #before(op: Op, args: unknown[]): void {
    const tensors = args.flat().filter((arg) => arg instanceof Tensor);
    const isDependent = tensors.some((tensor) => {
      const value = this.#values.get(tensor);
      return this.#stale.has(tensor) || (value !== undefined && this.#dependent.has(value));
    });
    this.#pending = isDependent
      ? new Map(tensors.map((tensor) => [tensor, this.#resolve(tensor, op.name)]))
      : undefined;
  }

  #after(opName: string, args: unknown[], outputs: Tensor[], op: Op): void {
    const name = baseName(opName);
    for (const tensor of outputs) {
      if (args.includes(tensor)) this.#changeInPlace(tensor);
      else if (VIEW_OPS.has(name) && args[0] instanceof Tensor) this.#alias(args[0], tensor);
    }
    const pending = this.#pending;
    if (!pending) return;
    const convert = (arg: unknown): unknown => {
      if (arg instanceof Tensor) return pending.get(arg);
      return Array.isArray(arg) ? arg.map(convert) : arg;
    };
    const traced = outputs.map((tensor, output) => this.#bind(tensor, { kind: 'call', opName, output }));
    for (const value of traced) this.#dependent.add(value);
    const isInPlace = op.returns.some((r) => r.aliasOf >= 0);
    const call = { opName, name: isInPlace ? name.replace(/_$/, '') : name, outputs: traced };
    this.#calls.push({ ...call, args: args.map(convert), where: this.#path.at(-1) ?? '' });
  }

  #alias(base: Tensor, view: Tensor): void {
    const group = this.#aliases.get(base) ?? new Set([base]);
    group.add(view);
    this.#aliases.set(base, group);
    this.#aliases.set(view, group);
  }

  #changeInPlace(tensor: Tensor): void {
    this.#values.delete(tensor); // a constant that was changed is copied anew when it is read
    this.#state.delete(tensor);
    for (const other of this.#aliases.get(tensor) ?? []) if (other !== tensor) this.#stale.add(other);
  }
}

/** `aten::conv2d.padding` → `conv2d`. */
const baseName = (opName: string): string => opName.replace(/^\w+::/, '').replace(/\..*$/, '');

/** The tensors of what a forward returned: one, a list, or an object or Map of named ones. */
export function flattenOutputs(
  result: unknown,
  name: string | null = null,
): { name: string | null; tensor: Tensor }[] {
  if (result instanceof Tensor) return [{ name, tensor: result }];
  if (Array.isArray(result)) return result.flatMap((item) => flattenOutputs(item, null));
  if (typeof result === 'object' && result !== null) {
    const entries = result instanceof Map ? [...result] : Object.entries(result);
    return entries.flatMap(([key, item]) => flattenOutputs(item, String(key)));
  }
  throw new TorchError('EXPORT_INVALID', `Expected tensors from forward() but received ${typeof result}`);
}
