import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { SemblanceError } from '../../error.ts';
import { decodeRecord } from './record-format.ts';
import { parseRecordIndex } from './record-index.ts';

/** Records of a `.rec` file by byte ranges; plain data, typed arrays in memory that threads share. */
export interface RecordRanges {
  file: string;
  /** Rising. */
  keys: Float64Array;
  starts: Float64Array;
  /** First byte after each record, or after what may belong to it. */
  ends: Float64Array;
}

/**
 * The records that an `.idx` file names in a `.rec` file.
 *
 * @throws SemblanceError DATA_INVALID; DATA_EMPTY; DATA_CORRUPT where the index points behind the end of the file.
 */
export async function readRecordRanges(file: string, indexFile: string): Promise<RecordRanges> {
  const { keys, offsets } = parseRecordIndex(await readFile(indexFile), indexFile);
  const { size } = await stat(file);
  const n = keys.length;
  const byOffset = Uint32Array.from(keys, (_, i) => i).sort((a, b) => offsets[a]! - offsets[b]!);
  const last = offsets[byOffset[n - 1]!]!;
  if (last >= size) {
    const message = `${file} has ${size} bytes, but its index points at byte ${last}: the file is cut short`;
    throw new SemblanceError('DATA_CORRUPT', message);
  }
  const ranges = { file, keys: sharedFloats(n), starts: sharedFloats(n), ends: sharedFloats(n) };
  ranges.keys.set(keys);
  ranges.starts.set(offsets);
  // a record ends where the next one begins: one read brings all of it
  for (let i = 0; i < n; i++) ranges.ends[byOffset[i]!] = i + 1 < n ? offsets[byOffset[i + 1]!]! : size;
  return ranges;
}

/** The n-th records of these, in the order given. */
export function selectRanges(ranges: RecordRanges, indices: ArrayLike<number>): RecordRanges {
  const pick = (values: Float64Array): Float64Array => {
    const picked = sharedFloats(indices.length);
    for (let i = 0; i < indices.length; i++) picked[i] = values[indices[i]!]!;
    return picked;
  };
  return {
    file: ranges.file,
    keys: pick(ranges.keys),
    starts: pick(ranges.starts),
    ends: pick(ranges.ends),
  };
}

/** Index of a key, by halving; −1 where it is not there. */
export function indexOfKey({ keys }: RecordRanges, key: number): number {
  let [low, high] = [0, keys.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (keys[middle] === key) return middle;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Reads records at random, any number at a time; the file is opened with the first one. */
export class RecordReader {
  readonly ranges: RecordRanges;
  #file: Promise<FileHandle> | undefined;

  constructor(ranges: RecordRanges) {
    this.ranges = ranges;
  }

  /** How the n-th record is called in messages. */
  where(index: number): string {
    return `${this.ranges.file}, record ${this.ranges.keys[index]}`;
  }

  /** Payload of the n-th record; at most the first `maxBytes` of its file range are read, where given. */
  async read(index: number): Promise<Uint8Array> {
    const bytes = await this.#bytes(index, Number.POSITIVE_INFINITY);
    return decodeRecord(bytes, this.where(index)).payload;
  }

  /** The first bytes of the n-th payload, where its first part has as many; for labels without pictures. */
  async readHead(index: number, numBytes: number): Promise<Uint8Array> {
    const bytes = await this.#bytes(index, 8 + numBytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const isShort = bytes.length < 8 + numBytes || (view.getUint32(4, true) & (2 ** 29 - 1)) < numBytes;
    // a part so short is rare: the whole record tells
    return isShort ? (await this.read(index)).subarray(0, numBytes) : bytes.subarray(8);
  }

  async close(): Promise<void> {
    await (await this.#file)?.close();
    this.#file = undefined;
  }

  async #bytes(index: number, most: number): Promise<Uint8Array> {
    this.#file ??= open(this.ranges.file, 'r');
    const start = this.ranges.starts[index]!;
    const length = Math.min(most, this.ranges.ends[index]! - start);
    const bytes = Buffer.allocUnsafeSlow(length);
    const { bytesRead } = await (await this.#file).read(bytes, 0, length, start);
    return bytes.subarray(0, bytesRead);
  }
}

/** Zeros in memory that crosses to worker threads without a copy. */
export function sharedFloats(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(8 * length));
}
