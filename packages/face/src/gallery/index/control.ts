import type { Candidate, Candidates } from './candidates.ts';
import type { Job } from './scanner.ts';
import { MAX_THREADS } from './segments.ts';

// What the threads of one index share besides its rows: the job in work, who has joined it, which chunk is next, and
// what the helpers found. A helper joins a job while it is open; who comes late has nothing to do, and touches nothing.

const STATE = 0; // generation · 256 + (open ? 128 : 0) + helpers that have joined
const NEXT_CHUNK = 1;
const FINISHED = 2;
const FAILED = 3;
const K = 4;
const NUM_QUERIES = 5;
const NUM_SEGMENTS = 6;
const ROWS = 8;
/** 64 GiB of rows. */
const MAX_SEGMENTS = 64;
const OPEN = 128;
/** What a helper leaves in FAILED. */
const [HAS_FAILED, HAS_TOO_MANY] = [1, 2];
const GENERATIONS = 2 ** 22;

/** Pairs of a query and a row that a helper can hand over: where there are more, the caller searches for them again. */
export const SLOT_PAIRS = 1 << 16;
const HEADER_WORDS = ROWS + MAX_SEGMENTS;
const SLOT_WORDS = 4 * SLOT_PAIRS + 4;

/** The shared state of an index's threads. */
export class Control {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #floats: Float32Array<SharedArrayBuffer>;

  /** @param shared another thread's; a new one if not given */
  constructor(shared: SharedArrayBuffer | { helpers: number }) {
    this.buffer =
      shared instanceof SharedArrayBuffer
        ? shared
        : new SharedArrayBuffer(4 * (HEADER_WORDS + Math.min(shared.helpers, MAX_THREADS - 1) * SLOT_WORDS));
    this.#words = new Int32Array(this.buffer);
    this.#floats = new Float32Array(this.buffer);
  }

  // for the caller

  open({ k, numQueries, rowsOf }: Job): void {
    const words = this.#words;
    words[K] = Math.min(k, 2 ** 31 - 1);
    words[NUM_QUERIES] = numQueries;
    words[NUM_SEGMENTS] = rowsOf.length;
    words.set(rowsOf, ROWS);
    Atomics.store(words, FAILED, 0);
    Atomics.store(words, FINISHED, 0);
    Atomics.store(words, NEXT_CHUNK, 0);
    const generation = ((Atomics.load(words, STATE) >> 8) + 1) % GENERATIONS;
    Atomics.store(words, STATE, (generation << 8) | OPEN);
    Atomics.notify(words, STATE);
  }

  /**
   * Lets nobody join any more, and waits for those who have.
   *
   * @returns how many that were; `lost` where one of them has failed or has not ended in time, `too many` where one found
   *   more than it can hand over
   */
  close(timeoutMs: number): number | 'lost' | 'too many' {
    const words = this.#words;
    const joined = Atomics.and(words, STATE, ~OPEN) & (OPEN - 1);
    const endMs = performance.now() + timeoutMs;
    for (let done = Atomics.load(words, FINISHED); done < joined; done = Atomics.load(words, FINISHED)) {
      if (Atomics.wait(words, FINISHED, done, endMs - performance.now()) === 'timed-out') return 'lost';
    }
    const failed = Atomics.load(words, FAILED);
    if (failed === 0) return joined;
    return failed & HAS_FAILED ? 'lost' : 'too many';
  }

  /** What the helper found that joined as the `place`-th, into the caller's own. */
  take(place: number, found: readonly Candidates[]): void {
    const start = HEADER_WORDS + place * SLOT_WORDS;
    const end = start + 4 + 4 * this.#words[start]!;
    for (let at = start + 4; at < end; at += 4)
      found[this.#words[at]!]!.offer(
        this.#words[at + 1]! >>> 0,
        this.#floats[at + 2]!,
        this.#floats[at + 3]!,
      );
  }

  nextChunk(): number {
    return Atomics.add(this.#words, NEXT_CHUNK, 1);
  }

  // for helpers

  /** Waits for a job that is open, and joins it. */
  join(after: number): { place: number; generation: number; job: Job } {
    const words = this.#words;
    while (true) {
      const state = Atomics.load(words, STATE);
      const generation = state >> 8;
      if (!(state & OPEN) || generation === after) Atomics.wait(words, STATE, state);
      else if (Atomics.compareExchange(words, STATE, state, state + 1) === state) {
        const rowsOf = [...words.subarray(ROWS, ROWS + words[NUM_SEGMENTS]!)];
        const job: Job = { k: words[K]!, numQueries: words[NUM_QUERIES]!, rowsOf };
        return { place: state & (OPEN - 1), generation, job };
      }
    }
  }

  /** Hands over what a helper found; null where it has failed. */
  finish(place: number, found: readonly Candidate[][] | null): void {
    const start = HEADER_WORDS + place * SLOT_WORDS;
    const count = found?.reduce((sum, rows) => sum + rows.length, 0) ?? 0;
    if (found === null) Atomics.or(this.#words, FAILED, HAS_FAILED);
    else if (count > SLOT_PAIRS) Atomics.or(this.#words, FAILED, HAS_TOO_MANY);
    else {
      this.#words[start] = count;
      let at = start + 4;
      for (const [query, rows] of found.entries()) {
        for (const { row, upper, lower } of rows) {
          this.#words[at] = query;
          this.#words[at + 1] = row;
          this.#floats[at + 2] = upper;
          this.#floats[at + 3] = lower;
          at += 4;
        }
      }
    }
    Atomics.add(this.#words, FINISHED, 1);
    Atomics.notify(this.#words, FINISHED);
  }
}
