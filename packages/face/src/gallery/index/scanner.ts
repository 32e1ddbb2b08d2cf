import { Candidates } from './candidates.ts';
import type { GrowingMemory } from './kernel/engine.ts';
import { type KernelKind, kernelOn, type Scan } from './kernel/kernel.ts';
import { type Layout, layoutOf } from './segments.ts';

/** Rows that a thread takes at a time: large enough to cost nothing, small enough that threads end together. */
export const CHUNK_ROWS = 8192;
/** So many rows are compared before the first bound is known; then four times as many with each step. */
const FIRST_ROWS = 64;

/** What is to be searched: the same for all threads. */
export interface Job {
  k: number;
  numQueries: number;
  /** Rows of every segment, from the first on. */
  rowsOf: readonly number[];
}

/** One thread's view of an index: searches what it is given of the rows. */
export class Scanner {
  readonly #layout: Layout;
  readonly #kind: KernelKind;
  readonly #capacity: number;
  readonly #thread: number;
  readonly #segments: { scan: Scan; words: Uint32Array; floats: Float32Array }[] = [];

  constructor(dimensions: number, capacity: number, kind: KernelKind, thread: number) {
    this.#layout = layoutOf(dimensions);
    this.#capacity = capacity;
    this.#kind = kind;
    this.#thread = thread;
  }

  get numSegments(): number {
    return this.#segments.length;
  }

  addSegment(memory: GrowingMemory): void {
    // the part before the rows is there from the start: views of it stay good as the memory grows
    const numWords = this.#layout.rows / 4;
    const words = new Uint32Array(memory.buffer, 0, numWords);
    const floats = new Float32Array(memory.buffer, 0, numWords);
    this.#segments.push({ scan: kernelOn(memory, this.#kind), words, floats });
  }

  /**
   * @param nextChunk the number of a chunk that no other thread has taken
   * @param params where the queries' parameters are: the bounds there rise for every thread that reads them
   * @returns for each query the rows that may be among its k best
   */
  search(job: Job, nextChunk: () => number, params = this.#layout.params): Candidates[] {
    const found = Array.from({ length: job.numQueries }, () => new Candidates(job.k));
    const chunks = chunksOf(job.rowsOf);
    let step = FIRST_ROWS;
    for (let chunk = nextChunk(); chunk < chunks.length; chunk = nextChunk()) {
      const { segment, from, to } = chunks[chunk]!;
      for (let row = from; row < to; step *= 4) {
        row = this.#scan(segment, row, Math.min(to, row + step), params, found);
      }
    }
    return found;
  }

  /** The same where another thread may still be at an earlier job: what that one writes is not read. */
  searchAlone(job: Job): Candidates[] {
    const { params, ownParams } = this.#layout;
    for (const { floats } of this.#segments)
      floats.copyWithin(ownParams / 4, params / 4, params / 4 + 4 * job.numQueries);
    let chunk = 0;
    return this.search(job, () => chunk++, ownParams);
  }

  #scan(segment: number, from: number, to: number, params: number, found: Candidates[]): number {
    const { scan, words, floats } = this.#segments[segment]!;
    const { length, queries, rows } = this.#layout;
    const numQueries = found.length;
    const out = this.#layout.out + this.#thread * this.#layout.outBytes;
    const outEnd = out + this.#layout.outBytes;
    // threads tell each other their bounds; one that another overwrites with a lower one costs candidates only
    for (let query = 0; query < numQueries; query++) {
      const at = params / 4 + 4 * query + 3;
      if (found[query]!.bound > floats[at]!) floats[at] = found[query]!.bound;
    }
    const { next, end } = scan(from, to, { rows, length, queries, numQueries, params, out, outEnd });
    for (let at = out / 4; at < end / 4; at += 4) {
      const row = segment * this.#capacity + words[at + 1]!;
      found[words[at]!]!.offer(row, floats[at + 2]!, floats[at + 3]!);
    }
    return next;
  }
}

/** The rows of all segments in pieces for threads to take. */
function chunksOf(rowsOf: readonly number[]): { segment: number; from: number; to: number }[] {
  return rowsOf.flatMap((numRows, segment) =>
    Array.from({ length: Math.ceil(numRows / CHUNK_ROWS) }, (_, i) => ({
      segment,
      from: i * CHUNK_ROWS,
      to: Math.min(numRows, (i + 1) * CHUNK_ROWS),
    })),
  );
}
