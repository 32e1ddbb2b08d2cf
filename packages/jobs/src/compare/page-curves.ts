import { lineChart, type Series } from '@semblance/core/charts';
import { isLowerBetter } from '../record/best.ts';
import type { Curve } from '../record/metrics.ts';
import type { Look } from './colours.ts';
import { type SeedGroup, spread } from './seed-groups.ts';

export interface CurvesOptions {
  names: readonly string[];
  looks: readonly Look[];
  /** Of each version, by the name of the figure. */
  curves: readonly Readonly<Record<string, Curve>>[];
  /** Versions that are drawn as one: their mean, with a band of one standard deviation. */
  groups: readonly SeedGroup[];
}

/** Curves over each other, a chart a figure; what can be neither good nor bad, such as `lr`, is folded away. */
export function curvesHtml(options: CurvesOptions): string {
  const figures = [...new Set(options.curves.flatMap((record) => Object.keys(record)))];
  const isTelling = (name: string): boolean => isLowerBetter(name) !== null;
  const charts = (names: readonly string[]): string =>
    `<div class="charts">${names.map((name) => chart(name, options)).join('\n')}</div>`;
  const [telling, others] = [figures.filter(isTelling), figures.filter((name) => !isTelling(name))];
  if (figures.length === 0) return '';
  const folded = `<details><summary>${others.join(', ')}</summary>${charts(others)}</details>`;
  return `<h2>Curves</h2>
${telling.length > 0 ? charts(telling) : ''}
${others.length > 0 ? folded : ''}`;
}

function chart(figure: string, { names, looks, curves, groups }: CurvesOptions): string {
  const groupOf = (name: string) => groups.find(({ versions }) => versions.includes(name));
  const curveOf = (name: string): Curve => curves[names.indexOf(name)]?.[figure] ?? [];
  const series = names.flatMap((name, i): Series[] => {
    const group = groupOf(name);
    if (group && group.name !== name) return [];
    if (group) return [bandOf(group, group.versions.map(curveOf), looks[i]!)];
    const points = curveOf(name);
    return points.length > 0 ? [{ name, points, ...looks[i]! }] : [];
  });
  const title = `${figure}${isLowerBetter(figure) === null ? '' : isLowerBetter(figure) ? ' (lower is better)' : ' (higher is better)'}`;
  const yRange = rangeOf(series.flatMap(({ points, band }) => [points, ...edges(band)]));
  return lineChart({ title, xLabel: 'step', hasLegend: false, yRange, series });
}

const edges = (band: Series['band'] = []): Series['points'][] => [
  band.map(([x, low]) => [x, low]),
  band.map(([x, , high]) => [x, high]),
];

/** The mean over versions at the steps that all of them have, within one standard deviation. */
function bandOf({ versions }: SeedGroup, curves: readonly Curve[], look: Look): Series {
  const maps = curves.filter((curve) => curve.length > 0).map((curve) => new Map(curve));
  const steps = [...(maps[0]?.keys() ?? [])].filter((step) => maps.every((map) => map.has(step)));
  const spreads = steps.map((step) => ({ step, ...spread(maps.map((map) => map.get(step)!)) }));
  return {
    name: `mean of ${versions.join(', ')}`,
    points: spreads.map(({ step, mean }) => [step, mean]),
    band: spreads.map(({ step, mean, std }) => [step, mean - std, mean + std]),
    ...look,
  };
}

/** From the lowest to the highest value: curves of accuracy near 1 are not to lie flat on a common 0. */
function rangeOf(curves: readonly Series['points'][]): [number, number] {
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
