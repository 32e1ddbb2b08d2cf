import { fstatSync, fsyncSync, readSync, writeSync } from 'node:fs';

// A gap lies between a B-tree page's list of cells and the first of them. It means nothing to SQLite.
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
const zeros = Buffer.alloc(65_536);

/** The pages of a database, by their numbers from 1 on, in whose gaps there is something. It is not changed. */
export function pagesWithGaps(file: number, pageBytes: number): number[] {
  const { size } = fstatSync(file);
  const chunk = Buffer.alloc(Math.min(size, CHUNK_BYTES));
  const pages: number[] = [];
  for (let at = 0; at + pageBytes <= size; at += chunk.length) {
    const numBytes = readSync(file, chunk, 0, chunk.length, at);
    for (let start = 0; start + pageBytes <= numBytes; start += pageBytes) {
      const page = (at + start) / pageBytes + 1;
      if (gapOf(chunk.subarray(start, start + pageBytes), page)) pages.push(page);
    }
  }
  return pages;
}

/** Clears the gaps of pages, on the disk. Nobody else may write to the file meanwhile. */
export function clearGaps(file: number, pageBytes: number, pages: Iterable<number>): void {
  const bytes = Buffer.alloc(pageBytes);
  let isChanged = false;
  for (const page of pages) {
    const at = (page - 1) * pageBytes;
    if (readSync(file, bytes, 0, pageBytes, at) < pageBytes) continue; // cut off since
    const gap = gapOf(bytes, page);
    if (!gap) continue;
    writeSync(file, zeros, 0, gap.to - gap.from, at + gap.from);
    isChanged = true;
  }
  if (isChanged) fsyncSync(file);
}

/** Where the gap of a page is; null for pages that have none, or nothing in it. */
function gapOf(bytes: Buffer, page: number): { from: number; to: number } | null {
  const header = page === 1 ? FILE_HEADER_BYTES : 0;
  const length = headerBytes.get(bytes[header]!);
  if (length === undefined) return null;
  const from = header + length + 2 * bytes.readUInt16BE(header + 3);
  const to = bytes.readUInt16BE(header + 5) || 65536;
  const isGap = from < to && to <= bytes.length;
  return isGap && bytes.compare(zeros, 0, to - from, from, to) !== 0 ? { from, to } : null;
}
