import { formatTable } from '@semblance/core/table';
import { type Column, type Groups, rateText } from '@semblance/lab/tables';

/** Lines for people: a table for each attribute. */
export function groupsText<Row>(groups: Groups<Row>, columns: readonly Column<Row>[]): string[] {
  return Object.entries(groups).flatMap(([name, rows]) => [
    '',
    ...formatTable([
      [name, ...columns.map(({ head }) => head)],
      ...rows.map((row) => [
        row.group,
        ...columns.map(({ count, rate }) => (count ? count(row) : rateText(rate?.(row)))),
      ]),
    ]),
  ]);
}
