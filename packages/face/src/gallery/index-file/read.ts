import { closeSync, fstatSync, openSync, readSync, readvSync } from 'node:fs';
import type { Int8Index } from '../index/int8-index.ts';
import {
  CHUNK_ROWS,
  chunkLayout,
  damaged,
  HEAD_BYTES,
  HEADER_BYTES,
  type IndexFileHeader,
  isIntact,
  numChunks,
  parseHeader,
} from './format.ts';
import { type ChunkKeys, openChunk } from './seal-chunk.ts';

/** An index's file that is open. */
export interface OpenedIndexFile {
  header: IndexFileHeader;
  /**
   * Reads all rows into an index that has none.
   *
   * @returns the subject's number of each row
   * @throws SemblanceError GALLERY_CORRUPT
   */
  readInto(codes: Int8Index): { ids: Float64Array; subjectIds: Float64Array };
  close(): void;
}

/**
 * Opens an index's file; null where there is none.
 *
 * @throws SemblanceError GALLERY_CORRUPT
 */
export function openIndexFile(path: string, keys?: ChunkKeys): OpenedIndexFile | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const bytes = Buffer.alloc(HEADER_BYTES);
    const numBytes = readSync(file, bytes, 0, HEADER_BYTES, 0);
    const header = parseHeader(bytes.subarray(0, numBytes), keys !== undefined);
    const whole = HEADER_BYTES + numChunks(header) * chunkLayout(header.dimensions).bytes;
    if (fstatSync(file).size !== whole) throw damaged();
    return { header, readInto: (codes) => readRows(file, header, codes, keys), close: () => closeSync(file) };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function readRows(
  file: number,
  header: IndexFileHeader,
  { segments, rows }: Int8Index,
  keys?: ChunkKeys,
): { ids: Float64Array; subjectIds: Float64Array } {
  const { bytes } = chunkLayout(header.dimensions);
  const ids = new Float64Array(header.numRows);
  const subjectIds = new Float64Array(header.numRows);
  const head = Buffer.alloc(HEAD_BYTES);
  const tables = new Float64Array(2 * CHUNK_ROWS);
  for (let from = 0; from < header.numRows; from += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, header.numRows - from);
    const parts = [new Uint8Array(tables.buffer), ...segments.blocks(from, CHUNK_ROWS)];
    const at = HEADER_BYTES + (from / CHUNK_ROWS) * bytes;
    if (readvSync(file, [head, ...parts], at) !== bytes) throw damaged();
    const place = keys && { keys, indexId: header.indexId!, chunk: from / CHUNK_ROWS };
    if (!(place ? openChunk(place, head, parts) : isIntact(head, parts))) throw damaged();
    ids.set(tables.subarray(0, count), from);
    subjectIds.set(tables.subarray(CHUNK_ROWS, CHUNK_ROWS + count), from);
  }
  rows.restore(ids);
  return { ids, subjectIds };
}

/** The name that the keys of an encrypted index's file go by; null where there is no such file. */
export function indexIdAt(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return null; // it is replaced, whatever it is
  }
  try {
    const bytes = Buffer.alloc(HEADER_BYTES);
    return parseHeader(bytes.subarray(0, readSync(file, bytes, 0, HEADER_BYTES, 0)), true).indexId ?? null;
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}
