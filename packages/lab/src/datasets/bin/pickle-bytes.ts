import { SemblanceError } from '../../error.ts';

/** A cursor over the bytes of a pickle: every read past the end is DATA_CORRUPT. */
export class PickleBytes {
  position = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    // a Buffer's subarrays are Buffers: what is handed out is plain
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.#bytes.length;
  }

  uint8 = (): number => this.#view.getUint8(this.#take(1));
  uint16 = (): number => this.#view.getUint16(this.#take(2), true);
  uint32 = (): number => this.#view.getUint32(this.#take(4), true);
  int32 = (): number => this.#view.getInt32(this.#take(4), true);

  /** A 64-bit length; one that is more than the file has is refused when the bytes are taken. */
  length64(): number {
    return Number(this.#view.getBigUint64(this.#take(8), true));
  }

  /** The next bytes as a view. */
  bytes(count: number): Uint8Array {
    const at = this.#take(count);
    return this.#bytes.subarray(at, at + count);
  }

  text(count: number): string {
    return Buffer.from(this.bytes(count)).toString('utf8');
  }

  /** The text up to the next newline, which is passed over. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.position);
    const text = this.bytes((end < 0 ? this.length : end) - this.position);
    this.#take(1);
    return Buffer.from(text).toString('latin1');
  }

  #take(count: number): number {
    if (count > this.length - this.position) {
      throw new SemblanceError('DATA_CORRUPT', `the pickle ends at byte ${this.length}, within a value`);
    }
    const at = this.position;
    this.position += count;
    return at;
  }
}
