import { arrayOf, type DType, type TypedArray } from './dtype.ts';
import { guarded, TorchError } from './error.ts';
import { type Handle, native } from './native.ts';
import { currentScope, scope } from './scope.ts';
import { boolBytes } from './tensor-data.ts';
import type { OperatorMethods, TensorExtras } from './tensor-extras.ts';

export type { DType, TypedArray } from './dtype.ts';

// Tensors that no scope owns are freed when JavaScript forgets them: late, but not never.
const forgotten = new FinalizationRegistry<Handle>((handle) => native.free(handle));

/**
 * A libtorch tensor. Operators are methods under their PyTorch names (`x.add(y)`, `x.mul_(2)`); see `ops`.
 *
 * A tensor's memory lives outside JavaScript's heap: end it with `dispose()`, or let a {@link scope} do so.
 *
 * @example
 * ```ts
 * import { tensor } from '@semblance/torch';
 *
 * using x = tensor([[1, 2], [3, 4]]);
 * console.log(x.shape, x.dtype, x.numel); // [ 2, 2 ] float32 4
 * console.log(x.matmul(x).toArray()); // Float32Array(4) [ 7, 10, 15, 22 ]
 * ```
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
    const bytes = this.dtype === 'bool' ? boolBytes(data) : data;
    guarded(() => native.copyInto(Tensor.handleOf(this), bytes));
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

export interface Tensor extends OperatorMethods, TensorExtras {}

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
