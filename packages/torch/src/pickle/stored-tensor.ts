import { TorchError } from '../error.ts';
import type { DType } from '../tensor.ts';

/** A storage class of torch: what its elements are. */
export class StorageKind {
  readonly dtype: DType;
  readonly elementBytes: number;

  constructor(dtype: DType, elementBytes: number) {
    this.dtype = dtype;
    this.elementBytes = elementBytes;
  }
}

/** A run of elements that tensors share; its bytes are attached once the file's data section is read. */
export class TorchStorage {
  readonly kind: StorageKind;
  readonly key: string;
  readonly numel: number;
  readonly #whole: TorchStorage | undefined;
  readonly #offset: number;
  #bytes: Uint8Array | undefined;

  constructor(kind: StorageKind, key: string, numel: number, whole?: TorchStorage, offset = 0) {
    this.kind = kind;
    this.key = key;
    this.numel = numel;
    this.#whole = whole;
    this.#offset = offset;
  }

  get sizeBytes(): number {
    return this.numel * this.kind.elementBytes;
  }

  /** A part of this storage, in elements. */
  slice(offset: number, numel: number): TorchStorage {
    if (offset + numel > this.numel)
      throw new TorchError('PICKLE_INVALID', `a view leaves the storage ${this.key}`);
    return new TorchStorage(this.kind, this.key, numel, this, offset);
  }

  attach(bytes: Uint8Array): void {
    this.#bytes = bytes;
  }

  /** The little-endian elements, a view of the file's bytes. @throws TorchError TORCH_FILE_INVALID where missing */
  get bytes(): Uint8Array {
    if (this.#whole) {
      const begin = this.#offset * this.kind.elementBytes;
      return this.#whole.bytes.subarray(begin, begin + this.sizeBytes);
    }
    if (!this.#bytes)
      throw new TorchError('TORCH_FILE_INVALID', `the data of the storage ${this.key} is missing`);
    return this.#bytes;
  }
}

interface Layout {
  shape: number[];
  /** In elements. */
  strides: number[];
  /** In elements, from the beginning of the storage. */
  offset: number;
  requiresGrad: boolean;
}

/** A tensor as a torch file describes it: a strided view of a storage. */
export class StoredTensor {
  readonly storage: TorchStorage;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly requiresGrad: boolean;

  /** @throws TorchError PICKLE_INVALID where the view leaves its storage */
  constructor(storage: TorchStorage, layout: Layout) {
    this.storage = storage;
    this.shape = layout.shape;
    this.strides = layout.strides;
    this.offset = layout.offset;
    this.requiresGrad = layout.requiresGrad;
    const last = this.shape.reduce((at, size, d) => at + (size - 1) * this.strides[d]!, this.offset);
    if (this.numel > 0 && last >= storage.numel) {
      const view = `[${this.shape}] with strides [${this.strides}] at ${this.offset}`;
      throw new TorchError(
        'PICKLE_INVALID',
        `a tensor ${view} leaves its storage of ${storage.numel} elements`,
      );
    }
  }

  get dtype(): DType {
    return this.storage.kind.dtype;
  }

  get numel(): number {
    return this.shape.reduce((n, size) => n * size, 1);
  }

  get sizeBytes(): number {
    return this.numel * this.storage.kind.elementBytes;
  }

  withGrad(requiresGrad: boolean): StoredTensor {
    const { shape, strides, offset } = this;
    return new StoredTensor(this.storage, { shape: [...shape], strides: [...strides], offset, requiresGrad });
  }

  /** The elements in row-major order as little-endian bytes: a view where they lie like that, else a copy. */
  toBytes(): Uint8Array {
    const { elementBytes } = this.storage.kind;
    const source = this.storage.bytes;
    if (this.#isRowMajor())
      return source.subarray(this.offset * elementBytes, this.offset * elementBytes + this.sizeBytes);
    const out = new Uint8Array(this.sizeBytes);
    const index = new Array<number>(this.shape.length).fill(0);
    let at = this.offset;
    for (let to = 0; to < out.byteLength; to += elementBytes) {
      for (let b = 0; b < elementBytes; b++) out[to + b] = source[at * elementBytes + b]!;
      for (let d = index.length - 1; d >= 0; d--) {
        at += this.strides[d]!;
        if (++index[d]! < this.shape[d]!) break;
        at -= this.strides[d]! * this.shape[d]!;
        index[d] = 0;
      }
    }
    return out;
  }

  #isRowMajor(): boolean {
    let expected = 1;
    for (let d = this.shape.length - 1; d >= 0; d--) {
      if (this.shape[d] !== 1 && this.strides[d] !== expected) return this.numel === 0;
      expected *= this.shape[d]!;
    }
    return true;
  }
}
