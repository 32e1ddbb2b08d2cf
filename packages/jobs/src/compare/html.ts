import { escapeHtml, page } from '@semblance/core/html';
import type { Evaluation } from '../evaluations.ts';
import type { Curve } from '../record/metrics.ts';
import { type Look, looksOf } from './colours.ts';
import type { ComparedVersion, Comparison, Row } from './compare.ts';
import type { Difference } from './differences.ts';
import { curvesHtml } from './page-curves.ts';
import { differencesHtml } from './page-differences.ts';
import { evaluationsHtml } from './page-evaluations.ts';
import { pageStyle } from './page-style.ts';
import { factColumns, type Head, metricColumns, table } from './page-tables.ts';
import type { SeedGroup } from './seed-groups.ts';

export interface ComparisonPage {
  comparison: Comparison;
  differences: readonly Difference[];
  /** Of each version, by the name of the figure. */
  curves: readonly Readonly<Record<string, Curve>>[];
  /** Also rows that are the same in all. */
  isAll: boolean;
  /** Of each version, by the name of the set. */
  evaluations?: readonly ReadonlyMap<string, Evaluation>[];
  /** Draws versions that differ only in their seeds as their mean with a band. */
  isGrouped?: boolean;
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
export function comparisonPage(options: ComparisonPage): string {
  const { comparison, differences, curves, isAll, evaluations = [], isGrouped = false } = options;
  const { versions, baseline, parameters, metrics, data, code, environment } = comparison;
  const names = versions.map(({ name }) => name);
  const looks = looksOf(names.length);
  const heads = versions.map((version, i): Head => headOf(version, looks[i]!, version.name === baseline));
  const kept = <T>(rows: readonly Row<T>[]): readonly Row<T>[] =>
    rows.filter(({ differs }) => isAll || differs);
  const main = [
    ...factColumns(heads, kept(parameters), 'parameters'),
    ...metricColumns(kept(metrics), 'metrics'),
  ];
  const around = [
    ...factColumns(heads, kept(data), 'data'),
    ...factColumns(heads, kept([code]), 'code'),
    ...factColumns(heads, kept(environment), 'machine'),
  ];
  const groups = isGrouped ? comparison.groups : [];
  const title = `Comparison of ${names.length} versions`;
  return page(
    title,
    `<style>${pageStyle}</style>
<h1>${title}</h1>
<p class="lead">Held against ${escapeHtml(baseline)}${isAll ? '' : '; only what differs is shown'}. Bold is the best of a column.</p>
<h2>Parameters and metrics</h2>
${main.length > 0 ? table(heads, main) : '<p>Nothing differs.</p>'}
${comparison.groups.length > 0 ? seedsHtml(comparison.groups) : ''}
${evaluations.some((of) => of.size > 0) ? evaluationsHtml(heads, evaluations) : ''}
${curvesHtml({ names, looks, curves, groups })}
<h2>Runs</h2>
${table(heads, factColumns(heads, runRows(versions), 'run'))}
${around.length > 0 ? `<h2>Data, code and machine</h2>\n${table(heads, around)}` : ''}
${differencesHtml(differences)}`,
  );
}

function headOf({ name }: ComparedVersion, { color, dash }: Look, isBaseline: boolean): Head {
  const line = `<svg class="key" viewBox="0 0 24 8" aria-hidden="true"><line x1="0" x2="24" y1="4" y2="4" stroke="${color}" stroke-width="4"${dash ? ` stroke-dasharray="${dash}"` : ''}/></svg>`;
  return { html: `${line} ${escapeHtml(name)}${isBaseline ? ' <small>baseline</small>' : ''}`, isBaseline };
}

function runRows(versions: readonly ComparedVersion[]): Row<string>[] {
  const row = (name: string, values: (string | null)[]): Row<string> => ({ name, values, differs: true });
  const rows = [
    row(
      'state',
      versions.map(({ state }) => state),
    ),
    row(
      'time',
      versions.map(({ durationMs }) => (durationMs === null ? null : `${Math.round(durationMs / 1000)} s`)),
    ),
    row(
      'parent',
      versions.map(({ parent }) => parent),
    ),
    row(
      'description',
      versions.map(({ description }) => description || null),
    ),
  ];
  return rows.filter(({ values }) => values.some((value) => value !== null));
}

function seedsHtml(groups: readonly SeedGroup[]): string {
  const short = (value: number): string => String(Number(value.toPrecision(4)));
  const names = [...new Set(groups.flatMap(({ metrics }) => Object.keys(metrics)))];
  const rows = names.map((name): Row<string> => {
    const values = groups.map(({ metrics }) => {
      const found = metrics[name];
      return found ? `${short(found.mean)} ± ${short(found.std)}` : null;
    });
    return { name, values, differs: true };
  });
  const heads = groups.map(({ versions }) => ({
    html: `${escapeHtml(versions.join(', '))}`,
    isBaseline: false,
  }));
  return `<h2>Seeds</h2>
<p>Versions that differ in nothing but their seeds: mean ± standard deviation.</p>
${table(heads, factColumns([], rows, ''))}`;
}
