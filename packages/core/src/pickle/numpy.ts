import { decodeInteger } from './byte-reader.ts';
import { type AllowList, allow, asText, type Buildable, badArguments } from './globals.ts';
import { PickleError } from './pickle-error.ts';

/** Kinds of numbers that are read: numpy's letter and size. */
const KNOWN_DTYPE = /^([biu]1|[iuf][248]|S\d{1,9})$/;
const MAX_DIMENSIONS = 64;

/** numpy's dtype: kind and size as in `u1`, `f4`, `S5`, in little-endian order. */
export class NumpyDtype implements Buildable {
  readonly code: string;

  constructor(name: unknown) {
    const code = asText(name);
    if (typeof code !== 'string' || !KNOWN_DTYPE.test(code)) {
      throw new PickleError('invalid', `numpy data of the kind ${String(code).slice(0, 40)} is not read`);
    }
    this.code = code;
  }

  get sizeBytes(): number {
    return Number(this.code.slice(1));
  }

  /** (version, byte order, sub-array, names, fields, …): only plain little-endian numbers pass. */
  setPickleState(state: unknown): void {
    if (!Array.isArray(state)) throw badArguments('numpy.dtype');
    const [, order, subArray, names] = state;
    if (asText(order) === '>') throw new PickleError('invalid', 'big-endian numpy data is not read');
    if ((subArray ?? null) !== null || (names ?? null) !== null) throw badArguments('numpy.dtype');
  }
}

/** A numpy array: its numbers as little-endian bytes, row by row unless `fortran`. */
export class NumpyArray implements Buildable {
  shape: number[] = [0];
  dtype = new NumpyDtype('b1');
  fortran = false;
  data: Uint8Array = new Uint8Array(0);

  /** (version, shape, dtype, whether column by column, raw bytes). */
  setPickleState(state: unknown): void {
    if (!Array.isArray(state) || state.length < 4) throw badArguments('numpy.ndarray');
    const [shape, dtype, fortran, data] = state.slice(-4);
    this.fill(shape, dtype, fortran === true, data);
  }

  /** @throws PickleError `invalid` unless the bytes are exactly those of the shape */
  fill(shape: unknown, dtype: unknown, fortran: boolean, data: unknown): void {
    const isShape = Array.isArray(shape) && shape.length <= MAX_DIMENSIONS && shape.every(isSize);
    if (!isShape || !(dtype instanceof NumpyDtype)) throw badArguments('numpy.ndarray');
    // A Python 2 pickle carries the numbers as text of bytes.
    const bytes = typeof data === 'string' ? new Uint8Array(Buffer.from(data, 'latin1')) : data;
    const sizeBytes = shape.reduce((n: number, size: number) => n * size, dtype.sizeBytes);
    if (!(bytes instanceof Uint8Array) || bytes.byteLength !== sizeBytes) throw badArguments('numpy.ndarray');
    Object.assign(this, { shape, dtype, fortran, data: bytes });
  }
}

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function fromBuffer([data, dtype, shape, order]: unknown[]): NumpyArray {
  const array = new NumpyArray();
  array.fill(shape, dtype, asText(order) === 'F', data);
  return array;
}

function scalar([dtype, data]: unknown[]): number | bigint | boolean | Uint8Array {
  if (!(dtype instanceof NumpyDtype)) throw badArguments('numpy scalar');
  const array = new NumpyArray();
  array.fill([], dtype, false, data);
  const view = new DataView(array.data.buffer, array.data.byteOffset, array.data.byteLength);
  switch (dtype.code) {
    case 'b1':
      return view.getUint8(0) !== 0;
    case 'f2':
      return view.getFloat16(0, true);
    case 'f4':
      return view.getFloat32(0, true);
    case 'f8':
      return view.getFloat64(0, true);
  }
  if (dtype.code.startsWith('S')) return array.data;
  // An unsigned number gets a zero above its highest byte, so that it is not taken for a negative one.
  return decodeInteger(dtype.code.startsWith('u') ? Uint8Array.of(...array.data, 0) : array.data);
}

const functions = {
  multiarray: { _reconstruct: () => new NumpyArray(), scalar },
  numeric: { _frombuffer: fromBuffer },
};

/** numpy arrays, dtypes and scalars, under the module names of numpy 1 and 2. */
export const numpyGlobals: AllowList = new Map<string, unknown>([
  ...allow({ 'numpy dtype': ([code]) => new NumpyDtype(code), 'numpy ndarray': () => new NumpyArray() }),
  ...['numpy.core', 'numpy._core'].flatMap((core) =>
    Object.entries(functions).flatMap(([module, table]) =>
      allow(Object.fromEntries(Object.entries(table).map(([name, f]) => [`${core}.${module} ${name}`, f]))),
    ),
  ),
]);
