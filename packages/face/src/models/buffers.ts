/**
 * Large arrays that are used again instead of being allocated for each picture. A borrowed one belongs to
 * its borrower alone until it is given back, so that runs under way at the same time never share one.
 */
export class BufferPool {
  readonly #free: Float32Array[] = [];
  readonly #allocate: (length: number) => Float32Array;
  readonly #most: number;

  /**
   * @param allocate gives a new array.
   * @param most arrays kept at a time.
   */
  constructor(allocate: (length: number) => Float32Array, most: number) {
    this.#allocate = allocate;
    this.#most = most;
  }

  /** An array of exactly this length; its content is whatever was left there. */
  borrow(length: number): Float32Array {
    const at = this.#free.findIndex((buffer) => buffer.length === length);
    return at < 0 ? this.#allocate(length) : this.#free.splice(at, 1)[0]!;
  }

  giveBack(buffer: Float32Array): void {
    this.#free.push(buffer);
    if (this.#free.length > this.#most) this.#free.shift();
  }
}
