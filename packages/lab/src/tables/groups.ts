import { escapeHtml, percent } from '@semblance/core/html';
import type { GroupIdentification, GroupRates, GroupRecall, Interval } from '../metrics/index.ts';

/** A column of a table of groups: a count, or a rate with its interval. */
export interface Column<Row> {
  head: string;
  count?(row: Row): number;
  rate?(row: Row): number | null;
  interval?(row: Row): Interval;
}

export const verificationColumns: readonly Column<GroupRates>[] = [
  { head: 'genuine', count: (row) => row.genuine },
  { head: 'impostor', count: (row) => row.impostor },
  { head: 'FNMR', rate: (row) => row.fnmr, interval: (row) => row.fnmrInterval },
  { head: 'FMR', rate: (row) => row.fmr, interval: (row) => row.fmrInterval },
];

export const identificationColumns: readonly Column<GroupIdentification>[] = [
  { head: 'known', count: (row) => row.mated },
  { head: 'strangers', count: (row) => row.nonMated },
  { head: 'rank 1', rate: (row) => row.rank1, interval: (row) => row.rank1Interval },
  { head: 'TPIR', rate: (row) => row.tpir, interval: (row) => row.tpirInterval },
  { head: 'FPIR', rate: (row) => row.fpir, interval: (row) => row.fpirInterval },
];

export const recallColumns: readonly Column<GroupRecall>[] = [
  { head: 'faces', count: (row) => row.faces },
  { head: 'found', count: (row) => row.found },
  { head: 'recall', rate: (row) => row.recall, interval: (row) => row.recallInterval },
];

export type Groups<Row> = Readonly<Record<string, readonly (Row & { group: string })[]>>;

const percentOf = (share: number): string => percent(share, 2);

/** A rate as people read it; a dash where there is none. */
export const rateText = (rate: number | null | undefined): string =>
  rate === null || rate === undefined ? '–' : percentOf(rate);

/** A table for each attribute as HTML, with intervals. */
export function groupsHtml<Row>(groups: Groups<Row>, columns: readonly Column<Row>[]): string {
  const cell = ({ count, rate, interval }: Column<Row>, row: Row): string => {
    if (count) return String(count(row));
    const value = rate?.(row) ?? null;
    const range = value === null || !interval ? '' : ` (${interval(row).map(percentOf).join(' to ')})`;
    return rateText(value) + range;
  };
  return Object.entries(groups)
    .map(([name, rows]) => {
      const head = [name, ...columns.map((column) => column.head)].map(
        (text) => `<th>${escapeHtml(text)}</th>`,
      );
      const lines = rows.map(
        (row) =>
          `<tr><td>${escapeHtml(row.group)}</td>${columns.map((column) => `<td>${cell(column, row)}</td>`).join('')}</tr>`,
      );
      return `<table><tr>${head.join('')}</tr>${lines.join('\n')}</table>`;
    })
    .join('\n');
}
