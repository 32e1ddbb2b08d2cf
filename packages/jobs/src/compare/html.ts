import { lineChart } from '@semblance/core/charts';
import { escapeHtml, page } from '@semblance/core/html';
import type { Metric } from '../model.ts';
import type { Curve } from '../record/metrics.ts';
import type { Comparison, Row } from './compare.ts';
import type { Difference } from './differences.ts';

/** Colours that are told apart on white and on black; more curves than these share them. */
const COLOURS = ['#2f7ed8', '#ea7a1a', '#16a34a', '#d6336c', '#7048e8', '#0c8599', '#a0763c', '#868e96'];

export interface ComparisonPage {
  comparison: Comparison;
  differences: readonly Difference[];
  /** Of each version, by the name of the figure. */
  curves: readonly Readonly<Record<string, Curve>>[];
  /** Also rows that are the same in all. */
  isAll: boolean;
}

/**
 * Versions side by side as a page: metrics, curves over each other, parameters, code and data.
 *
 * @returns an HTML page of its own, without scripts or anything to load
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import { comparisonPage, customTask, JobService } from '@semblance/jobs';
 *
 * await using jobs = new JobService({ home: 'jobs' });
 * const versions = [];
 * for (const lr of ['0.1', '0.05']) versions.push(await jobs.create('tune', customTask(['echo', '{lr}'], { lr })));
 * const comparison = jobs.compare(versions);
 * const differences = await jobs.differences(versions);
 * const curves = await Promise.all(versions.map((version) => jobs.curves(version)));
 * await writeFile('versions.html', comparisonPage({ comparison, differences, curves, isAll: false }));
 * ```
 */
export function comparisonPage({ comparison, differences, curves, isAll }: ComparisonPage): string {
  const { versions, parameters, metrics, data, code, environment } = comparison;
  const names = versions.map(({ name }) => name);
  const colour = (i: number): string => COLOURS[i % COLOURS.length]!;
  const rows = <T>(all: readonly Row<T>[]): readonly Row<T>[] =>
    all.filter(({ differs }) => isAll || differs);
  const figures = [...new Set(curves.flatMap((record) => Object.keys(record)))];
  const charts = figures.map((name) =>
    lineChart({
      title: name,
      xLabel: 'step',
      hasLegend: false,
      yRange: rangeOf(curves.map((record) => record[name] ?? [])),
      series: curves.flatMap((record, i) =>
        record[name] ? [{ name: names[i]!, points: record[name], color: colour(i) }] : [],
      ),
    }),
  );
  const legend = names.map(
    (name, i) => `<span style="color:${colour(i)}">●</span> ${escapeHtml(name)} (${versions[i]!.state})`,
  );
  const text = (value: string): string => escapeHtml(value);
  const settings = [...rows(parameters), ...rows(data), ...rows([code]), ...rows(environment)];
  return page(
    `Comparison of ${names.length} versions`,
    `<h1>Comparison</h1>
<p class="lead">${legend.join(' &nbsp; ')}</p>
<h2>Metrics</h2>
${table(names, metrics, metricText)}
<div class="charts">${charts.join('\n')}</div>
<h2>${isAll ? 'Parameters, data, code, machine' : 'What differs'}</h2>
${settings.length > 0 ? table(names, settings, text) : '<p>Nothing.</p>'}
${differences.map(differenceHtml).join('\n')}`,
  );
}

/**
 * A figure as people read it: five digits, and its interval where it has one.
 *
 * @example
 * ```ts
 * import { metricText } from '@semblance/jobs';
 *
 * console.log(metricText({ value: 0.987654321 })); // 0.98765
 * console.log(metricText({ value: 0.9876, interval: [0.98, 0.9951] })); // 0.9876 (0.98 to 0.9951)
 * ```
 */
export const metricText = ({ value, interval }: Metric): string =>
  `${Number(value.toPrecision(5))}${interval ? ` (${interval.map((end) => Number(end.toPrecision(4))).join(' to ')})` : ''}`;

function table<T>(names: readonly string[], rows: readonly Row<T>[], text: (value: T) => string): string {
  const head = names.map((name) => `<th>${escapeHtml(name)}</th>`).join('');
  const body = rows.map(({ name, values }) => {
    const cells = values.map((value) => `<td>${value === null ? '–' : text(value)}</td>`);
    return `<tr><th>${escapeHtml(name)}</th>${cells.join('')}</tr>`;
  });
  return `<div style="overflow-x:auto"><table><tr><th></th>${head}</tr>${body.join('\n')}</table></div>`;
}

function differenceHtml({ from, to, code, data }: Difference): string {
  if (code === '' && data.length === 0) return '';
  const files = data.map(
    ({ input, numAdded, numRemoved, numChanged, shown }) =>
      `<p>${escapeHtml(input)}: ${numAdded} files added, ${numRemoved} removed, ${numChanged} changed</p><pre>${escapeHtml(shown.join('\n'))}</pre>`,
  );
  const codeText =
    code === null
      ? '<p>The code cannot be compared.</p>'
      : code === ''
        ? ''
        : `<pre>${escapeHtml(code)}</pre>`;
  return `<h2>From ${escapeHtml(from)} to ${escapeHtml(to)}</h2>${files.join('')}${codeText}`;
}

/** From the lowest to the highest value: curves of accuracy near 1 are not to lie flat on a common 0. */
function rangeOf(curves: readonly Curve[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const curve of curves) {
    for (const [, value] of curve) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low < high ? [low, high] : [Math.min(0, low), Math.max(1, high)];
}
