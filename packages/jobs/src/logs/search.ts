import { countLines, readBlocks } from './blocks.ts';
import { decodeLine, type LogLine, MOST_LINES } from './page.ts';

export interface SearchResult {
  /** Lines that hold the keyword, in the order of the file. */
  lines: LogLine[];
  /** Whether the log holds more of them. */
  hasMore: boolean;
}

const NEWLINE = 10;

/**
 * The lines of a log that hold a keyword as it is written, in one pass and constant memory.
 *
 * @throws LOG_NOT_FOUND
 */
export async function searchLog(
  path: string,
  keyword: string,
  { fromLine = 1, lines: wanted = 100 }: { fromLine?: number; lines?: number } = {},
): Promise<SearchResult> {
  const limit = Math.min(MOST_LINES, Math.max(1, wanted));
  const needle = Buffer.from(keyword);
  const lines: LogLine[] = [];
  let number = 1; // of the line at `counted`
  for await (const { bytes } of readBlocks(path)) {
    let counted = 0;
    let at = bytes.indexOf(needle);
    while (at >= 0) {
      number += countLines(bytes.subarray(counted, at));
      const start = at === 0 ? 0 : bytes.lastIndexOf(NEWLINE, at - 1) + 1;
      const found = bytes.indexOf(NEWLINE, at);
      const end = found < 0 ? bytes.length : found;
      if (number >= fromLine) {
        if (lines.length === limit) return { lines, hasMore: true };
        lines.push({ number, text: decodeLine(bytes.subarray(start, end)) });
      }
      counted = end;
      at = end < bytes.length ? bytes.indexOf(needle, end) : -1;
    }
    number += countLines(bytes.subarray(counted));
  }
  return { lines, hasMore: false };
}
