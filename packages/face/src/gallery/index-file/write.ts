import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
  writevSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { asidePath } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import { blockBytesOf } from '../index/codes.ts';
import type { Int8Index } from '../index/int8-index.ts';
import type { IndexPlace, StoreMark } from '../store.ts';
import { eraseRows } from './erase-rows.ts';
import { CHUNK_ROWS, chunkLayout, headerBytes, headOf } from './format.ts';
import { indexIdAt } from './read.ts';
import { sealChunk } from './seal-chunk.ts';

/**
 * Writes an index's file in the place of what is there, on the disk.
 *
 * @returns the store's state that it was made of; null where the index does not have every face that the store has: somebody else enrolled
 */
export function writeIndexFile(place: IndexPlace, codes: Int8Index): StoreMark | null {
  const { mark, ids, subjectIds } = place.listing();
  const order = Int32Array.from(ids, (_, i) => i).sort((a, b) => ids[a]! - ids[b]!);
  const rows = Int32Array.from(order, (i) => codes.rows.rowOf(ids[i]!) ?? -1);
  if (rows.includes(-1)) return null;
  const { dimensions } = codes.segments;
  const aside = asidePath(place.path);
  const keys = place.chunkKeys;
  const indexId = randomBytes(16).toString('hex');
  const chunkKeys = keys?.make(indexId, Math.ceil(rows.length / CHUNK_ROWS), indexIdAt(place.path));
  try {
    const file = openSync(aside, 'wx', 0o600);
    fchmodSync(file, place.mode()); // whoever is let in to the database
    try {
      writeSync(file, headerBytes({ dimensions, numRows: rows.length, mark, ...(keys ? { indexId } : {}) }));
      for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
        const some = order.subarray(from, from + CHUNK_ROWS);
        const { head, parts } = chunkOf(codes, rows.subarray(from, from + CHUNK_ROWS), {
          ids: Float64Array.from(some, (i) => ids[i]!),
          subjectIds: Float64Array.from(some, (i) => subjectIds[i]!),
        });
        const chunk = from / CHUNK_ROWS;
        const sealed = keys ? sealChunk({ keys, indexId, chunk }, chunkKeys![chunk]!, head, parts) : parts;
        writeAll(file, [head, ...sealed]);
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    // whoever went meanwhile is in no file afterwards
    place.exclusively(mark, (gone) => {
      renameSync(aside, place.path);
      eraseRows(place.path, gone, keys);
    });
    syncFolder(dirname(place.path));
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
  return mark;
}

function chunkOf(
  { segments }: Int8Index,
  rows: Int32Array,
  given: { ids: Float64Array; subjectIds: Float64Array },
): { head: Buffer; parts: Uint8Array[] } {
  const { dimensions, layout } = segments;
  const tables = new Float64Array(2 * CHUNK_ROWS).fill(-1);
  tables.set(given.ids);
  tables.set(given.subjectIds, CHUNK_ROWS);
  const blockWords = blockBytesOf(layout.length) / 4;
  const blocks = new Int32Array(chunkLayout(dimensions).blocks / 4);
  const facts = new Float32Array(blocks.buffer);
  for (let i = rows.length; i < CHUNK_ROWS; i++)
    facts[(i >> 2) * blockWords + layout.length + (i % 4)] = Number.NaN;
  for (const [i, row] of rows.entries()) segments.copyRow(row, blocks, (i >> 2) * blockWords, i % 4);
  const parts = [new Uint8Array(tables.buffer), new Uint8Array(blocks.buffer)];
  return { head: headOf(given.ids[0]!, given.ids.at(-1)!, parts), parts };
}

function writeAll(file: number, all: readonly Uint8Array[]): void {
  const wanted = all.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (writevSync(file, all) === wanted) return;
  throw new SemblanceError('STORAGE_FULL', 'there is no room left for the index of the gallery');
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
