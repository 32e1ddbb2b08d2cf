/** A row with bounds of its similarity. */
export interface Candidate {
  row: number;
  upper: number;
  lower: number;
}

/**
 * The rows that may be among a query's k most similar, from bounds of their similarities.
 *
 * Of k rows whose similarity is at least `bound`, none that stays below it can be among the best.
 */
export class Candidates {
  readonly #k: number;
  /** The k largest lower bounds, as a heap with the smallest on top. */
  readonly #lowers: number[] = [];
  #rows: number[] = [];
  #uppers: number[] = [];
  #lowersOf: number[] = [];
  #pruneAt: number;

  constructor(k: number) {
    this.#k = k;
    this.#pruneAt = 8 * k + 1024;
  }

  /** The k-th largest lower bound so far. */
  get bound(): number {
    return this.#lowers.length < this.#k ? Number.NEGATIVE_INFINITY : this.#lowers[0]!;
  }

  offer(row: number, upper: number, lower: number): void {
    if (upper < this.bound) return;
    this.#rows.push(row);
    this.#uppers.push(upper);
    this.#lowersOf.push(lower);
    this.#raise(lower);
    if (this.#rows.length >= this.#pruneAt) {
      this.#prune();
      this.#pruneAt = Math.max(this.#pruneAt, 2 * this.#rows.length);
    }
  }

  /** The rows left, by falling upper bound. */
  sorted(): Candidate[] {
    this.#prune();
    const all = this.#rows.map((row, i) => ({ row, upper: this.#uppers[i]!, lower: this.#lowersOf[i]! }));
    return all.sort((a, b) => b.upper - a.upper || a.row - b.row);
  }

  #prune(): void {
    const { bound } = this;
    const kept = this.#rows.map((_, i) => i).filter((i) => this.#uppers[i]! >= bound);
    this.#rows = kept.map((i) => this.#rows[i]!);
    this.#uppers = kept.map((i) => this.#uppers[i]!);
    this.#lowersOf = kept.map((i) => this.#lowersOf[i]!);
  }

  #raise(lower: number): void {
    const heap = this.#lowers;
    if (heap.length < this.#k) {
      heap.push(lower);
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (heap[parent]! <= heap[at]!) return;
        [heap[parent], heap[at]] = [heap[at]!, heap[parent]!];
        at = parent;
      }
      return;
    }
    if (lower <= heap[0]!) return;
    heap[0] = lower;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      if (left >= heap.length) return;
      const child = left + 1 < heap.length && heap[left + 1]! < heap[left]! ? left + 1 : left;
      if (heap[at]! <= heap[child]!) return;
      [heap[child], heap[at]] = [heap[at]!, heap[child]!];
      at = child;
    }
  }
}
