import { SemblanceError } from '../../error.ts';

// A row x is kept as int8 codes X with a scale s: x = s·X + e. A query q as 7-bit codes Q: q = t·Q + f. Then
//
//     q·x = s·t·(Q·X) + q·e + f·(s·X),   so that   |q·x − s·t·(Q·X)| ≤ ‖q‖·‖e‖ + ‖f‖·‖s·X‖
//
// by Cauchy and Schwarz. Q·X is an integer that the kernel finds exactly. The norms on the right are taken from the
// codes as they are, in float64, and rounded up by far more than float32 arithmetic loses: no row whose upper bound is
// below the k-th best lower bound can be among the k best.

/** Added to a query's codes, so that they are 0 to 127 and every engine multiplies them alike. */
export const QUERY_OFFSET = 64;
const ROW_MAX = 127;
const QUERY_MAX = 63;
/** Relative room for roundings: a bound has about six of 2^-24 each. */
const ROUNDING = 2 ** -20;
/** Absolute room for products that are too small for float32. */
const TINY = 1e-18;
/** Larger numbers are not embeddings, and products of larger ones would not fit into float32. */
const LONGEST = 1e15;
/** More numbers would not fit into the kernel's sums. */
export const MAX_DIMENSIONS = 65_536;

/** Numbers of a row or a query in memory. */
export const paddedLength = (dimensions: number): number => Math.ceil(dimensions / 16) * 16;

/** Bytes of four rows: their codes, 16 of each row in turn, then four scales, residuals, lengths and sums of codes. */
export const blockBytesOf = (length: number): number => 4 * length + 64;

/** What the kernel reads a row from. */
export interface RowViews {
  codes: Int8Array;
  floats: Float32Array;
  words: Int32Array;
}

/**
 * Writes a row's codes.
 *
 * @param block where its block of four begins, in bytes
 * @param lane 0 to 3
 * @throws SemblanceError DATA_INVALID for what is no vector of numbers
 */
export function encodeRow(
  vector: Float32Array,
  { codes, floats, words }: RowViews,
  block: number,
  lane: number,
): void {
  const length = paddedLength(vector.length);
  const largest = largestOf(vector);
  const scale = Math.fround(largest / ROW_MAX);
  const factor = scale > 0 ? 1 / scale : 0;
  let [squares, errors, sum] = [0, 0, 0];
  const start = block + 16 * lane;
  for (let i = 0; i < vector.length; i++) {
    const value = vector[i]!;
    const code = Math.max(-ROW_MAX, Math.min(ROW_MAX, Math.round(value * factor)));
    codes[start + 4 * (i & ~15) + (i & 15)] = code;
    const error = value - scale * code;
    sum += code;
    squares += code * code;
    errors += error * error;
  }
  for (let i = vector.length; i < length; i++) codes[start + 4 * (i & ~15) + (i & 15)] = 0;
  const facts = (block + 4 * length) / 4 + lane;
  floats[facts] = scale;
  floats[facts + 4] = roundedUp(Math.sqrt(errors));
  floats[facts + 8] = roundedUp(Math.sqrt(squares) * scale);
  words[facts + 12] = sum;
}

/** Makes a place one where no row is: no comparison with a bound that is not a number holds. */
export function clearRow(
  length: number,
  { codes, floats, words }: RowViews,
  block: number,
  lane: number,
): void {
  const start = block + 16 * lane;
  for (let i = 0; i < length; i += 16) codes.fill(0, start + 4 * i, start + 4 * i + 16);
  const facts = (block + 4 * length) / 4 + lane;
  floats[facts] = Number.NaN;
  floats[facts + 4] = 0;
  floats[facts + 8] = 0;
  words[facts + 12] = 0;
}

/** A query as the kernel takes it. */
export interface EncodedQuery {
  /** Uint7, padded. */
  codes: Int8Array;
  /** Scale, length, residual; the fourth is the bound, which rises during a search. */
  params: [number, number, number];
}

/** @throws SemblanceError DATA_INVALID for what is no vector of numbers */
export function encodeQuery(query: Float32Array): EncodedQuery {
  const codes = new Int8Array(paddedLength(query.length)).fill(QUERY_OFFSET);
  const largest = largestOf(query);
  const scale = Math.fround(largest / QUERY_MAX);
  const factor = scale > 0 ? 1 / scale : 0;
  let [squares, errors] = [0, 0];
  for (let i = 0; i < query.length; i++) {
    const value = query[i]!;
    const code = Math.max(-QUERY_MAX, Math.min(QUERY_MAX, Math.round(value * factor)));
    codes[i] = code + QUERY_OFFSET;
    squares += value * value;
    errors += (value - scale * code) ** 2;
  }
  const norm = Math.sqrt(squares);
  return { codes, params: [scale, roundedUp(norm), roundedUp(Math.sqrt(errors) + ROUNDING * norm)] };
}

const roundedUp = (value: number): number => Math.fround(value * (1 + ROUNDING) + TINY);

function largestOf(vector: Float32Array): number {
  let largest = 0;
  let sum = 0; // not a number where one of them is none
  for (let i = 0; i < vector.length; i++) {
    const size = Math.abs(vector[i]!);
    if (size > largest) largest = size;
    sum += size;
  }
  if (sum <= LONGEST) return largest;
  throw new SemblanceError(
    'DATA_INVALID',
    'expected an embedding of finite numbers, as long as a unit vector',
  );
}
