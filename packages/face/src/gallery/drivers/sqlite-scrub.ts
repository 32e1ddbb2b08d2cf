import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

// SQLite overwrites what is deleted where it lies (`secure_delete`), but not the copies that it leaves in the gaps of
// pages when it moves rows between them. A gap means nothing to SQLite: it may be cleared at any time.
// https://www.sqlite.org/fileformat2.html#b_tree_pages

/** Kinds of B-tree pages, with the length of their headers; all other pages begin with a page's number, below 2^24. */
const headerBytes = new Map([
  [2, 12],
  [5, 12],
  [10, 8],
  [13, 8],
]);
/** The file's own header, before that of the first page. */
const FILE_HEADER_BYTES = 100;
const CHUNK_BYTES = 4 << 20;

/**
 * Leaves nothing of deleted rows in a database or in its log. The database goes on being used meanwhile.
 *
 * @returns false where somebody is reading what the log still has to keep: to be tried again
 */
export function scrub(db: DatabaseSync, path: string): boolean {
  const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()!;
  if (busy !== 0) return false;
  // pages in memory would be written back as they were
  db.exec('PRAGMA shrink_memory');
  const pageBytes = Number(db.prepare('PRAGMA page_size').get()!.page_size);
  const file = openSync(path, 'r+');
  try {
    clearGaps(file, pageBytes);
  } finally {
    closeSync(file);
  }
  return true;
}

function clearGaps(file: number, pageBytes: number): void {
  const { size } = fstatSync(file);
  const chunk = Buffer.alloc(Math.min(size, CHUNK_BYTES));
  let isChanged = false;
  for (let at = 0; at + pageBytes <= size; at += chunk.length) {
    const numBytes = readSync(file, chunk, 0, chunk.length, at);
    for (let start = 0; start + pageBytes <= numBytes; start += pageBytes) {
      const [from, to] = gapOf(chunk.subarray(start, start + pageBytes), at + start === 0);
      const gap = chunk.subarray(start + from, start + to);
      if (gap.every((byte) => byte === 0)) continue;
      writeSync(file, gap.fill(0), 0, gap.length, at + start + from);
      isChanged = true;
    }
  }
  if (isChanged) fsyncSync(file);
}

/** What lies between a B-tree page's list of cells and the first of them; nothing for other pages. */
function gapOf(page: Buffer, isFirst: boolean): [from: number, to: number] {
  const header = isFirst ? FILE_HEADER_BYTES : 0;
  const length = headerBytes.get(page[header]!);
  if (length === undefined) return [0, 0];
  const from = header + length + 2 * page.readUInt16BE(header + 3);
  const to = page.readUInt16BE(header + 5) || 65536;
  return from < to && to <= page.length ? [from, to] : [0, 0];
}
