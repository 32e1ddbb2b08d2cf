import { inspect } from 'node:util';
import { arrayOf, type DType } from './dtype.ts';
import { TorchError } from './error.ts';
import { native } from './native.ts';
import { decodeElements, type Element } from './number-format.ts';
import type { MemoryFormat, TensorMethods } from './ops.gen.ts';
import { printTensor } from './print.ts';
import { Tensor } from './tensor.ts';

/** Nested lists of a tensor's elements; one value for a tensor without dimensions. */
export type TensorList<T> = T | TensorList<T>[];

/** Sizes or dimensions: one after another, or as a list. */
interface Dims {
  (...dims: number[]): Tensor;
  (dims: readonly number[]): Tensor;
}

/** Where a tensor lies. */
export type Device = 'cpu' | 'cuda' | `cuda:${number}`;

export interface ToOptions {
  dtype?: DType | null;
  device?: string | null;
  non_blocking?: boolean;
  copy?: boolean;
  memory_format?: MemoryFormat | null;
}

/** What PyTorch's tensors have beside their operators, and operators that are called otherwise in Python. */
export interface TensorExtras {
  /** The tensor with its dimensions in reverse: a matrix transposed. A view. */
  readonly T: Tensor;
  /** The tensor with its last two dimensions swapped. A view. */
  readonly mT: Tensor;
  /** All sizes, or one; negative dimensions count from the end. */
  size(): number[];
  size(dim: number): number;
  /** The number of dimensions. */
  dim(): number;
  /**
   * The elements as nested lists: numbers, or booleans for bool.
   *
   * @throws TorchError TORCH_BAD_ARGUMENT for an int64 beyond ±2^53 that is not asked for as a bigint
   */
  tolist(): TensorList<number> | TensorList<boolean>;
  tolist(options: { bigint: true }): TensorList<bigint>;

  /** The tensor in another dtype or on another device; itself where nothing changes. */
  to(dtype: DType, nonBlocking?: boolean, copy?: boolean, memoryFormat?: MemoryFormat | null): Tensor;
  to(device: Device, nonBlocking?: boolean, copy?: boolean): Tensor;
  to(
    device: string,
    dtype: DType,
    nonBlocking?: boolean,
    copy?: boolean,
    memoryFormat?: MemoryFormat | null,
  ): Tensor;
  to(like: Tensor, nonBlocking?: boolean, copy?: boolean, memoryFormat?: MemoryFormat | null): Tensor;
  to(options?: ToOptions): Tensor;
  /** In main memory. */
  cpu(): Tensor;
  /** On a GPU, the first unless told. @throws TorchError TORCH_NO_DEVICE */
  cuda(index?: number): Tensor;
  /** As float32. */
  float(): Tensor;
  /** As float64. */
  double(): Tensor;
  /** As float16. */
  half(): Tensor;
  bfloat16(): Tensor;
  /** As int64, fractions cut off. */
  long(): Tensor;
  /** As int32, fractions cut off. */
  int(): Tensor;
  /** As int16, fractions cut off. */
  short(): Tensor;
  /** As int8, fractions cut off. */
  char(): Tensor;
  /** As uint8, fractions cut off. */
  byte(): Tensor;
  /** As bool: false for 0. */
  bool(): Tensor;

  /** The elements in another shape, without a copy; −1 stands for what remains. Another dtype reads the same bytes. */
  view: Dims & ((dtype: DType) => Tensor);
  /** The elements in another shape, copied only where a view cannot do. */
  reshape: Dims;
  /** The dimensions in another order. A view. */
  permute: Dims;
  /** Dimensions of size 1 repeated without a copy; −1 keeps a size. */
  expand: Dims & ((size: readonly number[], keywords: { implicit?: boolean }) => Tensor);
  /** The tensor this often along each dimension, copied. */
  repeat: Dims;
  tile: Dims;
  /** The order of elements reversed along these dimensions. */
  flip: Dims;
}

/** The operators as methods, but for those that {@link TensorExtras} types. */
export type OperatorMethods = Omit<TensorMethods, keyof TensorExtras>;

const casts: Record<string, DType> = {
  float: 'float32',
  double: 'float64',
  half: 'float16',
  bfloat16: 'bfloat16',
  long: 'int64',
  int: 'int32',
  short: 'int16',
  char: 'int8',
  byte: 'uint8',
  bool: 'bool',
};

const VARIADIC = [
  'view',
  'reshape',
  'permute',
  'expand',
  'repeat',
  'tile',
  'flip',
  'new_zeros',
  'new_ones',
  'new_empty',
];

type AnyFunction = (this: Tensor, ...args: unknown[]) => unknown;

function nested(values: readonly unknown[], shape: readonly number[]): unknown {
  const [size, ...inner] = shape;
  if (size === undefined) return values[0];
  const step = inner.reduce((n, one) => n * one, 1);
  return Array.from({ length: size }, (_, i) => nested(values.slice(i * step, (i + 1) * step), inner));
}

function toNumber(value: Element): number | boolean {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new TorchError(
      'TORCH_BAD_ARGUMENT',
      `tolist(): ${value} does not fit a number: ask for tolist({ bigint: true })`,
    );
  return number;
}

const methods: Record<string, AnyFunction> = {
  size(dim) {
    const { shape } = this;
    if (dim === undefined) return shape;
    const size = typeof dim === 'number' ? shape.at(dim) : undefined;
    if (size !== undefined) return size;
    throw new TorchError(
      'TORCH_BAD_ARGUMENT',
      `size(): Expected a dimension of [${shape.join(', ')}] but received ${dim}`,
    );
  },
  dim() {
    return this.ndim;
  },
  tolist(options) {
    const elements = decodeElements(native.toBytes(Tensor.handleOf(this)), this.dtype);
    const wantsBig = (options as { bigint?: boolean } | undefined)?.bigint === true;
    return nested(wantsBig ? elements.map((v) => BigInt(v)) : elements.map(toNumber), this.shape);
  },
  cpu() {
    return this.to('cpu');
  },
  cuda(index) {
    return this.to(index === undefined ? 'cuda' : `cuda:${index as number}`);
  },
};

for (const [name, dtype] of Object.entries(casts))
  methods[name] = function (this: Tensor) {
    return this.to(dtype);
  };

/** A device stands alone in Python; the operator wants a dtype beside it. */
const withDevice = (operator: AnyFunction): AnyFunction =>
  function (...args) {
    const [first, second, copy] = args;
    if (typeof first !== 'string' || first in arrayOf || typeof second === 'string')
      return operator.apply(this, args);
    return operator.call(this, { device: first, non_blocking: second === true, copy: copy === true });
  };

/** `view(2, 3)` as `view([2, 3])`. */
const variadic = (operator: AnyFunction): AnyFunction =>
  function (...args) {
    if (typeof args[0] !== 'number') return operator.apply(this, args);
    const last = args.at(-1);
    return typeof last === 'object'
      ? operator.call(this, args.slice(0, -1), last)
      : operator.call(this, args);
  };

/** A number for a tensor of one element; operators of JavaScript would otherwise join texts, or give NaN. */
function toPrimitive(this: Tensor, hint: string): string | number {
  if (hint === 'string') return this.toString();
  if (hint === 'number' && !this.isDisposed && this.numel === 1) return this.item();
  throw new TorchError(
    'TORCH_BAD_ARGUMENT',
    `JavaScript's operators do not compute with tensors (${this}): use methods such as add(), mul(), lt(), or item() for its number`,
  );
}

/**
 * Puts the methods of {@link TensorExtras} beside the operators, which are there already.
 *
 * @internal
 */
export function installExtras(): void {
  const prototype = Tensor.prototype as unknown as Record<string, AnyFunction>;
  const own = {
    ...methods,
    to: withDevice(prototype.to!),
    ...Object.fromEntries(VARIADIC.map((name) => [name, variadic(prototype[name]!)])),
  };
  for (const [name, value] of Object.entries(own)) define(name, { value, writable: true });
  define('T', { get: prototype.numpy_T as AnyFunction });
  define('mT', {
    get(this: Tensor) {
      return this.transpose(-2, -1);
    },
  });
  define(Symbol.toPrimitive, { value: toPrimitive });
  define(inspect.custom, {
    value(this: Tensor, depth: number) {
      return depth < 0 ? `[${this}]` : printTensor(this);
    },
  });
}

const define = (name: string | symbol, descriptor: PropertyDescriptor) =>
  Object.defineProperty(Tensor.prototype, name, { configurable: true, ...descriptor });
