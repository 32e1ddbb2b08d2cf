import type { GroupRates } from '@semblance/face';
import { formatTable, percent } from '../cli/table.ts';
import { escapeHtml } from '../report/html.ts';

const rate = (value: number | null): string => (value === null ? '–' : percent(value));
const rateWithInterval = (value: number | null, interval: readonly [number, number]): string =>
  value === null ? '–' : `${percent(value)} (${interval.map(percent).join(' to ')})`;

/** Lines for people: a table for each attribute. */
export function groupsText(groups: Readonly<Record<string, readonly GroupRates[]>>): string[] {
  return Object.entries(groups).flatMap(([name, rows]) => [
    '',
    ...formatTable([
      [name, 'genuine', 'impostor', 'FNMR', 'FMR'],
      ...rows.map((row) => [row.group, row.genuine, row.impostor, rate(row.fnmr), rate(row.fmr)]),
    ]),
  ]);
}

/** The same as HTML, with intervals. */
export function groupsHtml(groups: Readonly<Record<string, readonly GroupRates[]>>): string {
  return Object.entries(groups)
    .map(([name, rows]) => {
      const cells = rows.map(
        ({ group, genuine, impostor, fnmr, fnmrInterval, fmr, fmrInterval, auc }) =>
          `<tr><td>${escapeHtml(group)}</td><td>${genuine}</td><td>${impostor}</td>` +
          `<td>${rateWithInterval(fnmr, fnmrInterval)}</td><td>${rateWithInterval(fmr, fmrInterval)}</td>` +
          `<td>${auc === null ? '–' : auc.toFixed(4)}</td></tr>`,
      );
      return (
        `<table><tr><th>${escapeHtml(name)}</th><th>genuine pairs</th><th>impostor pairs</th><th>FNMR</th>` +
        `<th>FMR</th><th>AUC</th></tr>${cells.join('')}</table>`
      );
    })
    .join('\n');
}
