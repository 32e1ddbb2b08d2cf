import { closeSync, fsyncSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { blockBytesOf, clearRow, paddedLength } from '../index/codes.ts';
import {
  CHUNK_ROWS,
  chunkLayout,
  HEAD_BYTES,
  HEADER_BYTES,
  headOf,
  type IndexFileHeader,
  isIntact,
  numChunks,
  parseHeader,
} from './format.ts';
import { type ChunkKeys, openChunk, sealChunk } from './seal-chunk.ts';

/**
 * Leaves nothing of faces in an index's file, on the disk. A file that is damaged is removed: it would be made anew.
 * Of an encrypted gallery, their chunks get new keys, and those of before are destroyed with the keys of every other index:
 * nothing of them can be read in copies either.
 *
 * To be called while nobody else writes to the file.
 */
export function eraseRows(path: string, ids: readonly number[], keys?: ChunkKeys): void {
  if (ids.length === 0) return;
  const indexId = eraseInFile(path, ids, keys);
  keys?.keepOnly(indexId);
}

/** @returns the name of the keys of the file that is there afterwards */
function eraseInFile(path: string, ids: readonly number[], keys?: ChunkKeys): string | null {
  let file: number;
  try {
    file = openSync(path, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') rmSync(path); // somebody else's: it goes whole
    return null;
  }
  let header: IndexFileHeader | null = null;
  try {
    header = eraseFrom(file, ids, keys);
  } finally {
    closeSync(file);
    if (!header) rmSync(path, { force: true });
  }
  return header?.indexId ?? null;
}

/** @returns null where the file is damaged */
function eraseFrom(file: number, ids: readonly number[], keys?: ChunkKeys): IndexFileHeader | null {
  const bytes = Buffer.alloc(HEADER_BYTES);
  readSync(file, bytes, 0, HEADER_BYTES, 0);
  const header = parseHeader(bytes, keys !== undefined);
  const byChunk = new Map<number, number[]>();
  for (const id of ids) {
    const chunk = chunkOf(file, header, id);
    if (chunk !== null) byChunk.set(chunk, [...(byChunk.get(chunk) ?? []), id]);
  }
  let isChanged = false;
  for (const [chunk, some] of byChunk) {
    const erased = eraseInChunk(file, header, chunk, some, keys);
    if (erased === null) return null;
    isChanged ||= erased > 0;
  }
  if (isChanged) fsyncSync(file);
  return header;
}

const placeOf = (dimensions: number, chunk: number): number =>
  HEADER_BYTES + chunk * chunkLayout(dimensions).bytes;

/** The chunk that has an id if one has; ids rise. */
function chunkOf(file: number, header: IndexFileHeader, id: number): number | null {
  const head = Buffer.alloc(HEAD_BYTES);
  let [low, high] = [0, numChunks(header) - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    readSync(file, head, 0, HEAD_BYTES, placeOf(header.dimensions, middle));
    if (id < head.readDoubleLE(8)) high = middle - 1;
    else if (id > head.readDoubleLE(16)) low = middle + 1;
    else return middle;
  }
  return null;
}

/** @returns how many were there; null where the chunk is damaged */
function eraseInChunk(
  file: number,
  { dimensions, indexId }: IndexFileHeader,
  chunk: number,
  ids: readonly number[],
  keys?: ChunkKeys,
): number | null {
  const { tables, bytes } = chunkLayout(dimensions);
  const all = Buffer.from(new ArrayBuffer(bytes));
  readSync(file, all, 0, bytes, placeOf(dimensions, chunk));
  const [head, payload] = [all.subarray(0, HEAD_BYTES), all.subarray(HEAD_BYTES)];
  const sealed = keys && { keys, indexId: indexId!, chunk };
  if (!(sealed ? openChunk(sealed, head, [payload]) : isIntact(head, [payload]))) return null;
  const idsOfRows = new Float64Array(all.buffer, HEAD_BYTES, CHUNK_ROWS);
  const subjectIds = new Float64Array(all.buffer, HEAD_BYTES + 8 * CHUNK_ROWS, CHUNK_ROWS);
  const views = {
    codes: new Int8Array(all.buffer),
    floats: new Float32Array(all.buffer),
    words: new Int32Array(all.buffer),
  };
  const blockBytes = blockBytesOf(paddedLength(dimensions));
  const place = placeOf(dimensions, chunk);
  const write = (at: number, numBytes: number) => writeSync(file, all, at, numBytes, place + at);
  let erased = 0;
  for (const id of ids) {
    const row = idsOfRows.indexOf(id);
    if (row < 0) continue;
    const block = HEAD_BYTES + tables + (row >> 2) * blockBytes;
    clearRow(paddedLength(dimensions), views, block, row % 4);
    [idsOfRows[row], subjectIds[row]] = [-1, -1];
    erased++;
    if (sealed) continue;
    write(block, blockBytes);
    write(idsOfRows.byteOffset + 8 * row, 8);
    write(subjectIds.byteOffset + 8 * row, 8);
  }
  if (erased > 0 && sealed) {
    payload.set(sealChunk(sealed, keys!.renew(indexId!, chunk), head, [payload])[0]!);
    write(0, bytes);
  } else if (erased > 0) {
    headOf(head.readDoubleLE(8), head.readDoubleLE(16), [payload]).copy(head);
    write(0, HEAD_BYTES);
  }
  return erased;
}
