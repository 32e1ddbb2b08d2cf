import { markAsUntransferable } from 'node:worker_threads';
import { callOp, findOp } from './dispatch.ts';
import { guarded, TorchError } from './error.ts';
import { native } from './native.ts';
import { type DType, Tensor, type TypedArray } from './tensor.ts';

export interface TensorOptions {
  dtype?: DType;
  device?: string;
  requiresGrad?: boolean;
}

type Nested<T> = T | readonly Nested<T>[];

const dtypeOfArray = new Map<unknown, DType>([
  [Float32Array, 'float32'],
  [Float64Array, 'float64'],
  [BigInt64Array, 'int64'],
  [Int32Array, 'int32'],
  [Int16Array, 'int16'],
  [Int8Array, 'int8'],
  [Uint8Array, 'uint8'],
  [Uint8ClampedArray, 'uint8'],
]);

function finish(tensor: Tensor, options: TensorOptions): Tensor {
  if (options.requiresGrad) tensor.requiresGrad = true;
  return tensor;
}

/**
 * A tensor with a copy of a typed array's elements; its dtype follows the array unless `dtype` names another of
 * the same width (a Uint8Array as 'bool', a Uint16Array as 'float16' or 'bfloat16').
 *
 * @throws TorchError TORCH_SHAPE_MISMATCH where the sizes do not multiply to the array's length
 */
export function fromArray(
  data: TypedArray,
  shape: readonly number[] = [data.length],
  options: TensorOptions = {},
): Tensor {
  // A Buffer is a Uint8Array too.
  const dtype =
    options.dtype ?? dtypeOfArray.get(data.constructor) ?? (data instanceof Uint8Array ? 'uint8' : undefined);
  if (!dtype) throw new TorchError('TORCH_BAD_ARGUMENT', `Expected a dtype for ${data.constructor.name}`);
  const tensor = Tensor.wrap(guarded(() => native.fromBytes(data, shape, dtype)));
  return finish(
    options.device && options.device !== 'cpu' ? tensor.to(options.device, tensor.dtype) : tensor,
    options,
  );
}

/**
 * A tensor over a typed array's own memory: what one writes the other reads, and nothing is copied.
 *
 * The memory lives until both are done with it. Meanwhile the array's buffer cannot be sent away by postMessage;
 * `buffer.transfer()` is refused. A growing or shrinking buffer cannot be shared.
 *
 * @throws TorchError TORCH_SHAPE_MISMATCH, TORCH_BAD_ARGUMENT
 */
export function shareArray(
  data: TypedArray,
  shape: readonly number[] = [data.length],
  options: { dtype?: DType } = {},
): Tensor {
  const dtype = options.dtype ?? dtypeOfArray.get(data.constructor);
  if (!dtype) throw new TorchError('TORCH_BAD_ARGUMENT', `Expected a dtype for ${data.constructor.name}`);
  const { buffer } = data;
  if ('resizable' in buffer && buffer.resizable)
    throw new TorchError('TORCH_BAD_ARGUMENT', 'Expected a buffer of fixed size');
  const made = guarded(() => native.shareBytes(data, shape, dtype));
  if (buffer instanceof ArrayBuffer) {
    markAsUntransferable(buffer);
    for (const name of ['transfer', 'transferToFixedLength'])
      Object.defineProperty(buffer, name, {
        value: () => {
          throw new TorchError('TORCH_BAD_ARGUMENT', 'this buffer is the memory of a tensor');
        },
        configurable: true,
      });
  }
  return Tensor.wrap(made);
}

function flatten<T>(value: Nested<T>, shape: number[], depth: number, out: T[]): void {
  if (!Array.isArray(value)) {
    if (depth !== shape.length)
      throw new TorchError('TORCH_SHAPE_MISMATCH', 'Expected nested lists of equal lengths');
    out.push(value as T);
    return;
  }
  if (depth >= shape.length || value.length !== shape[depth])
    throw new TorchError('TORCH_SHAPE_MISMATCH', 'Expected nested lists of equal lengths');
  for (const element of value) flatten(element, shape, depth + 1, out);
}

/** A tensor from a number, a boolean or nested lists of them: float32 by default, bool for booleans. */
export function tensor(data: Nested<number | boolean>, options: TensorOptions = {}): Tensor {
  const shape: number[] = [];
  let inner: Nested<number | boolean> | undefined = data;
  while (Array.isArray(inner)) {
    shape.push(inner.length);
    inner = inner[0];
  }
  const values: (number | boolean)[] = [];
  flatten(data, shape, 0, values);
  const dtype = options.dtype ?? (typeof values[0] === 'boolean' ? 'bool' : 'float32');
  if (dtype === 'bool') return fromArray(Uint8Array.from(values, Number), shape, { ...options, dtype });
  const wide = fromArray(Float64Array.from(values, Number), shape);
  const result = wide.to(dtype, false, true);
  wide.dispose();
  return finish(
    options.device && options.device !== 'cpu' ? result.to(options.device, dtype) : result,
    options,
  );
}

type Factory = (shape: readonly number[], options?: TensorOptions) => Tensor;

function factory(name: string): Factory {
  return (shape, options = {}) => {
    const op = findOp(`aten::${name}`);
    const args = op.args.map((arg) => {
      if (arg.name === 'size') return shape;
      if (arg.name === 'dtype') return options.dtype ?? 'float32';
      return arg.name === 'device' ? options.device : undefined;
    });
    return finish(callOp(op, args) as Tensor, options);
  };
}

export const zeros: Factory = factory('zeros');
export const ones: Factory = factory('ones');
/** Values drawn from N(0, 1). */
export const randn: Factory = factory('randn');
/** Values drawn from [0, 1). */
export const rand: Factory = factory('rand');
/** Whatever the memory held. */
export const empty: Factory = (shape, options = {}) =>
  finish(
    callOp(findOp('aten::empty.memory_format'), [
      shape,
      options.dtype ?? 'float32',
      undefined,
      options.device,
    ]) as Tensor,
    options,
  );

export function full(shape: readonly number[], value: number, options: TensorOptions = {}): Tensor {
  return finish(
    callOp(findOp('aten::full'), [
      shape,
      value,
      options.dtype ?? 'float32',
      undefined,
      options.device,
    ]) as Tensor,
    options,
  );
}

/** [start, start + step, …) below `end`; int64 unless told. `arange(n)` counts from 0. */
export function arange(start: number, end?: number, step = 1, options: TensorOptions = {}): Tensor {
  const [from, to] = end === undefined ? [0, start] : [start, end];
  return finish(
    callOp(findOp('aten::arange.start_step'), [
      from,
      to,
      step,
      options.dtype ?? 'int64',
      undefined,
      options.device,
    ]) as Tensor,
    options,
  );
}

/** The identity matrix [n, n]. */
export function eye(n: number, options: TensorOptions = {}): Tensor {
  return finish(
    callOp(findOp('aten::eye'), [n, options.dtype ?? 'float32', undefined, options.device]) as Tensor,
    options,
  );
}
