import { readFile, stat } from 'node:fs/promises';
import { writeFileAside } from '@semblance/core/files';
import { openLog, readBlocks } from './blocks.ts';

/** Where every 1024th line of a log begins: kept beside it, and taken further as the log grows. */
export interface LineIndex {
  /** Bytes of the log that are covered. */
  sizeBytes: number;
  /** Lines that end within these. */
  numLines: number;
  /** Byte at which line 1 + 1024 k begins. */
  offsets: number[];
  /** First bytes of the log, in hex: another log under the same name begins otherwise. */
  head: string;
}

export const LINES_A_MARK = 1024;
/** A log grows by this before the index is written again. */
const WRITE_AFTER_BYTES = 4 << 20;
const HEAD_BYTES = 64;
const NEWLINE = 10;

/** The index of a log as it is now. @throws LOG_NOT_FOUND */
export async function lineIndex(path: string): Promise<LineIndex> {
  const head = await headOf(path);
  const kept = await readKept(`${path}.index`);
  const { size } = await stat(path);
  const isUsable = kept !== null && kept.sizeBytes <= size && head.startsWith(kept.head);
  const index: LineIndex = isUsable ? kept : { sizeBytes: 0, numLines: 0, offsets: [0], head };
  const before = index.sizeBytes;
  for await (const { bytes, offset } of readBlocks(path, before)) {
    let end = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) {
      index.numLines++;
      end = at + 1;
      if (index.numLines % LINES_A_MARK === 0) index.offsets.push(offset + end);
    }
    // a line without an end is looked at again; what a long one holds so far is not
    if (end > 0) index.sizeBytes = offset + end;
  }
  if (index.sizeBytes - before >= WRITE_AFTER_BYTES)
    await writeFileAside(`${path}.index`, JSON.stringify(index));
  return index;
}

/** As text whose start is that of a shorter head. */
async function headOf(path: string): Promise<string> {
  await using file = await openLog(path);
  const buffer = Buffer.alloc(HEAD_BYTES);
  const { bytesRead } = await file.read(buffer, 0, HEAD_BYTES, 0);
  return buffer.toString('hex', 0, bytesRead);
}

async function readKept(path: string): Promise<LineIndex | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as LineIndex;
  } catch {
    return null; // none yet, or one that another reader's disk cut short: it is made anew
  }
}
