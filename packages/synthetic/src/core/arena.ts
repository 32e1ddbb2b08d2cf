/**
 * Scratch memory for one picture: arrays are cut from one block that is used anew for the next picture,
 * because hundreds of kilobytes a picture from the heap would cost as much in collection as in work.
 * Arrays from it hold old values and live until the next `reset`.
 */
export class Arena {
  #block = new Float32Array(1 << 20);
  #used = 0;

  reset(): void {
    this.#used = 0;
  }

  floats(count: number): Float32Array {
    if (this.#used + count > this.#block.length) {
      // Arrays already given keep the old block alive; the next picture starts in the new one.
      this.#block = new Float32Array(2 * this.#block.length + count);
      this.#used = 0;
    }
    const array = this.#block.subarray(this.#used, this.#used + count);
    this.#used += count;
    return array;
  }

  copy(from: Float32Array): Float32Array {
    const array = this.floats(from.length);
    array.set(from);
    return array;
  }
}

/** The arena of the person being drawn. */
export const scratch = new Arena();
