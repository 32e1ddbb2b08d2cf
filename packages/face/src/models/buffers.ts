/** A buffer this many times as large as what is wanted is left for others: an enormous picture's is not kept for small ones. */
const MOST_SPARE = 8;

/**
 * Large arrays that are used again instead of being allocated for each picture. A borrowed one belongs to
 * its borrower alone until it is given back, so that runs under way at the same time never share one.
 */
export class BufferPool {
  readonly #free: Float32Array[] = [];
  readonly #allocate: (length: number) => Float32Array;
  readonly #most: number;

  /**
   * @param allocate gives a new array, with memory of its own.
   * @param most arrays kept at a time.
   */
  constructor(allocate: (length: number) => Float32Array, most: number) {
    this.#allocate = allocate;
    this.#most = most;
  }

  /**
   * An array of exactly this length, which may be the beginning of a larger one: batches of every size share it. Its
   * content is whatever was left there.
   */
  borrow(length: number): Float32Array {
    let best = -1;
    for (const [i, { length: size }] of this.#free.entries()) {
      const fits = size >= length && size <= MOST_SPARE * length;
      if (fits && (best < 0 || size < this.#free[best]!.length)) best = i;
    }
    return best < 0 ? this.#allocate(length) : this.#free.splice(best, 1)[0]!.subarray(0, length);
  }

  giveBack(buffer: Float32Array): void {
    this.#free.push(new Float32Array(buffer.buffer));
    if (this.#free.length > this.#most) this.#free.shift();
  }
}
