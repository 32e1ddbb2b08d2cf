import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '@semblance/core/random';

export const NUM_QUERIES = 64;
/** Queries whose true neighbors are known. */
export const NUM_JUDGED = 16;
export const NUM_TRUE = 10;
const PHOTOS_PER_PERSON = 5;
const CHUNK_ROWS = 10_000;

/** Writes `vectors.f32` and `queries.f32`: rows of float32, the same ones every time. */
export function writeVectors(folder: string, rows: number, dimensions: number): void {
  const normal = normals(1);
  const center = new Float32Array(dimensions);
  const file = openSync(join(folder, 'vectors.f32'), 'w');
  const queries: Float32Array[] = [];
  const queryEvery = Math.floor(rows / NUM_QUERIES);
  const chunk = new Float32Array(Math.min(rows, CHUNK_ROWS) * dimensions);
  for (let row = 0; row < rows; row++) {
    if (row % PHOTOS_PER_PERSON === 0) for (let i = 0; i < dimensions; i++) center[i] = normal();
    const at = row % CHUNK_ROWS;
    photoOf(center, normal, chunk.subarray(at * dimensions, (at + 1) * dimensions));
    if (row % queryEvery === 0 && queries.length < NUM_QUERIES)
      queries.push(photoOf(center, normal, new Float32Array(dimensions)));
    if (at === CHUNK_ROWS - 1 || row === rows - 1)
      writeSync(file, new Uint8Array(chunk.buffer, 0, 4 * dimensions * (at + 1)));
  }
  closeSync(file);
  const out = openSync(join(folder, 'queries.f32'), 'w');
  for (const query of queries) writeSync(out, new Uint8Array(query.buffer));
  closeSync(out);
}

/** A person's center with noise, as a unit vector. */
function photoOf(center: Float32Array, normal: () => number, into: Float32Array): Float32Array {
  let squares = 0;
  for (let i = 0; i < into.length; i++) {
    const value = center[i]! + 0.8 * normal();
    into[i] = value;
    squares += value * value;
  }
  const factor = 1 / Math.sqrt(squares);
  for (let i = 0; i < into.length; i++) into[i] = into[i]! * factor;
  return into;
}

/** Normal numbers out of a table: a gigabyte of them in seconds. */
function normals(seed: number): () => number {
  const random = Random.of(seed);
  const table = Float32Array.from({ length: 65_536 }, () => random.normal());
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return table[state & 65_535]!;
  };
}

/** The rows of a file in turn, in pieces: of each the number of its first row. */
export function* readRows(
  folder: string,
  rows: number,
  dimensions: number,
): Generator<[number, Float32Array[]]> {
  const file = openSync(join(folder, 'vectors.f32'), 'r');
  try {
    for (let from = 0; from < rows; from += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, rows - from);
      const floats = new Float32Array(count * dimensions);
      readSync(file, new Uint8Array(floats.buffer), 0, floats.byteLength, 4 * from * dimensions);
      const each = (_: unknown, i: number) => floats.subarray(i * dimensions, (i + 1) * dimensions);
      yield [from, Array.from({ length: count }, each)];
    }
  } finally {
    closeSync(file);
  }
}

export function readQueries(folder: string, dimensions: number): Float32Array[] {
  const bytes = readFileSync(join(folder, 'queries.f32'));
  const floats = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  return Array.from({ length: NUM_QUERIES }, (_, i) => floats.slice(i * dimensions, (i + 1) * dimensions));
}

/** The numbers of the rows most like each of some queries, by comparing all in float64. */
export function trueRows(folder: string, rows: number, queries: readonly Float32Array[]): number[][] {
  const best = queries.map((): { row: number; similarity: number }[] => []);
  for (const [from, chunk] of readRows(folder, rows, queries[0]!.length)) {
    for (const [i, vector] of chunk.entries()) {
      for (const [q, query] of queries.entries()) {
        let similarity = 0;
        for (let at = 0; at < query.length; at++) similarity += query[at]! * vector[at]!;
        const list = best[q]!;
        if (list.length === NUM_TRUE && similarity <= list.at(-1)!.similarity) continue;
        list.push({ row: from + i, similarity });
        list.sort((a, b) => b.similarity - a.similarity);
        list.length = Math.min(list.length, NUM_TRUE);
      }
    }
  }
  return best.map((list) => list.map(({ row }) => row));
}

/** The share of the true neighbors that were found. */
export function recallOf(found: readonly number[][], truth: readonly number[][]): number {
  const isFound = truth.flatMap((rows, i) => rows.map((row) => found[i]!.includes(row)));
  return isFound.filter(Boolean).length / isFound.length;
}
