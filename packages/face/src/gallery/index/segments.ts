import { SemblanceError } from '../../error.ts';
import { blockBytesOf, clearRow, encodeRow, MAX_DIMENSIONS, paddedLength, type RowViews } from './codes.ts';
import { type GrowingMemory, webAssembly } from './kernel/engine.ts';

const PAGE_BYTES = 65_536;
/** Bytes by which a segment grows: nothing is copied. */
const STEP_BYTES = 4 << 20;
/** A segment is as large as this, so that 32 bits address it with room to spare. */
const SEGMENT_BYTES = 1 << 30;

/** Queries that one pass over the memory answers. */
export const MAX_QUERIES = 64;
/** Threads that may scan at once. */
export const MAX_THREADS = 16;
/** Where a thread writes what it finds: 16,384 pairs. */
const OUT_BYTES = 1 << 18;

/** Where things lie in a segment: parameters (twice, see `Scanner`) and codes of queries, what threads write, then rows. */
export function layoutOf(dimensions: number) {
  const length = paddedLength(dimensions);
  const ownParams = 16 * MAX_QUERIES;
  const queries = 2 * ownParams;
  const out = queries + MAX_QUERIES * length;
  const rows = Math.ceil((out + MAX_THREADS * OUT_BYTES) / PAGE_BYTES) * PAGE_BYTES;
  return { length, params: 0, ownParams, queries, out, outBytes: OUT_BYTES, rows };
}

export type Layout = ReturnType<typeof layoutOf>;

/** Rows in memory that never move: segments of shared memory, each growing in place. */
export class Segments {
  readonly dimensions: number;
  readonly layout: Layout;
  /** Rows of a full segment, a multiple of 4. */
  readonly capacity: number;
  readonly memories: GrowingMemory[] = [];
  readonly #views: RowViews[] = [];
  readonly #blockBytes: number;
  readonly #segmentBytes: number;

  /** @param segmentBytes for tests */
  constructor(dimensions: number, segmentBytes = SEGMENT_BYTES) {
    if (!(dimensions >= 1 && dimensions <= MAX_DIMENSIONS)) {
      throw new SemblanceError('INTERNAL', `an index of ${dimensions} numbers a row`);
    }
    this.dimensions = dimensions;
    this.layout = layoutOf(dimensions);
    this.#blockBytes = blockBytesOf(this.layout.length);
    this.#segmentBytes = segmentBytes;
    this.capacity = 4 * Math.max(1, Math.floor(segmentBytes / this.#blockBytes));
  }

  /** @throws SemblanceError DATA_INVALID for what is no vector of numbers; INTERNAL where there is no memory left */
  write(row: number, vector: Float32Array): void {
    const { views, block } = this.#place(row);
    encodeRow(vector, views, block, row % 4);
  }

  clear(row: number): void {
    const { views, block } = this.#place(row);
    clearRow(this.layout.length, views, block, row % 4);
  }

  /** The memory of rows, to be read or filled; it is added as needed. @param from a multiple of 4, as is `count` */
  blocks(from: number, count: number): Uint8Array[] {
    const parts: Uint8Array[] = [];
    for (let row = from; row < from + count; ) {
      const segment = Math.floor(row / this.capacity);
      const numRows = Math.min(from + count, (segment + 1) * this.capacity) - row;
      this.#place(row + numRows - 1);
      const { block } = this.#place(row);
      parts.push(new Uint8Array(this.memories[segment]!.buffer, block, (numRows / 4) * this.#blockBytes));
      row += numRows;
    }
    return parts;
  }

  /** Copies a row to a place of four rows elsewhere. @param into blocks like these, from `at` on */
  copyRow(row: number, into: Int32Array, at: number, lane: number): void {
    const { views, block } = this.#place(row);
    const from = block / 4;
    // 16 codes of each row in turn, then four words of facts
    for (let i = 0; i < this.#blockBytes / 4; i += 16) {
      const isFacts = 4 * i === 4 * this.layout.length;
      const [source, target] = isFacts ? [row % 4, lane] : [4 * (row % 4), 4 * lane];
      for (let word = 0; word < 4; word++) {
        const step = isFacts ? 4 * word : word;
        into[at + i + target + step] = views.words[from + i + source + step]!;
      }
    }
  }

  /** Where a row is; memory is added as needed. */
  #place(row: number): { views: RowViews; block: number } {
    const segment = Math.floor(row / this.capacity);
    while (segment >= this.memories.length) {
      const maximum = Math.ceil((this.layout.rows + this.#segmentBytes + this.#blockBytes) / PAGE_BYTES);
      const memory = newMemory(this.layout.rows / PAGE_BYTES, maximum);
      this.memories.push(memory);
      this.#views.push(viewsOf(memory));
    }
    const block = this.layout.rows + Math.floor((row % this.capacity) / 4) * this.#blockBytes;
    const missing = block + this.#blockBytes - this.#views[segment]!.codes.length;
    if (missing > 0) this.#grow(segment, missing);
    return { views: this.#views[segment]!, block };
  }

  #grow(segment: number, least: number): void {
    const memory = this.memories[segment]!;
    const before = memory.buffer.byteLength;
    const most = this.layout.rows + (this.capacity / 4) * this.#blockBytes;
    const numBytes = Math.max(least, this.#blockBytes, Math.min(STEP_BYTES, most - before));
    memory.grow(Math.ceil(numBytes / PAGE_BYTES));
    this.#views[segment] = viewsOf(memory);
    // places where no row is yet
    const first = Math.floor((before - this.layout.rows) / this.#blockBytes);
    const end = Math.floor((memory.buffer.byteLength - this.layout.rows) / this.#blockBytes);
    for (let block = first; block < end; block++)
      for (let lane = 0; lane < 4; lane++) this.#emptyPlace(this.#views[segment]!, block, lane);
  }

  #emptyPlace({ floats }: RowViews, block: number, lane: number): void {
    floats[(this.layout.rows + block * this.#blockBytes + 4 * this.layout.length) / 4 + lane] = Number.NaN;
  }
}

const viewsOf = ({ buffer }: GrowingMemory): RowViews => ({
  codes: new Int8Array(buffer),
  floats: new Float32Array(buffer),
  words: new Int32Array(buffer),
});

function newMemory(initial: number, maximum: number): GrowingMemory {
  if (webAssembly) return new webAssembly.Memory({ initial, maximum, shared: true });
  const buffer = new SharedArrayBuffer(initial * PAGE_BYTES, { maxByteLength: maximum * PAGE_BYTES });
  return { buffer, grow: (numPages) => buffer.grow(buffer.byteLength + numPages * PAGE_BYTES) };
}
