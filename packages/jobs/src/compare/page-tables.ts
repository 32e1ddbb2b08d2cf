import { escapeHtml } from '@semblance/core/html';
import type { Metric } from '../model.ts';
import { isLowerBetter } from '../record/best.ts';
import type { Row } from './compare.ts';
import { metricText } from './metric-text.ts';

/** A row of a page's table: what stands at its beginning, as HTML. */
export interface Head {
  html: string;
  isBaseline: boolean;
}

/** A column of a page's table. */
export interface Column {
  name: string;
  /** What it is of: columns of one group stand together under its name. */
  group: string;
  /** Stands to the right. */
  isNumber?: boolean;
  /** The cell of a version, as HTML. */
  cell(i: number): string;
}

/** Columns of facts; what is as in the baseline steps back. */
export function factColumns(heads: readonly Head[], rows: readonly Row<string>[], group: string): Column[] {
  const base = Math.max(
    0,
    heads.findIndex(({ isBaseline }) => isBaseline),
  );
  return rows.map(({ name, values }) => ({
    name,
    group,
    cell(i) {
      const value = values[i] ?? null;
      const isSame = i !== base && value === (values[base] ?? null);
      return `<td${isSame ? ' class="same"' : ''}>${value === null ? '–' : escapeHtml(value)}</td>`;
    },
  }));
}

/** Columns of figures: the best is marked, and an interval is drawn below its figure; what cannot be better stands last. */
export function metricColumns(rows: readonly Row<Metric>[], group: string): Column[] {
  const isNeutral = ({ name }: Row<Metric>): number => Number(isLowerBetter(name) === null);
  return rows
    .toSorted((a, b) => isNeutral(a) - isNeutral(b))
    .map((row) => {
      const best = bestIndices(row);
      const range = rangeOf(row);
      return {
        name: row.name,
        group,
        isNumber: true,
        cell: (i) => metricCell(row.values[i] ?? null, best.has(i), range),
      };
    });
}

function metricCell(metric: Metric | null, isBest: boolean, range: readonly [number, number]): string {
  if (metric === null) return '<td class="number">–</td>';
  const { value, interval, best } = metric;
  const reached =
    best && best.value !== value ? `<small>best ${short(best.value)} at ${best.step}</small>` : '';
  const bar = interval ? intervalBar(value, interval, range) : '';
  return `<td class="number${isBest ? ' best' : ''}" title="${escapeHtml(metricText(metric))}">${short(value)}${reached}${bar}</td>`;
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

/** Those with the best value, unless all have it or none can be better. */
function bestIndices({ name, values }: Row<Metric>): ReadonlySet<number> {
  const isLower = isLowerBetter(name);
  const all = values.flatMap((metric, i) => (metric ? [{ i, value: metric.value }] : []));
  if (isLower === null || new Set(all.map(({ value }) => value)).size < 2) return new Set();
  const best = (isLower ? Math.min : Math.max)(...all.map(({ value }) => value));
  return new Set(all.filter(({ value }) => value === best).map(({ i }) => i));
}

function rangeOf({ values }: Row<Metric>): [number, number] {
  const all = values.flatMap((metric) => (metric ? [metric.value, ...(metric.interval ?? [])] : []));
  return [Math.min(...all), Math.max(...all)];
}

/** An interval within what the column reaches, with its value as a tick. */
function intervalBar(
  value: number,
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
): string {
  const at = (x: number): string => (to > from ? (98 * (x - from)) / (to - from) + 1 : 50).toFixed(1);
  const width = Math.max(1, Number(at(high)) - Number(at(low))).toFixed(1);
  return `<svg class="interval" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="95 %: ${short(low)} to ${short(high)}"><rect x="${at(low)}" y="3" width="${width}" height="2"/><rect x="${at(value)}" y="0" width="1.5" height="8"/></svg>`;
}

/** A line a version: many versions make a long table, which is read downwards, and no endless row. */
export function table(heads: readonly Head[], columns: readonly Column[]): string {
  const groups = Map.groupBy(columns, ({ group }) => group);
  const ofGroups = [...groups].map(
    ([name, of]) => `<th colspan="${of.length}" scope="colgroup">${escapeHtml(name)}</th>`,
  );
  const ofColumns = columns.map(
    ({ name, isNumber }) => `<th scope="col"${isNumber ? ' class="number"' : ''}>${escapeHtml(name)}</th>`,
  );
  const body = heads.map(
    ({ html, isBaseline }, i) =>
      `<tr${isBaseline ? ' class="baseline"' : ''}><th scope="row">${html}</th>${columns.map(({ cell }) => cell(i)).join('')}</tr>`,
  );
  return `<div class="table" tabindex="0"><table><thead>${groups.size > 1 ? `<tr><th></th>${ofGroups.join('')}</tr>` : ''}<tr><th></th>${ofColumns.join('')}</tr></thead><tbody>
${body.join('\n')}
</tbody></table></div>`;
}
