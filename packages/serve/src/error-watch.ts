export interface ErrorWatchOptions {
  /** Requests that are looked back on. */
  window?: number;
  /** Requests before anything is said. */
  least?: number;
  /** Share of faults that is too much. */
  tooMuch?: number;
}

/** Keeps an eye on the last requests, and speaks up once where too many of them failed. */
export class ErrorWatch {
  readonly #faults: boolean[] = [];
  readonly #options: Required<ErrorWatchOptions>;
  #hasSpoken = false;

  constructor({ window = 50, least = 10, tooMuch = 0.2 }: ErrorWatchOptions = {}) {
    this.#options = { window, least, tooMuch };
  }

  /** The last requests, and how many of them failed. */
  get counts(): { requests: number; faults: number } {
    return { requests: this.#faults.length, faults: this.#faults.filter(Boolean).length };
  }

  /** Takes a request's outcome down; gives the share of faults where it has become too much, else null. */
  note(isFault: boolean): number | null {
    const { window, least, tooMuch } = this.#options;
    this.#faults.push(isFault);
    if (this.#faults.length > window) this.#faults.shift();
    if (this.#hasSpoken || this.#faults.length < least) return null;
    const share = this.#faults.filter(Boolean).length / this.#faults.length;
    if (share <= tooMuch) return null;
    this.#hasSpoken = true;
    return share;
  }
}
