/** Lays rows out in columns, numbers to the right; the first row is the head. */
export function formatTable(rows: readonly (readonly (string | number)[])[]): string[] {
  const cells = rows.map((row) => row.map(String));
  const widths: number[] = [];
  for (const row of cells) {
    for (const [k, cell] of row.entries()) widths[k] = Math.max(widths[k] ?? 0, cell.length);
  }
  return cells.map((row, i) =>
    row
      .map((cell, k) =>
        typeof rows[i]![k] === 'number' ? cell.padStart(widths[k]!) : cell.padEnd(widths[k]!),
      )
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
