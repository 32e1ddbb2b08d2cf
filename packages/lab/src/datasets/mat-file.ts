import { inflateSync } from 'node:zlib';
import { SemblanceError } from '../error.ts';

/** A MATLAB array; values lie column by column. */
export type MatValue =
  | { kind: 'numbers'; dims: number[]; values: Float64Array }
  | { kind: 'text'; dims: number[]; text: string }
  | { kind: 'cells'; dims: number[]; cells: MatValue[] };

/** Most bytes that compressed variables may grow to. */
const MAX_INFLATED_BYTES = 512 * 1024 * 1024;
/** Cells within cells, no deeper than this. */
const MAX_DEPTH = 32;

/**
 * Reads the variables of a MATLAB level-5 MAT-file: real numbers of every type, text and cell arrays, compressed or
 * not, in either byte order. Nothing is executed.
 *
 * @returns the variables by name
 * @throws SemblanceError DATA_INVALID for another format (level 4, or HDF5 of version 7.3), for structures, objects,
 *   sparse and complex arrays, and for a file that is cut short or lies about its sizes.
 * @see MathWorks, MAT-File Format, version 5
 */
export function parseMatFile(bytes: Uint8Array, source = 'the MAT-file'): Map<string, MatValue> {
  const invalid = (why: string): SemblanceError => new SemblanceError('DATA_INVALID', `${source}: ${why}`);
  if (bytes.length < 128) throw invalid('it is not a MAT file of level 5');
  const mark = String.fromCharCode(bytes[126]!, bytes[127]!);
  if (mark !== 'IM' && mark !== 'MI') throw invalid('it is not a MAT file of level 5');
  const littleEndian = mark === 'IM';
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint16(124, littleEndian);
  if (version !== 0x0100) throw invalid('it is a MAT file of another version than 5');

  const variables = new Map<string, MatValue>();
  let inflated = 0;
  const readVariables = (part: Uint8Array, start: number): void => {
    const reader = new ElementReader(part, start, littleEndian, invalid);
    while (!reader.isAtEnd) {
      const { type, data } = reader.next();
      if (type === 15) {
        const plain = inflate(data, MAX_INFLATED_BYTES - inflated, invalid);
        inflated += plain.length;
        readVariables(plain, 0);
      } else if (type === 14) {
        const { name, value } = readArray(data, littleEndian, invalid, 0);
        if (value) variables.set(name, value);
      }
    }
  };
  readVariables(bytes, 128);
  return variables;
}

type Invalid = (why: string) => SemblanceError;

function inflate(data: Uint8Array, maxOutputLength: number, invalid: Invalid): Uint8Array {
  try {
    return inflateSync(data, { maxOutputLength });
  } catch (cause) {
    throw Object.assign(invalid('a compressed variable cannot be read'), { cause });
  }
}

/** Sizes in bytes of the element types that hold numbers, and how one is read. */
const numberTypes: Record<number, { size: number; read(view: DataView, at: number, le: boolean): number }> = {
  1: { size: 1, read: (view, at) => view.getInt8(at) },
  2: { size: 1, read: (view, at) => view.getUint8(at) },
  3: { size: 2, read: (view, at, le) => view.getInt16(at, le) },
  4: { size: 2, read: (view, at, le) => view.getUint16(at, le) },
  5: { size: 4, read: (view, at, le) => view.getInt32(at, le) },
  6: { size: 4, read: (view, at, le) => view.getUint32(at, le) },
  7: { size: 4, read: (view, at, le) => view.getFloat32(at, le) },
  9: { size: 8, read: (view, at, le) => view.getFloat64(at, le) },
  12: { size: 8, read: (view, at, le) => Number(view.getBigInt64(at, le)) },
  13: { size: 8, read: (view, at, le) => Number(view.getBigUint64(at, le)) },
};
const UTF8 = 16;

interface Element {
  type: number;
  data: Uint8Array;
}

/** Elements one after another: a tag of type and size, the data, and what fills up to a multiple of eight bytes. */
class ElementReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #littleEndian: boolean;
  readonly #invalid: Invalid;
  #at: number;

  constructor(bytes: Uint8Array, start: number, littleEndian: boolean, invalid: Invalid) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#littleEndian = littleEndian;
    this.#invalid = invalid;
    this.#at = start;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  next(): Element {
    if (this.#at + 8 > this.#bytes.length) throw this.#invalid('it ends within an element');
    const first = this.#view.getUint32(this.#at, this.#littleEndian);
    // small elements keep their size in the upper half of the type, and their data in the tag
    const smallSize = first >>> 16;
    const type = smallSize > 0 ? first & 0xffff : first;
    const size = smallSize > 0 ? smallSize : this.#view.getUint32(this.#at + 4, this.#littleEndian);
    const start = this.#at + (smallSize > 0 ? 4 : 8);
    if (smallSize > 4 || start + size > this.#bytes.length) throw this.#invalid('it ends within an element');
    // compressed elements are not filled up
    const end = smallSize > 0 || type === 15 ? start + size : start + 8 * Math.ceil(size / 8);
    this.#at = smallSize > 0 ? this.#at + 8 : end;
    return { type, data: this.#bytes.subarray(start, start + size) };
  }
}

function readArray(
  data: Uint8Array,
  littleEndian: boolean,
  invalid: Invalid,
  depth: number,
): { name: string; value: MatValue | null } {
  // a cell that was never filled is an array of no bytes
  if (data.length === 0)
    return { name: '', value: { kind: 'numbers', dims: [0, 0], values: new Float64Array() } };
  if (depth > MAX_DEPTH) throw invalid('cells are nested too deep');
  const reader = new ElementReader(data, 0, littleEndian, invalid);
  const [flags = 0] = numbersOf(reader.next(), littleEndian, invalid);
  const dims = [...numbersOf(reader.next(), littleEndian, invalid)];
  const name = textOf(reader.next(), littleEndian, invalid);
  const count = dims.reduce((product, size) => product * size, 1);
  const arrayClass = flags & 0xff;
  if ((flags & 0x800) !== 0) throw invalid(`${name || 'an array'} is complex, which is not supported`);
  if (arrayClass === 1) {
    const cells: MatValue[] = [];
    for (let i = 0; i < count; i++) {
      const element = reader.next();
      if (element.type !== 14)
        throw invalid(`${name || 'a cell array'} contains something other than arrays`);
      cells.push(readArray(element.data, littleEndian, invalid, depth + 1).value!);
    }
    return { name, value: { kind: 'cells', dims, cells } };
  }
  if (arrayClass === 4) {
    return { name, value: { kind: 'text', dims, text: textOf(reader.next(), littleEndian, invalid) } };
  }
  if (arrayClass >= 6 && arrayClass <= 15) {
    const values = numbersOf(reader.next(), littleEndian, invalid);
    if (values.length !== count) {
      throw invalid(`${name || 'an array'} holds ${values.length} numbers, not ${count}`);
    }
    return { name, value: { kind: 'numbers', dims, values } };
  }
  throw invalid(`${name || 'an array'} is a structure, an object or sparse, which is not supported`);
}

function numbersOf({ type, data }: Element, littleEndian: boolean, invalid: Invalid): Float64Array {
  const format = numberTypes[type];
  if (!format || data.length % format.size !== 0) throw invalid(`numbers of an unknown type (${type})`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Float64Array.from({ length: data.length / format.size }, (_, i) =>
    format.read(view, i * format.size, littleEndian),
  );
}

/** Text is stored as UTF-8, or as numbers that are UTF-16 code units. */
function textOf(element: Element, littleEndian: boolean, invalid: Invalid): string {
  if (element.type === UTF8) return new TextDecoder().decode(element.data);
  const type = element.type === 17 ? 4 : element.type;
  const units = numbersOf({ type, data: element.data }, littleEndian, invalid);
  let text = '';
  for (const unit of units) text += String.fromCharCode(unit);
  return text;
}
