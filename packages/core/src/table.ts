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

/** `name  value` lines. */
export function formatFacts(facts: Readonly<Record<string, string | number>>): string[] {
  return formatTable(Object.entries(facts).map(([name, value]) => [name, String(value)]));
}

/** A share as a percentage with two decimals. */
export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
