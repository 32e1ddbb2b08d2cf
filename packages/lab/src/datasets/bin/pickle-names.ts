import { SemblanceError } from '../../error.ts';

/** A name that a pickle may call, and what we do in its place. */
export class PickleName {
  readonly name: string;
  readonly call: (args: unknown[]) => unknown;

  constructor(name: string, call: (args: unknown[]) => unknown) {
    this.name = name;
    this.call = call;
  }
}

/** A numpy array of bytes or booleans: its bytes, in memory order. */
export class PickledArray {
  bytes = new Uint8Array(0);
  isBoolean = false;

  /** What `ndarray.__setstate__` takes: version, shape, dtype, whether Fortran's order, the bytes. */
  setState(state: unknown): void {
    if (!Array.isArray(state) || state.length !== 5) throw badArguments('numpy.ndarray');
    this.fill(state[2], state[4]);
  }

  fill(dtype: unknown, bytes: unknown): this {
    if (!(dtype instanceof PickledDtype) || !(bytes instanceof Uint8Array))
      throw badArguments('numpy.ndarray');
    this.bytes = bytes as Uint8Array<ArrayBuffer>;
    this.isBoolean = dtype.code === 'b1';
    return this;
  }
}

/** numpy's dtype, of which only single bytes are read. */
export class PickledDtype {
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }

  /** Byte order and the like, which single bytes do not have. */
  setState(): void {}
}

/** A class that is only handed to a function. */
const inert = (name: string): [string, PickleName] => [
  name,
  new PickleName(name, () => {
    throw badArguments(name);
  }),
];

const allow = (name: string, call: (args: unknown[]) => unknown): [string, PickleName] => [
  name,
  new PickleName(name, call),
];

/** Python 2 pickles its text as byte strings. */
const text = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value;

const numpy = (core: string): [string, PickleName][] => [
  allow(`numpy.${core}.multiarray _reconstruct`, () => new PickledArray()),
  allow(`numpy.${core}.numeric _frombuffer`, ([bytes, dtype]) => new PickledArray().fill(dtype, bytes)),
  allow(`numpy.${core}.multiarray scalar`, ([dtype, bytes]) => {
    const { bytes: value, isBoolean } = new PickledArray().fill(dtype, bytes);
    if (value.length !== 1) throw badArguments('numpy scalar');
    return isBoolean ? value[0] === 1 : value[0];
  }),
];

/** All that a pickle may name: bytes, and numpy's arrays of bytes. There is no way from here to anything else. */
export const allowedNames: ReadonlyMap<string, PickleName> = new Map([
  ...numpy('core'),
  ...numpy('_core'), // numpy 2
  inert('numpy ndarray'),
  allow('numpy dtype', ([code]) => {
    const known = { u1: 'u1', uint8: 'u1', b1: 'b1', bool: 'b1' }[String(text(code))];
    if (known === undefined) throw badArguments('numpy.dtype');
    return new PickledDtype(known);
  }),
  // how Python 3 writes bytes where the protocol has none
  allow('_codecs encode', ([value, encoding]) => {
    if (typeof value !== 'string' || !/^latin-?1$/.test(String(text(encoding)))) throw badArguments('encode');
    return new Uint8Array(Buffer.from(value, 'latin1'));
  }),
  allow('__builtin__ bytes', (args) => emptyBytes(args)),
  allow('builtins bytes', (args) => emptyBytes(args)),
  allow('builtins bytearray', ([value]) => (value instanceof Uint8Array ? value : emptyBytes([]))),
]);

function emptyBytes(args: unknown[]): Uint8Array {
  if (args.length > 0) throw badArguments('bytes');
  return new Uint8Array(0);
}

function badArguments(name: string): SemblanceError {
  return new SemblanceError('DATA_INVALID', `the pickle calls ${name} with what is not read here`);
}
