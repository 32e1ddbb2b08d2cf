import type { Io } from './io.ts';

const MAX_NAMED = 20;

/** Says the first of many lines one by one, then how many more there are; `where` says what names them all. */
export function sayFirst(io: Io, lines: readonly string[], where = ''): void {
  for (const line of lines.slice(0, MAX_NAMED)) io.err(line);
  if (lines.length > MAX_NAMED) io.err(`… and ${lines.length - MAX_NAMED} more${where}`);
}
