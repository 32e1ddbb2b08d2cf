import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { SemblanceError } from '../error.ts';

export interface CsvRow {
  /** Number of the line it begins in, from 1. */
  line: number;
  fields: string[];
}

/**
 * Parses CSV (RFC 4180): fields parted by commas, quoted where they hold commas, quotes or line breaks; blanks around
 * fields and blank lines are left out, and rows may have any number of fields.
 *
 * @param source names the text in errors
 * @throws SemblanceError DATA_INVALID with the line's number
 */
export function csvRows(text: string, source: string): CsvRow[] {
  try {
    const rows = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n'],
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    // the parser tells the line that a row ends in, and takes \r\n within quotes for two lines
    let countedTwice = 0;
    return rows.map(({ record, info }) => {
      const text = record.join('');
      countedTwice += numOf('\r\n', text);
      return { line: info.lines - countedTwice - numOf('\n', text), fields: record };
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new SemblanceError('DATA_INVALID', `${source}: line ${cause.lines}: ${complaintOf(cause)}`, {
      cause,
    });
  }
}

const numOf = (part: string, text: string): number => text.split(part).length - 1;

const complaintOf = ({ code, message }: CsvError): string =>
  code === 'CSV_QUOTE_NOT_CLOSED'
    ? 'a quote is opened and never closed'
    : /QUOTE/.test(code)
      ? 'there is a quote where none is allowed'
      : message;

/** Lines of CSV, the head first; fields are quoted where they must be. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return stringify(rows as (string | number)[][]);
}
