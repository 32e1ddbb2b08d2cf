import { formatTable } from '@semblance/core/table';
import type { RateSpread } from '@semblance/lab/metrics';
import { type Column, type Groups, rateText } from '@semblance/lab/tables';

/** Lines for people: a table for each attribute. */
export function groupsText<Row>(groups: Groups<Row>, columns: readonly Column<Row>[]): string[] {
  return Object.entries(groups).flatMap(([name, rows]) => [
    '',
    ...formatTable([
      [name, ...columns.map(({ head }) => head)],
      ...rows.map((row) => [
        row.group,
        ...columns.map(({ count, rate, interval }) => {
          if (count) return count(row);
          const value = rate?.(row) ?? null;
          const ends = value === null ? undefined : interval?.(row);
          return rateText(value) + (ends ? ` (${ends.map(rateText).join(' to ')})` : '');
        }),
      ]),
    ]),
  ]);
}

/** A line for each rate that says who pays for the errors. */
export function spreadText(
  spread: Readonly<Record<string, Readonly<Record<string, RateSpread | null>>>>,
): string[] {
  return Object.entries(spread).flatMap(([name, rates]) =>
    Object.entries(rates).flatMap(([rate, found]) => {
      if (!found) return [];
      const { worst, best, ratio, surely } = found;
      const times = ratio === null || ratio === 1 ? '' : `, ${ratio.toFixed(1)} times as often`;
      return `${rate.toUpperCase()} by ${name}: ${worst.group} ${rateText(worst.rate)}, ${best.group} ${rateText(best.rate)}${times}${surely ? '' : ' (within the intervals)'}`;
    }),
  );
}
