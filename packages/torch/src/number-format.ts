import { arrayOf, type DType } from './dtype.ts';

export type Element = number | bigint | boolean;

/** The elements of a tensor's bytes as JavaScript's values: 16-bit floats as numbers, int64 as bigints. */
export function decodeElements(bytes: ArrayBuffer, dtype: DType): Element[] {
  const array = new arrayOf[dtype](bytes);
  if (dtype === 'bool') return Array.from(array as Uint8Array, (byte) => byte !== 0);
  if (dtype === 'float16') return Array.from(array as Uint16Array, fromHalf);
  if (dtype === 'bfloat16') {
    const bits = Uint32Array.from(array as Uint16Array, (upper) => upper << 16);
    return [...new Float32Array(bits.buffer)];
  }
  return [...(array as Iterable<number | bigint>)];
}

/** The value of a binary16: 1 bit sign, 5 exponent, 10 fraction. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15));
}

const isFloat = (dtype: DType) => dtype.includes('float');

/** One way of writing for all elements of a tensor, as PyTorch chooses it. */
export interface NumberFormat {
  width: number;
  format(value: Element): string;
}

export function numberFormat(values: readonly Element[], dtype: DType): NumberFormat {
  const write = isFloat(dtype) ? floatWriter(values as number[]) : String;
  const counted = isFloat(dtype) ? (values as number[]).filter(isOrdinary) : values;
  const width = counted.reduce<number>((most, value) => Math.max(most, write(value).length), 1);
  return { width, format: (value) => write(value).padStart(width) };
}

const isOrdinary = (value: number) => Number.isFinite(value) && value !== 0;

/**
 * Whole values get a point at the end, others four digits behind it; with exponents where values are above 1e8, below
 * 1e-4 (but in whole ones), or a thousand times each other.
 */
function floatWriter(values: readonly number[]): (value: Element) => string {
  const sizes = values.filter(isOrdinary).map(Math.abs);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const smallest = sizes.reduce((a, b) => Math.min(a, b), Infinity);
  const isWhole = sizes.every(Number.isInteger);
  const isWide = largest / smallest > 1000 || largest > 1e8 || (!isWhole && smallest < 1e-4);
  return (element) => {
    const value = element as number;
    if (Number.isNaN(value)) return 'nan';
    const sign = value < 0 || Object.is(value, -0) ? '-' : '';
    const size = Math.abs(value);
    if (size === Infinity) return `${sign}inf`;
    if (sizes.length > 0 && isWide) return sign + withExponent(size);
    return sign + (isWhole ? `${size.toFixed(0)}.` : halfToEven(size.toFixed(4), size.toFixed(60)));
  };
}

function withExponent(value: number): string {
  const [mantissa, exponent] = value.toExponential(4).split('e') as [string, string];
  const [exact, exactExponent] = value.toExponential(60).split('e') as [string, string];
  const digits = exponent === exactExponent ? halfToEven(mantissa, exact) : mantissa;
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

/** JavaScript rounds a five at the end up, C and Python to the even digit. */
function halfToEven(rounded: string, exact: string): string {
  const numKept = exact.indexOf('.') + 5;
  const isTie = /^50*$/.test(exact.slice(numKept));
  return isTie && Number(exact[numKept - 1]) % 2 === 0 ? exact.slice(0, numKept) : rounded;
}
