import { narrow } from './byte-reader.ts';
import { PickleError } from './pickle-error.ts';

/** How protocol 0 writes values as lines of text. */

const MAX_DIGITS = 600;
const SPECIAL_FLOATS = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);
const NAMED_ESCAPES: Record<string, string> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

const invalid = (message: string): PickleError => new PickleError('invalid', message);

/** `12`, or the booleans `00` and `01`. */
export function parseIntLine(line: string): number | bigint | boolean {
  if (line === '00') return false;
  return line === '01' ? true : parseLongLine(line);
}

/** `12` or `12L`. */
export function parseLongLine(line: string): number | bigint {
  const text = line.endsWith('L') ? line.slice(0, -1) : line;
  if (text.length > MAX_DIGITS) throw new PickleError('limit', `an integer of ${text.length} digits`);
  if (!/^-?\d+$/.test(text)) throw invalid('the pickle has a malformed integer');
  return narrow(BigInt(text));
}

/** `0.5`, `1e-3`, `nan`, `inf`, `-inf`. */
export function parseFloatLine(line: string): number {
  const special = SPECIAL_FLOATS.get(line);
  if (special !== undefined) return special;
  const value = Number(line);
  if (line.trim() === '' || Number.isNaN(value)) throw invalid('the pickle has a malformed float');
  return value;
}

/** The number of a memo entry. */
export function parseIndexLine(line: string): number {
  const index = Number(line);
  if (!/^\d+$/.test(line) || !Number.isSafeInteger(index))
    throw invalid('the pickle refers to a value by something that is not a number');
  return index;
}

/** The bytes of a Python 2 string literal, quotes and escapes undone. */
export function parseQuotedLine(line: string): Uint8Array {
  const body = /^(['"])(.*)\1$/s.exec(line)?.[2];
  if (body === undefined) throw invalid('the pickle has a string without quotes');
  const text = body.replace(/\\(x[\da-fA-F]{2}|[0-7]{1,3}|.)/gs, (_, name: string) => {
    if (/^x../.test(name)) return String.fromCharCode(Number.parseInt(name.slice(1), 16));
    if (/^[0-7]/.test(name)) return String.fromCharCode(Number.parseInt(name, 8) & 0xff);
    return NAMED_ESCAPES[name] ?? name;
  });
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** Text in Python's raw-unicode-escape: only `\uXXXX` and `\UXXXXXXXX` are escapes. */
export function parseUnicodeLine(line: string): string {
  return line.replace(/\\u([\da-fA-F]{4})|\\U([\da-fA-F]{8})/g, (_, short?: string, long?: string) => {
    const point = Number.parseInt(short ?? long!, 16);
    if (point > 0x10ffff) throw invalid('the pickle has a character beyond Unicode');
    return String.fromCodePoint(point);
  });
}
