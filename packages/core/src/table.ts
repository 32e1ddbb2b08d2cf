/**
 * Tables of text, in columns.
 *
 * @module
 */

/**
 * Lays rows out in columns; the first row is the head.
 *
 * @param isRight whether a cell stands to the right in its column: numbers do unless told otherwise
 */
export function formatTable(
  rows: readonly (readonly (string | number)[])[],
  isRight: (cell: string | number, column: number) => boolean = (cell) => typeof cell === 'number',
): string[] {
  const cells = rows.map((row) => row.map(String));
  const widths: number[] = [];
  for (const row of cells) {
    for (const [k, cell] of row.entries()) widths[k] = Math.max(widths[k] ?? 0, cell.length);
  }
  return cells.map((row, i) =>
    row
      .map((cell, k) => (isRight(rows[i]![k]!, k) ? cell.padStart(widths[k]!) : cell.padEnd(widths[k]!)))
      .join('  ')
      .trimEnd(),
  );
}

/**
 * {@link formatTable} for a terminal of so many characters: the text of the last column goes on below itself, word by word,
 * so that nothing is cut off. Where even that has no room the lines are as long as they are.
 *
 * @param width characters of a line; what is printed elsewhere has no width
 */
export function fitTable(
  rows: readonly (readonly (string | number)[])[],
  width: number | undefined,
): string[] {
  const plain = formatTable(rows);
  if (width === undefined || plain.every((line) => line.length <= width)) return plain;
  const last = Math.max(...rows.map((row) => row.length)) - 1;
  const before = formatTable(
    rows.map((row) => [...row.slice(0, last), '|'.repeat(Number(row.length > last))]),
  );
  const start = Math.max(0, ...before.map((line) => line.lastIndexOf('|')));
  const room = width - start;
  if (room < LEAST_ROOM) return plain;
  return rows.flatMap((row, i) => {
    const [first = '', ...others] = wrapped(String(row[last] ?? ''), room);
    const head = before[i]!.replace(/\|$/, '').padEnd(start) + first;
    return [head.trimEnd(), ...others.map((line) => ' '.repeat(start) + line)];
  });
}

/** A narrower column is worse than a long line. */
const LEAST_ROOM = 16;

function wrapped(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** `name  value` lines. */
export function formatFacts(facts: Readonly<Record<string, string | number>>): string[] {
  return formatTable(Object.entries(facts).map(([name, value]) => [name, String(value)]));
}

/** A share as a percentage with two decimals. */
export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
