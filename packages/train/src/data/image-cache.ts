import type { Image } from '@semblance/face/image';

/** The memory of a cache: it crosses to worker threads as it is, and all see the same images. */
export interface ImageCacheMemory {
  pixels: SharedArrayBuffer;
  /** Four 32-bit words an image: state, offset in units of 16 bytes, width, height. */
  entries: SharedArrayBuffer;
  /** Units of 16 bytes taken so far. */
  used: SharedArrayBuffer;
}

/** Why an image cannot be used: it could not be decoded, or is none that training takes. */
export type Unusable = 'unreadable' | 'unfit';

/** Decoded images that worker threads share; an image is decoded once, by whoever needs it first. */
export interface ImageCache {
  /** The image, a view into the cache; why it cannot be used, or undefined where it is not here. */
  get(index: number): Image | Unusable | undefined;
  /** Keeps the image if there is room. */
  put(index: number, image: Image): void;
  mark(index: number, why: Unusable): void;
}

const empty = 0;
const beingWritten = 1;
const ready = 2;
const states: Record<Unusable, number> = { unreadable: 3, unfit: 4 };

/** @param capacityBytes memory for pixels; it is taken from the system only as it fills */
export function createCacheMemory(numImages: number, capacityBytes: number): ImageCacheMemory {
  return {
    pixels: new SharedArrayBuffer(Math.floor(capacityBytes / 16) * 16),
    entries: new SharedArrayBuffer(16 * numImages),
    used: new SharedArrayBuffer(4),
  };
}

/** The cache in this memory, for one thread. */
export function openImageCache({ pixels, entries, used }: ImageCacheMemory): ImageCache {
  const bytes = new Uint8Array(pixels);
  const table = new Int32Array(entries);
  const usedUnits = new Int32Array(used);
  const capacityUnits = pixels.byteLength / 16;

  /** Takes room for that many units, or gives −1. */
  const reserve = (units: number): number => {
    for (;;) {
      const before = Atomics.load(usedUnits, 0);
      if (before + units > capacityUnits) return -1;
      if (Atomics.compareExchange(usedUnits, 0, before, before + units) === before) return before;
    }
  };

  return {
    get(index) {
      const state = Atomics.load(table, 4 * index);
      if (state === states.unreadable) return 'unreadable';
      if (state === states.unfit) return 'unfit';
      if (state !== ready) return undefined;
      const offset = (table[4 * index + 1]! >>> 0) * 16;
      const width = table[4 * index + 2]!;
      const height = table[4 * index + 3]!;
      return { data: bytes.subarray(offset, offset + width * height * 3), width, height };
    },
    put(index, image) {
      // Two threads may have decoded the same image: the first one keeps it.
      if (Atomics.compareExchange(table, 4 * index, empty, beingWritten) !== empty) return;
      const unit = reserve(Math.ceil(image.data.length / 16));
      if (unit === -1) {
        Atomics.store(table, 4 * index, empty);
        return;
      }
      bytes.set(image.data, unit * 16);
      table[4 * index + 1] = unit;
      table[4 * index + 2] = image.width;
      table[4 * index + 3] = image.height;
      Atomics.store(table, 4 * index, ready);
    },
    mark(index, why) {
      Atomics.compareExchange(table, 4 * index, empty, states[why]);
    },
  };
}
