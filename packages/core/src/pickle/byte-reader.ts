import { PickleError } from './pickle-error.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A cursor over the bytes of a pickle; every read past the end is a PickleError `truncated`. */
export class ByteReader {
  position: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, position = 0) {
    // A Buffer's views would be Buffers, whose slice() is no copy.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
  }

  get remaining(): number {
    return this.#bytes.byteLength - this.position;
  }

  /** Moves past `count` bytes and gives the place where they begin. */
  #take(count: number): number {
    if (count > this.remaining) {
      throw new PickleError('truncated', `the pickle ends at byte ${this.#bytes.byteLength}, within a value`);
    }
    const at = this.position;
    this.position += count;
    return at;
  }

  uint8 = (): number => this.#view.getUint8(this.#take(1));
  uint16 = (): number => this.#view.getUint16(this.#take(2), true);
  uint32 = (): number => this.#view.getUint32(this.#take(4), true);
  int32 = (): number => this.#view.getInt32(this.#take(4), true);
  /** Pickle's only big-endian number. */
  float64BigEndian = (): number => this.#view.getFloat64(this.#take(8), false);

  /** An unsigned 64-bit length, refused where it is more than the bytes that are left. */
  length64(): number {
    const length = this.#view.getBigUint64(this.#take(8), true);
    if (length > BigInt(this.remaining)) {
      throw new PickleError('truncated', `a value claims ${length} bytes, ${this.remaining} are left`);
    }
    return Number(length);
  }

  /** A view of the next `count` bytes, not a copy. */
  bytes(count: number): Uint8Array {
    const at = this.#take(count);
    return this.#bytes.subarray(at, at + count);
  }

  text(count: number): string {
    return decodeUtf8(this.bytes(count));
  }

  /** The text up to the next newline, which is skipped. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.position);
    if (end < 0) throw new PickleError('truncated', 'the pickle ends within a line');
    const text = decodeUtf8(this.bytes(end - this.position));
    this.position = end + 1;
    return text;
  }
}

// Python writes lone surrogates as they are, so what strict UTF-8 refuses is read byte by byte.
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
}

/** A little-endian two's-complement integer: a number where it is safe, otherwise a bigint. */
export function decodeInteger(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (let i = bytes.byteLength - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
  if (bytes.byteLength > 0 && bytes[bytes.byteLength - 1]! >= 0x80)
    value -= 1n << BigInt(8 * bytes.byteLength);
  return narrow(value);
}

/** The integer as a number where it is safe, otherwise as the bigint it is. */
export function narrow(value: bigint): number | bigint {
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : value;
}
