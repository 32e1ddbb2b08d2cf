import { SemblanceError } from '@semblance/face/error';

export interface CsvRow {
  /** Number of the line it begins in, from 1. */
  line: number;
  fields: string[];
}

/**
 * Parses CSV (RFC 4180): fields parted by commas, quoted where they hold commas, quotes or line breaks.
 *
 * Blank lines are left out.
 *
 * @throws SyntaxError with the line's number
 */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let line = 1;
  let row = { line, fields: [] as string[] };
  // a field and what ends it
  const pattern = /("(?:[^"]|"")*"|[^,"\r\n]*)(,|\r?\n|$)/y;
  const source = text.replace(/^\ufeff/, '');
  while (pattern.lastIndex < source.length || row.fields.length > 0) {
    const start = pattern.lastIndex;
    const match = pattern.exec(source);
    if (!match) throw new SyntaxError(`line ${line}: a quote stands where none may`);
    const [whole, field, end] = match as unknown as [string, string, string];
    row.fields.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field.trim());
    for (const character of whole) if (character === '\n') line++;
    if (end === ',') continue;
    if (row.fields.length > 1 || row.fields[0] !== '') rows.push(row);
    row = { line, fields: [] };
    if (end === '' || pattern.lastIndex === start) break;
  }
  return rows;
}

/** {@link parseCsv} of what a user gave; `source` names it. @throws SemblanceError DATA_INVALID with the line's number */
export function csvRows(text: string, source: string): CsvRow[] {
  try {
    return parseCsv(text);
  } catch (cause) {
    throw new SemblanceError('DATA_INVALID', `${source}: ${(cause as Error).message}`, { cause });
  }
}
