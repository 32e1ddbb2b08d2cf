/**
 * Parses CSV (RFC 4180): fields parted by commas, quoted where they hold commas, quotes or line breaks.
 *
 * Blank lines are left out.
 *
 * @returns the fields of each line, with the number of the line they begin in, from 1
 */
export function parseCsv(text: string): { line: number; fields: string[] }[] {
  const rows: { line: number; fields: string[] }[] = [];
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
