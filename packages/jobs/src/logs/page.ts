import { readBlocks } from './blocks.ts';
import { LINES_A_MARK, lineIndex } from './line-index.ts';

export interface LogLine {
  /** From 1. */
  number: number;
  text: string;
}

export interface LogPage {
  /** In the order of the file. */
  lines: LogLine[];
  /** Lines of the log so far. */
  numLines: number;
}

export interface PageOptions {
  /** Line to begin from; the first going forward, the last going back. */
  baseLine?: number;
  /** Most lines. */
  lines?: number;
  /** `asc`: baseLine and what follows; `desc`: baseLine and what comes before. */
  order?: 'asc' | 'desc';
}

/** Of a longer line its start is shown. */
const MOST_LINE_BYTES = 16 << 10;
export const DEFAULT_LINES = 100;
export const MOST_LINES = 10_000;
const NEWLINE = 10;

/** A page of a log, in constant memory whatever its size. @throws LOG_NOT_FOUND */
export async function readLogPage(path: string, options: PageOptions = {}): Promise<LogPage> {
  const { order = 'asc' } = options;
  const wanted = Math.min(MOST_LINES, Math.max(1, Math.floor(options.lines ?? DEFAULT_LINES)));
  const index = await lineIndex(path);
  // what follows the last end of a line counts as a line
  const numLines = index.numLines + ((await hasOpenLine(path, index.sizeBytes)) ? 1 : 0);
  const base = Math.floor(options.baseLine ?? (order === 'asc' ? 1 : numLines));
  const first = Math.max(1, order === 'asc' ? base : Math.min(base, numLines) - wanted + 1);
  const last = Math.min(numLines, order === 'asc' ? first + wanted - 1 : base);
  const mark = Math.min(index.offsets.length - 1, Math.floor((first - 1) / LINES_A_MARK));
  const lines: LogLine[] = [];
  if (first > last) return { lines, numLines };
  for await (const line of readLines(path, index.offsets[mark]!, mark * LINES_A_MARK + 1)) {
    if (line.number >= first) lines.push({ number: line.number, text: line.text() });
    if (line.number >= last) break;
  }
  return { lines, numLines };
}

async function hasOpenLine(path: string, fromByte: number): Promise<boolean> {
  for await (const _ of readBlocks(path, fromByte)) return true;
  return false;
}

/** A line before it is decoded. */
interface RawLine {
  number: number;
  text(): string;
}

/** Lines from a byte on, which is where line `number` begins. */
async function* readLines(path: string, fromByte: number, number: number): AsyncGenerator<RawLine> {
  let next = number;
  for await (const { bytes, isContinued } of readBlocks(path, fromByte)) {
    let start = isContinued ? endOfLine(bytes, 0) + 1 : 0;
    while (start < bytes.length) {
      const end = endOfLine(bytes, start);
      const line = bytes.subarray(start, end);
      yield { number: next++, text: () => decodeLine(line) };
      start = end + 1;
    }
  }
}

function endOfLine(bytes: Buffer, from: number): number {
  const at = bytes.indexOf(NEWLINE, from);
  return at < 0 ? bytes.length : at;
}

/** The text of a line, cut where it is very long. */
export function decodeLine(bytes: Buffer): string {
  const text = bytes.toString('utf8', 0, Math.min(bytes.length, MOST_LINE_BYTES)).replace(/\r$/, '');
  return bytes.length > MOST_LINE_BYTES ? `${text} … [${bytes.length - MOST_LINE_BYTES} bytes more]` : text;
}
