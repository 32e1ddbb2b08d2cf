import { mean } from '../statistics.ts';
import { type AxisKind, axes, rangeOf } from './axis.ts';
import { escapeHtml } from './html.ts';

export interface Series {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
  color: string;
}

export interface ChartOptions {
  title: string;
  xLabel: string;
  series: readonly Series[];
  /** A vertical line with a word on it. */
  mark?: { x: number; label: string };
  /** Whether the names of the series are written above the lines (true). */
  hasLegend?: boolean;
  /** Fills the area under each series. */
  filled?: boolean;
  xAxis?: AxisKind;
  yAxis?: AxisKind;
  /** Ends of an axis, where they are not those of the values. */
  xRange?: readonly [number, number];
  yRange?: readonly [number, number];
}

const size = { width: 480, left: 44, right: 12, bottom: 38, plot: 192 };
/** Names in a line of the legend, and the height of a line. */
const legendColumns = 3;
const legendLine = 15;

/** Lines over a common x axis, as SVG. */
export function lineChart(options: ChartOptions): string {
  const {
    title,
    xLabel,
    series,
    mark,
    filled = false,
    hasLegend = true,
    xAxis = 'linear',
    yAxis = 'linear',
  } = options;
  const all = series
    .flatMap(({ points }) => points)
    .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  const xs = all.map(([x]) => x);
  const ys = yAxis === 'log' ? all.map(([, y]) => y) : [0, 1e-9, ...all.map(([, y]) => y)];
  const xScale = axes[xAxis](...(options.xRange ?? rangeOf(xs, xAxis)));
  const yScale = axes[yAxis](...(options.yRange ?? rangeOf(ys, yAxis)));
  const { width, left, right, bottom } = size;
  const named = hasLegend ? series : [];
  const top = 30 + legendLine * Math.max(0, Math.ceil(named.length / legendColumns) - 1);
  const height = top + size.plot + bottom;
  // a range that was given may be narrower than the values: the line then runs along the edge
  const inside = (place: number) => Math.min(1, Math.max(0, place));
  const px = (x: number) => left + inside(xScale.place(x)) * (width - left - right);
  const py = (y: number) => height - bottom - inside(yScale.place(y)) * (height - top - bottom);
  const at = (x: number, y: number) => `${px(x).toFixed(1)},${py(y).toFixed(1)}`;

  const grid = yScale.ticks.map(
    (y) =>
      `<line x1="${left}" x2="${width - right}" y1="${py(y)}" y2="${py(y)}" stroke="currentColor" stroke-opacity=".15"/>` +
      `<text x="${left - 6}" y="${py(y) + 4}" text-anchor="end">${y}</text>`,
  );
  const marksOnX = xScale.ticks.map(
    (x) => `<text x="${px(x)}" y="${height - bottom + 16}" text-anchor="middle">${x}</text>`,
  );
  const lines = series.map(({ points, color }) => {
    const path = points
      .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
      .map(([x, y]) => at(x, y));
    const area = filled
      ? `<polygon points="${at(points[0]![0], 0)} ${path.join(' ')} ${at(points.at(-1)![0], 0)}" fill="${color}" fill-opacity=".2"/>`
      : '';
    return `${area}<polyline points="${path.join(' ')}" fill="none" stroke="${color}" stroke-width="1.8"/>`;
  });
  const legend = named.map(({ name, color }, i) => {
    const x = left + (i % legendColumns) * 150;
    const y = 14 + Math.floor(i / legendColumns) * legendLine;
    return `<rect x="${x}" y="${y}" width="10" height="10" rx="2" fill="${color}"/><text x="${x + 14}" y="${y + 9}">${escapeHtml(name)}</text>`;
  });
  const line = mark
    ? `<line x1="${px(mark.x)}" x2="${px(mark.x)}" y1="${top}" y2="${height - bottom}" stroke="currentColor" stroke-dasharray="4 3"/>` +
      `<text x="${px(mark.x) + 5}" y="${top + 12}">${escapeHtml(mark.label)}</text>`
    : '';
  return (
    `<figure><figcaption>${escapeHtml(title)}</figcaption>` +
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}">` +
    `${[...grid, ...marksOnX, ...lines, ...legend].join('')}${line}` +
    `<text x="${width - right}" y="${height - 6}" text-anchor="end">${escapeHtml(xLabel)}</text></svg></figure>`
  );
}

/** Means of `size` values each, so that a noisy curve can be read. */
export function smooth(points: readonly (readonly [number, number])[], numPoints = 120): [number, number][] {
  const size = Math.max(1, Math.floor(points.length / numPoints));
  const out: [number, number][] = [];
  for (let i = 0; i < points.length; i += size) {
    const part = points.slice(i, i + size);
    out.push([mean(part.map(([x]) => x)), mean(part.map(([, y]) => y))]);
  }
  return out;
}

/** How many values fall into each of `numBins` bins between `low` and `high`, as shares. */
export function histogram(
  values: readonly number[],
  low: number,
  high: number,
  numBins = 40,
): [number, number][] {
  const counts = new Array<number>(numBins).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * numBins);
    counts[Math.min(numBins - 1, Math.max(0, bin))]!++;
  }
  return counts.map((count, i) => [
    low + ((i + 0.5) * (high - low)) / numBins,
    count / Math.max(1, values.length),
  ]);
}
