import { Deserializer, Serializer } from 'node:v8';

// A message on a pipe: the length of its head (4 bytes, the lowest first), its head, then the bytes of the arrays that are in
// it. The head is V8's form of the message with a kind and a length in the place of each array. So arrays, which are nearly all
// of what is sent, go to the system from where they lie, and are read into where they stay.

const LENGTH_BYTES = 4;

interface Kind {
  new (buffer: ArrayBuffer, byteOffset: number, length: number): ArrayBufferView;
  /** Not of a DataView, whose length is in bytes. */
  readonly BYTES_PER_ELEMENT?: number;
}

/** Kinds of arrays; those that are sent most come first. */
const kinds: readonly Kind[] = [
  ...[Uint8Array, Float32Array, Float64Array, Int32Array, Uint32Array, Int8Array, Uint8ClampedArray],
  ...[Int16Array, Uint16Array, BigInt64Array, BigUint64Array, DataView],
];

class HeadWriter extends Serializer {
  readonly arrays: Uint8Array[] = [];
  declare _setTreatArrayBufferViewsAsHostObjects: (isHost: boolean) => void;

  constructor() {
    super();
    this._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(object: object): void {
    const kind = kinds.findIndex((Kind) => object instanceof Kind);
    if (kind < 0) throw new DOMException('the object could not be cloned', 'DataCloneError');
    const { buffer, byteOffset, byteLength } = object as ArrayBufferView;
    this.writeUint32(kind);
    this.writeUint32(byteLength);
    this.arrays.push(new Uint8Array(buffer, byteOffset, byteLength));
  }
}

/**
 * The bytes of a message, to be written one piece after the other. Arrays in it are not copied: they are to be left as they are
 * until all is written.
 *
 * @throws Error where something in it cannot be copied, as a function
 */
export function frameOf(message: unknown): Uint8Array[] {
  const writer = new HeadWriter();
  writer.writeRawBytes(new Uint8Array(LENGTH_BYTES));
  writer.writeHeader();
  writer.writeValue(message);
  const head = writer.releaseBuffer();
  head.writeUInt32LE(head.length - LENGTH_BYTES);
  return [head, ...writer.arrays.filter(({ length }) => length > 0)];
}

class HeadReader extends Deserializer {
  /** Arrays of the message, whose bytes are yet to come. */
  readonly arrays: Uint8Array[] = [];

  _readHostObject(): ArrayBufferView {
    const Kind = kinds[this.readUint32()]!;
    const bytes = new Uint8Array(this.readUint32());
    if (bytes.length > 0) this.arrays.push(bytes);
    return new Kind(bytes.buffer, 0, bytes.length / (Kind.BYTES_PER_ELEMENT ?? 1));
  }
}

/** Puts messages together from what a pipe gives, in pieces of any size. */
export class FrameReader {
  readonly #take: (message: unknown) => void;
  /** What is read next, in this order. */
  #wanted: Uint8Array[] = [];
  /** How much of the first of them is there. */
  #numRead = 0;
  #isHead = false;
  #message: unknown;

  /** @param take is given each message; arrays in it have memory of their own */
  constructor(take: (message: unknown) => void) {
    this.#take = take;
    this.#begin();
  }

  /** @throws Error where the bytes are no message */
  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      const target = this.#wanted[0]!;
      const count = Math.min(target.length - this.#numRead, bytes.length - at);
      target.set(bytes.subarray(at, at + count), this.#numRead);
      at += count;
      this.#numRead += count;
      if (this.#numRead === target.length) this.#finish(target);
    }
  }

  #begin(): void {
    this.#isHead = false;
    this.#message = undefined;
    this.#wanted = [new Uint8Array(LENGTH_BYTES)];
    this.#numRead = 0;
  }

  /** One of the wanted is there. */
  #finish(piece: Uint8Array): void {
    this.#numRead = 0;
    this.#wanted.shift();
    if (this.#isHead) {
      const reader = new HeadReader(piece);
      reader.readHeader();
      this.#message = reader.readValue();
      this.#wanted = reader.arrays;
      this.#isHead = false;
    } else if (this.#message === undefined) {
      const length = new DataView(piece.buffer).getUint32(0, true);
      this.#wanted = [new Uint8Array(length)];
      this.#isHead = true;
      return;
    }
    if (this.#wanted.length > 0) return;
    const message = this.#message;
    this.#begin();
    this.#take(message);
  }
}
