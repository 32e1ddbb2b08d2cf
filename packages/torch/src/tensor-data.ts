import { arrayOf, type DType, type TypedArray } from './dtype.ts';
import { TorchError } from './error.ts';

export type Nested<T> = T | readonly Nested<T>[];

/** Numbers as `tensor` takes them: one, nested lists, typed arrays, lists of typed arrays. */
export type TensorData = Nested<number | bigint | boolean | TypedArray | Uint32Array | BigUint64Array>;

type Value = number | bigint | boolean;

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

/** The dtype whose elements the array holds as they are, if there is one. */
export const knownDtype = (data: TypedArray): DType | undefined =>
  // A Buffer is a Uint8Array too.
  dtypeOfArray.get(data.constructor) ?? (data instanceof Uint8Array ? 'uint8' : undefined);

/** @throws TorchError TORCH_BAD_ARGUMENT for an array of a kind that no dtype has for its own */
export function dtypeOf(data: TypedArray): DType {
  return (
    knownDtype(data) ??
    refuse(`Expected a dtype for ${data.constructor.name}: name one of the same width, or use tensor()`)
  );
}

function refuse(message: string): never {
  throw new TorchError('TORCH_BAD_ARGUMENT', message);
}

export const isTypedArray = (value: unknown): value is TypedArray =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

const describe = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return value.constructor?.name ?? 'an object';
};

/** Values in row-major order, sizes, and the dtype asked for, or else the one they have. */
export interface FlatData {
  values: Value[];
  shape: number[];
  dtype: DType;
}

/**
 * @throws TorchError TORCH_SHAPE_MISMATCH for lists of unequal lengths; TORCH_BAD_ARGUMENT for what is no number, and
 *   for bigints beside numbers where no dtype is asked for
 */
export function flattenData(data: TensorData, asked?: DType): FlatData {
  const shape: number[] = [];
  let inner: unknown = data;
  while (Array.isArray(inner) || isTypedArray(inner)) {
    shape.push(inner.length);
    inner = inner[0];
  }
  const values: Value[] = [];
  const rows = new Set<DType>();
  collect(data, shape, 0, values, rows);
  return { values, shape, dtype: asked ?? (rows.size === 1 ? [...rows][0]! : dtypeOfValues(values)) };
}

function collect(data: unknown, shape: number[], depth: number, values: Value[], rows: Set<DType>): void {
  const isRow = isTypedArray(data);
  if (!isRow && !Array.isArray(data)) {
    if (typeof data !== 'number' && typeof data !== 'bigint' && typeof data !== 'boolean')
      refuse(`Expected numbers, bigints, booleans or lists of them but received ${describe(data)}`);
    if (depth !== shape.length) ragged();
    values.push(data as Value);
    return;
  }
  if (depth >= shape.length || data.length !== shape[depth]) ragged();
  // Unsigned integers have no dtype of their own in libtorch 1.13.
  if (isRow) rows.add(knownDtype(data) ?? (data.constructor.name === 'Float16Array' ? 'float16' : 'int64'));
  // By index, so that a hole in a list counts as undefined.
  for (let i = 0; i < data.length; i++) collect(data[i], shape, depth + 1, values, rows);
}

function ragged(): never {
  throw new TorchError('TORCH_SHAPE_MISMATCH', 'Expected nested lists of equal lengths');
}

function dtypeOfValues(values: readonly Value[]): DType {
  const first = typeof values[0];
  if (first === 'boolean' && values.every((value) => typeof value === 'boolean')) return 'bool';
  const numBig = values.reduce<number>((count, value) => count + (typeof value === 'bigint' ? 1 : 0), 0);
  if (numBig === 0) return 'float32';
  if (numBig < values.length) refuse('Expected only bigints, or none: 2n beside 0.5 has no dtype of its own');
  return 'int64';
}

const ranges: Partial<Record<DType, readonly [low: number, high: number]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-(2 ** 15), 2 ** 15 - 1],
  int32: [-(2 ** 31), 2 ** 31 - 1],
};

/**
 * A value as an int64, fractions cut off.
 *
 * @throws TorchError TORCH_BAD_ARGUMENT for a number beyond ±(2^53 − 1), which stands for several integers
 */
export function toInt64(value: Value): bigint {
  if (typeof value === 'number' && !Number.isSafeInteger(Math.trunc(value)))
    refuse(
      Number.isFinite(value)
        ? `${value} is beyond 2^53, where a number no longer tells integers apart: pass a bigint`
        : `${value} is no int64`,
    );
  const whole = BigInt(typeof value === 'number' ? Math.trunc(value) : value);
  if (BigInt.asIntN(64, whole) !== whole) refuse(`${value} does not fit int64`);
  return whole;
}

/**
 * Values as an array that a tensor of `dtype` can be made of: of its own kind where there is one, else float64.
 *
 * @throws TorchError TORCH_BAD_ARGUMENT for values that the dtype cannot hold
 */
export function packValues(values: readonly Value[], dtype: DType): { array: TypedArray; dtype: DType } {
  if (dtype === 'bool') return { array: Uint8Array.from(values, (value) => (value ? 1 : 0)), dtype };
  if (dtype === 'int64') return { array: BigInt64Array.from(values, toInt64), dtype };
  const range = ranges[dtype];
  if (!range) return { array: Float64Array.from(values, Number), dtype: 'float64' };
  const array = new arrayOf[dtype](values.length) as Int8Array;
  for (const [i, value] of values.entries()) {
    const whole = Math.trunc(Number(value));
    if (!(whole >= range[0] && whole <= range[1])) refuse(`${value} does not fit ${dtype}`);
    array[i] = whole;
  }
  return { array, dtype };
}

/** The array, or a copy whose bytes are all 0 or 1: anything else makes libtorch's bools neither true nor false. */
export function boolBytes(data: TypedArray): TypedArray {
  return isBoolBytes(data) ? data : bytesOf(data).map((byte) => (byte === 0 ? 0 : 1));
}

export function isBoolBytes(data: TypedArray): boolean {
  for (const byte of bytesOf(data)) if (byte > 1) return false;
  return true;
}

const bytesOf = (data: TypedArray): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
