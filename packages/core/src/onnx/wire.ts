import { SemblanceError } from '../error.ts';

/** A field as it stands in a protobuf message: the bytes of what has a length, the number of what is one. */
export interface WireField {
  id: number;
  /** 0 varint, 1 eight bytes, 2 with a length, 5 four bytes. */
  wire: number;
  bytes: Uint8Array;
  value: number;
}

const none = new Uint8Array(0);

export const damaged = (): SemblanceError =>
  new SemblanceError('DATA_CORRUPT', 'it ends in the middle or is damaged');

/** A cursor over the bytes of a protobuf message. */
export class WireReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get hasMore(): boolean {
    return this.#at < this.#bytes.length;
  }

  /** The next field. @throws SemblanceError DATA_CORRUPT */
  field(): WireField {
    const tag = this.varint();
    const [id, wire] = [Math.floor(tag / 8), tag % 8];
    if (wire === 0) return { id, wire, bytes: none, value: this.varint() };
    if (wire === 1) return { id, wire, bytes: none, value: this.float64() };
    if (wire === 5) return { id, wire, bytes: none, value: this.float32() };
    if (wire !== 2) throw damaged(); // groups, which nobody writes any more
    const length = this.varint();
    const at = this.#take(length);
    return { id, wire, bytes: this.#bytes.subarray(at, at + length), value: 0 };
  }

  /** A whole number, negative ones as int64 has them; beyond 2^53 it is rounded. */
  varint(): number {
    let [value, factor] = [0, 1];
    const start = this.#at;
    for (let count = 0; count < 10 && this.hasMore; count++, factor *= 128) {
      const byte = this.#bytes[this.#at++]!;
      value += (byte & 127) * factor;
      if (byte < 128) return count < 9 ? value : Number(this.#int64(start));
    }
    throw damaged();
  }

  float32 = (): number => this.#view.getFloat32(this.#take(4), true);
  float64 = (): number => this.#view.getFloat64(this.#take(8), true);

  #int64(start: number): bigint {
    let value = 0n;
    for (let at = this.#at - 1; at >= start; at--) value = (value << 7n) | BigInt(this.#bytes[at]! & 127);
    return BigInt.asIntN(64, value);
  }

  #take(count: number): number {
    const at = this.#at;
    if (count < 0 || at + count > this.#bytes.length) throw damaged();
    this.#at += count;
    return at;
  }
}
