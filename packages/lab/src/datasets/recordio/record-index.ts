import { SemblanceError } from '../../error.ts';

/** Where each record begins, by rising key. */
export interface RecordIndex {
  keys: Float64Array;
  /** Byte offset of each key's record. */
  offsets: Float64Array;
}

/**
 * Parses an `.idx` file: lines `key TAB offset`, in any order.
 *
 * Read byte by byte: the index of a large set has millions of lines.
 *
 * @throws SemblanceError DATA_INVALID with the line's number; DATA_EMPTY.
 */
export function parseRecordIndex(bytes: Uint8Array, source: string): RecordIndex {
  const [TAB, NEWLINE, RETURN, ZERO] = [0x09, 0x0a, 0x0d, 0x30];
  const numbers: number[][] = [[], []];
  let [line, field, value, numDigits] = [1, 0, 0, 0];
  const wrong = (): SemblanceError =>
    new SemblanceError('DATA_INVALID', `${source}:${line}: expected "key TAB offset", whole numbers`);
  const endLine = (): void => {
    if (field === 0 && numDigits === 0) return; // a blank line
    if (field !== 1 || numDigits === 0) throw wrong();
    numbers[1]!.push(value);
  };
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf; // a byte-order mark
  for (const byte of isMarked ? bytes.subarray(3) : bytes) {
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      if (++numDigits > 15) throw wrong();
    } else if (byte === TAB) {
      if (field !== 0 || numDigits === 0) throw wrong();
      numbers[0]!.push(value);
      [field, value, numDigits] = [1, 0, 0];
    } else if (byte === NEWLINE) {
      endLine();
      [field, value, numDigits] = [0, 0, 0];
      line++;
    } else if (byte !== RETURN) throw wrong();
  }
  endLine();
  const [keys, offsets] = numbers as [number[], number[]];
  if (keys.length === 0) throw new SemblanceError('DATA_EMPTY', `${source} lists no records`);
  return sorted(keys, offsets, source);
}

function sorted(keys: number[], offsets: number[], source: string): RecordIndex {
  const order = keys.map((_, i) => i);
  if (keys.some((key, i) => i > 0 && key <= keys[i - 1]!)) order.sort((a, b) => keys[a]! - keys[b]!);
  for (let i = 1; i < order.length; i++) {
    const key = keys[order[i]!]!;
    if (key === keys[order[i - 1]!])
      throw new SemblanceError('DATA_INVALID', `${source}: key ${key} is listed twice`);
  }
  return {
    keys: Float64Array.from(order, (i) => keys[i]!),
    offsets: Float64Array.from(order, (i) => offsets[i]!),
  };
}

/** A line of an `.idx` file, as MXNet writes it. */
export const indexLine = (key: number, offset: number): string => `${key}\t${offset}\n`;

/** What the `property` file of a set says. */
export interface RecordProperty {
  numClasses: number;
  height: number;
  width: number;
  /** In newer files. */
  numImages?: number;
}

/** @throws SemblanceError DATA_INVALID where the first line is not three or four whole numbers. */
export function parseProperty(text: string, source: string): RecordProperty {
  const fields = text.trim().split('\n')[0]!.split(',').map(Number);
  if (fields.length < 3 || fields.length > 4 || fields.some((n) => !Number.isInteger(n) || n < 0)) {
    const message = `${source}: expected "classes,height,width" but received "${text.trim().slice(0, 80)}"`;
    throw new SemblanceError('DATA_INVALID', message);
  }
  const [numClasses, height, width, numImages] = fields as [number, number, number, number?];
  return { numClasses, height, width, ...(numImages === undefined ? {} : { numImages }) };
}
