import { decodeInteger } from './byte-reader.ts';
import type { Machine } from './machine.ts';
import { opcodes as op } from './opcodes.ts';
import { PickleError } from './pickle-error.ts';
import * as text from './text-values.ts';

const MAX_INTEGER_BYTES = 256;

/** What each operation does; an operation that is not in the table is refused. */
export const operations: ReadonlyMap<number, (m: Machine) => void> = new Map([
  [op.PROTO, (m) => checkProtocol(m.reader.uint8())],
  [op.FRAME, (m) => void m.reader.length64()],

  [op.MARK, (m) => m.mark()],
  [op.POP, (m) => m.discard()],
  [op.POP_MARK, (m) => void m.popMark()],
  [op.DUP, (m) => m.push(m.top())],

  [op.NONE, (m) => m.push(null)],
  [op.NEWTRUE, (m) => m.push(true)],
  [op.NEWFALSE, (m) => m.push(false)],
  [op.INT, (m) => m.push(text.parseIntLine(m.reader.line()))],
  [op.LONG, (m) => m.push(text.parseLongLine(m.reader.line()))],
  [op.BININT, (m) => m.push(m.reader.int32())],
  [op.BININT1, (m) => m.push(m.reader.uint8())],
  [op.BININT2, (m) => m.push(m.reader.uint16())],
  [op.LONG1, (m) => m.push(decodeInteger(m.reader.bytes(m.reader.uint8())))],
  [op.LONG4, (m) => m.push(decodeInteger(m.reader.bytes(integerLength(m.reader.uint32()))))],
  [op.FLOAT, (m) => m.push(text.parseFloatLine(m.reader.line()))],
  [op.BINFLOAT, (m) => m.push(m.reader.float64BigEndian())],

  [op.STRING, (m) => m.pushOldString(text.parseQuotedLine(m.reader.line()))],
  [op.BINSTRING, (m) => m.pushOldString(m.reader.bytes(m.reader.uint32()))],
  [op.SHORT_BINSTRING, (m) => m.pushOldString(m.reader.bytes(m.reader.uint8()))],
  [op.UNICODE, (m) => m.push(text.parseUnicodeLine(m.reader.line()))],
  [op.SHORT_BINUNICODE, (m) => m.push(m.reader.text(m.reader.uint8()))],
  [op.BINUNICODE, (m) => m.push(m.reader.text(m.reader.uint32()))],
  [op.BINUNICODE8, (m) => m.push(m.reader.text(m.reader.length64()))],
  [op.SHORT_BINBYTES, (m) => m.push(m.reader.bytes(m.reader.uint8()))],
  [op.BINBYTES, (m) => m.push(m.reader.bytes(m.reader.uint32()))],
  [op.BINBYTES8, (m) => m.push(m.reader.bytes(m.reader.length64()))],
  [op.BYTEARRAY8, (m) => m.push(m.reader.bytes(m.reader.length64()))],

  [op.EMPTY_LIST, (m) => m.push([])],
  [op.LIST, (m) => m.push(m.popMark())],
  [op.APPEND, (m) => m.append([m.pop()])],
  [op.APPENDS, (m) => m.append(m.popMark())],
  [op.EMPTY_TUPLE, (m) => m.push([])],
  [op.TUPLE, (m) => m.push(m.popMark())],
  [op.TUPLE1, (m) => m.push(m.popMany(1))],
  [op.TUPLE2, (m) => m.push(m.popMany(2))],
  [op.TUPLE3, (m) => m.push(m.popMany(3))],
  [op.EMPTY_DICT, (m) => m.push(new Map())],
  [op.DICT, pushDict],
  [op.SETITEM, (m) => m.setItems(m.popMany(2))],
  [op.SETITEMS, (m) => m.setItems(m.popMark())],
  [op.EMPTY_SET, (m) => m.push(new Set())],
  [op.ADDITEMS, (m) => m.addItems(m.popMark())],
  [op.FROZENSET, (m) => m.push(new Set(m.popMark()))],

  [op.PUT, (m) => m.remember(text.parseIndexLine(m.reader.line()))],
  [op.BINPUT, (m) => m.remember(m.reader.uint8())],
  [op.LONG_BINPUT, (m) => m.remember(m.reader.uint32())],
  [op.MEMOIZE, (m) => m.remember()],
  [op.GET, (m) => m.recall(text.parseIndexLine(m.reader.line()))],
  [op.BINGET, (m) => m.recall(m.reader.uint8())],
  [op.LONG_BINGET, (m) => m.recall(m.reader.uint32())],

  [op.GLOBAL, (m) => m.push(m.global(m.reader.line(), m.reader.line()))],
  [op.STACK_GLOBAL, pushStackGlobal],
  [op.REDUCE, reduce],
  [op.NEWOBJ, reduce],
  [op.NEWOBJ_EX, reduceWithoutNames],
  [op.INST, (m) => m.call(m.global(m.reader.line(), m.reader.line()), m.popMark())],
  [op.OBJ, callMarked],
  [op.BUILD, (m) => m.build(m.pop())],
  [op.PERSID, (m) => m.persistent(m.reader.line())],
  [op.BINPERSID, (m) => m.persistent(m.pop())],
] satisfies [number, (m: Machine) => void][]);

function checkProtocol(version: number): void {
  if (version > 5) throw new PickleError('invalid', `the pickle has protocol ${version}, at most 5 is read`);
}

function integerLength(bytes: number): number {
  if (bytes > MAX_INTEGER_BYTES) throw new PickleError('limit', `an integer of ${bytes} bytes`);
  return bytes;
}

function pushDict(m: Machine): void {
  const items = m.popMark();
  m.push(new Map());
  m.setItems(items);
}

function pushStackGlobal(m: Machine): void {
  const [module, name] = m.popMany(2);
  m.push(m.global(module, name));
}

function reduce(m: Machine): void {
  const [callable, args] = m.popMany(2);
  m.call(callable, args);
}

function reduceWithoutNames(m: Machine): void {
  const named = m.pop();
  if (!(named instanceof Map) || named.size > 0) {
    throw new PickleError('invalid', 'the pickle calls a function with named arguments');
  }
  reduce(m);
}

function callMarked(m: Machine): void {
  const [callable, ...args] = m.popMark();
  m.call(callable, args);
}
