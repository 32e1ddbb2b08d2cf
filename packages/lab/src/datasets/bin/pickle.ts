import {
  type AllowList,
  builtinGlobals,
  NumpyArray,
  numpyGlobals,
  opcodes as op,
  unpickle,
} from '@semblance/core/pickle';
import { pickleError } from '../pickle-error.ts';

/** All that a verification set may name: numpy's arrays, and how Python 3 writes bytes where the protocol has none. */
const globals: AllowList = new Map([
  ...numpyGlobals,
  ...[...builtinGlobals].filter(([name]) => /^_codecs encode$| (bytes|bytearray)$/.test(name)),
]);

/** Lists, tuples, booleans, whole numbers, texts and bytes: no dictionaries, floats, instances or outside values. */
const operations = new Set<number>([
  ...[op.PROTO, op.FRAME, op.MARK, op.POP, op.POP_MARK, op.DUP],
  ...[op.NONE, op.NEWTRUE, op.NEWFALSE, op.INT, op.LONG, op.BININT, op.BININT1, op.BININT2, op.LONG1],
  ...[op.STRING, op.BINSTRING, op.SHORT_BINSTRING],
  ...[op.UNICODE, op.BINUNICODE, op.SHORT_BINUNICODE, op.BINUNICODE8],
  ...[op.BINBYTES, op.SHORT_BINBYTES, op.BINBYTES8, op.BYTEARRAY8],
  ...[op.EMPTY_LIST, op.LIST, op.APPEND, op.APPENDS],
  ...[op.EMPTY_TUPLE, op.TUPLE, op.TUPLE1, op.TUPLE2, op.TUPLE3],
  ...[op.PUT, op.BINPUT, op.LONG_BINPUT, op.MEMOIZE, op.GET, op.BINGET, op.LONG_BINGET],
  ...[op.GLOBAL, op.STACK_GLOBAL, op.REDUCE, op.BUILD],
]);

/**
 * The lists, tuples, booleans, whole numbers, texts, bytes and byte arrays of a pickle: the small part of the language
 * that verification sets are written in. Bytes are views of the input where they can be. Nothing is executed.
 *
 * @throws SemblanceError DATA_FORBIDDEN, DATA_INVALID, DATA_CORRUPT
 */
export function readPickle(bytes: Uint8Array): unknown {
  // a set has some photos and a few operations for each; eight times its bytes may be copied
  const maxOperations = 10_000 + bytes.length / 8;
  try {
    return unpickle(bytes, { globals, operations, maxOperations, strings: 'bytes' }).value;
  } catch (cause) {
    throw pickleError(cause);
  }
}

/** The bytes of a value: as they are, or those of a numpy array of bytes or booleans; null of any other. */
export function bytesOf(value: unknown): Uint8Array | null {
  if (value instanceof NumpyArray) return /^[ub]1$/.test(value.dtype.code) ? value.data : null;
  return value instanceof Uint8Array ? value : null;
}
