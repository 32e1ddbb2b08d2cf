import { guarded, TorchError } from './error.ts';
import { type Handle, native } from './native.ts';
import type { TensorMethods } from './ops.gen.ts';

export type DType =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'bfloat16'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint8'
  | 'bool';

export type TypedArray =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint8Array
  | Uint16Array
  | Uint8ClampedArray;

/** The array that holds a dtype's elements; 16-bit floats come as their bits. */
const arrayOf: Record<DType, new (buffer: ArrayBuffer) => TypedArray> = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  int64: BigInt64Array,
  int32: Int32Array,
  int16: Int16Array,
  int8: Int8Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

// Tensors that no scope owns are freed when JavaScript forgets them: late, but not never.
const forgotten = new FinalizationRegistry<Handle>((handle) => native.free(handle));

/**
 * A libtorch tensor. Operators are methods under their PyTorch names (`x.add(y)`, `x.mul_(2)`); see `ops`.
 *
 * A tensor's memory lives outside JavaScript's heap: end it with `dispose()`, or let a {@link scope} do so.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the methods are installed from the operators' schemas
export class Tensor {
  /** Index into the addon's table; 0 once disposed. */
  private handle: Handle;
  private registered = false;

  /** Wraps a handle of the addon's; not for callers outside this package. */
  private constructor(handle: Handle) {
    this.handle = handle;
    if (currentScope) currentScope.add(this);
    else this.register();
  }

  /** @internal */
  static wrap(handle: Handle): Tensor {
    return new Tensor(handle);
  }

  /** @internal The live handle of a tensor. @throws TorchError TENSOR_DISPOSED */
  static handleOf(tensor: Tensor): Handle {
    if (tensor.handle === 0) throw new TorchError('TENSOR_DISPOSED', 'this tensor has been disposed');
    return tensor.handle;
  }

  /** @internal Hands the tensor to the garbage collector: no scope owns it any more. */
  register(): void {
    if (this.registered || this.handle === 0) return;
    this.registered = true;
    native.leaveToCollector(this.handle);
    forgotten.register(this, this.handle, this);
  }

  get isDisposed(): boolean {
    return this.handle === 0;
  }

  /** Sizes by dimension. */
  get shape(): number[] {
    return native.shape(Tensor.handleOf(this));
  }

  get strides(): number[] {
    return native.strides(Tensor.handleOf(this));
  }

  get ndim(): number {
    return this.shape.length;
  }

  get numel(): number {
    return native.numel(Tensor.handleOf(this));
  }

  get dtype(): DType {
    return native.dtype(Tensor.handleOf(this)) as DType;
  }

  get device(): string {
    return native.device(Tensor.handleOf(this));
  }

  get requiresGrad(): boolean {
    return native.requiresGrad(Tensor.handleOf(this));
  }

  set requiresGrad(value: boolean) {
    guarded(() => native.setRequiresGrad(Tensor.handleOf(this), value));
  }

  get isLeaf(): boolean {
    return native.isLeaf(Tensor.handleOf(this));
  }

  /** The accumulated gradient, or null. Each read gives a new object for the same memory. */
  get grad(): Tensor | null {
    const handle = native.getGrad(Tensor.handleOf(this));
    return handle === 0 ? null : Tensor.wrap(handle);
  }

  set grad(value: Tensor | null) {
    native.setGrad(Tensor.handleOf(this), value && Tensor.handleOf(value));
  }

  /** @param memoryFormat 'channels_last' asks for the NHWC order in memory. */
  isContiguous(memoryFormat: 'contiguous_format' | 'channels_last' = 'contiguous_format'): boolean {
    return native.isContiguous(Tensor.handleOf(this), memoryFormat === 'channels_last');
  }

  /**
   * The value of a tensor of one element: a number (0 or 1 for bool), or a bigint where asked for.
   *
   * @throws TorchError TORCH_BAD_ARGUMENT for an int64 beyond ±2^53 that is not asked for as a bigint
   */
  item(): number;
  item(options: { bigint: true }): bigint;
  item(options: { bigint?: boolean } = {}): number | bigint {
    const value = guarded(() => native.item(Tensor.handleOf(this)));
    if (options.bigint) return BigInt(value);
    if (typeof value === 'bigint')
      throw new TorchError(
        'TORCH_BAD_ARGUMENT',
        `item(): ${value} does not fit a number: ask for item({ bigint: true })`,
      );
    return Number(value);
  }

  /** A copy of the elements in row-major order; int64 gives a BigInt64Array, 16-bit floats their bits. */
  toArray(): TypedArray {
    const handle = Tensor.handleOf(this);
    const type = arrayOf[this.dtype];
    if (!type)
      throw new TorchError('TORCH_BAD_ARGUMENT', `a ${this.dtype} tensor has no typed array of its own`);
    return new type(native.toBytes(handle));
  }

  /**
   * The elements themselves, without a copy: array and tensor share their memory, which lives as long as either.
   *
   * @throws TorchError TORCH_BAD_ARGUMENT for a tensor that is not contiguous in main memory
   */
  shareArray(): TypedArray {
    const type = arrayOf[this.dtype];
    return guarded(() => new type(native.shareTensor(Tensor.handleOf(this))));
  }

  /** Overwrites the elements with those of a typed array of the same size in bytes. */
  copyFromArray(data: TypedArray): this {
    guarded(() => native.copyInto(Tensor.handleOf(this), data));
    return this;
  }

  /** Accumulates d(this)/d(leaf)·gradient into every leaf's `grad`; `gradient` may be left out for a scalar. */
  backward(gradient?: Tensor, options: BackwardOptions = {}): void {
    const args = backwardArguments(this, gradient, options);
    guarded(() => native.backward(...args));
  }

  /**
   * Calls `hook` with the gradient of this tensor whenever one is computed; a tensor it returns takes its place.
   * The gradient lives during the call: `persistent(() => gradient.clone())` keeps a copy.
   *
   * @returns a function that takes the hook off
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: a hook that only looks gives nothing back
  registerHook(hook: (gradient: Tensor) => Tensor | undefined | void): () => void {
    const id = guarded(() =>
      native.registerHook(Tensor.handleOf(this), (gradient) => {
        using _ = scope();
        const changed = hook(Tensor.wrap(gradient));
        return changed ? native.share(Tensor.handleOf(changed)) : 0;
      }),
    );
    return () => {
      if (!this.isDisposed) native.removeHook(this.handle, id);
    };
  }

  /** Frees the memory now; further use throws TENSOR_DISPOSED. */
  dispose(): void {
    if (this.handle === 0) return;
    if (this.registered) forgotten.unregister(this);
    native.free(this.handle);
    this.handle = 0;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  toString(): string {
    return this.isDisposed ? 'Tensor(disposed)' : `Tensor(${this.dtype}[${this.shape.join(',')}])`;
  }
}

export interface Tensor extends TensorMethods {}

export interface BackwardOptions {
  /** Keeps the graph for another backward; what `createGraph` says where left out. */
  retainGraph?: boolean;
  /** Makes gradients that have gradients themselves. */
  createGraph?: boolean;
}

/** @internal What the addon's backward functions take. @throws TorchError TENSOR_DISPOSED */
export function backwardArguments(
  tensor: Tensor,
  gradient: Tensor | undefined,
  { createGraph = false, retainGraph = createGraph }: BackwardOptions,
): [roots: Handle[], gradients: Handle[] | null, retainGraph: boolean, createGraph: boolean] {
  const gradients = gradient ? [Tensor.handleOf(gradient)] : null;
  return [[Tensor.handleOf(tensor)], gradients, retainGraph, createGraph];
}

/** Owns the tensors born while it is open; see {@link scope}. */
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

let currentScope: Scope | undefined;

/**
 * Opens a scope: every tensor born until its end is disposed with it, but those it keeps.
 *
 * Scopes are for synchronous code: an `await` inside one lets other code's tensors be born into it.
 *
 * @example
 * using s = scope();
 * const loss = model.forward(x).mean();
 * return loss.item();
 */
export function scope(): Scope {
  return (currentScope = new Scope(currentScope));
}

/** The tensor that `fn` makes, without gradient history; it outlives every scope, and what else `fn` makes dies. */
export function persistent(fn: () => Tensor): Tensor {
  const before = currentScope;
  currentScope = undefined;
  try {
    using s = scope();
    return s.keep(noGrad(fn));
  } finally {
    currentScope = before;
  }
}

/** Runs `fn` without recording for autograd. */
export function noGrad<T>(fn: () => T): T {
  const before = native.setGradEnabled(false);
  try {
    return fn();
  } finally {
    native.setGradEnabled(before);
  }
}

export function isGradEnabled(): boolean {
  return native.isGradEnabled();
}

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
