import { type AxisKind, axes, rangeOf } from './axis.ts';
import { el } from './svg.ts';

export interface Series {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
  color: string;
  /** How the line is broken, as SVG's stroke-dasharray has it. */
  dash?: string;
  /** Around the line, such as a mean with its deviation. */
  band?: readonly (readonly [x: number, low: number, high: number])[];
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

/** Lines over a common x axis, as a figure for a page (see `page`), in the colours of its text. */
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

  const grid = yScale.ticks.flatMap((y) => [
    el('line', {
      ...{ x1: left, x2: width - right, y1: py(y), y2: py(y) },
      ...{ stroke: 'currentColor', strokeOpacity: 0.15 },
    }),
    el('text', { x: left - 6, y: py(y) + 4, textAnchor: 'end' }, String(y)),
  ]);
  const marksOnX = xScale.ticks.map((x) =>
    el('text', { x: px(x), y: height - bottom + 16, textAnchor: 'middle' }, String(x)),
  );
  const lines = series.flatMap(({ name, points, color, dash, band = [] }) => {
    const drawn = points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
    if (drawn.length === 0) return [];
    const path = drawn.map(([x, y]) => at(x, y)).join(' ');
    const title = el('title', {}, name);
    const around = [
      ...band.map(([x, low]) => at(x, low)),
      ...band.toReversed().map(([x, , high]) => at(x, high)),
    ];
    const area = `${at(points[0]![0], 0)} ${path} ${at(points.at(-1)![0], 0)}`;
    return [
      ...(filled ? [el('polygon', { points: area, fill: color, fillOpacity: 0.2 })] : []),
      ...(around.length > 0
        ? [el('polygon', { points: around.join(' '), fill: color, fillOpacity: 0.15 })]
        : []),
      // a line of one point draws nothing
      drawn.length === 1
        ? el('circle', { cx: px(drawn[0]![0]), cy: py(drawn[0]![1]), r: 3.5, fill: color }, title)
        : el(
            'polyline',
            { points: path, fill: 'none', stroke: color, strokeWidth: 1.8, strokeDasharray: dash },
            title,
          ),
    ];
  });
  const legend = named.flatMap(({ name, color }, i) => {
    const x = left + (i % legendColumns) * 150;
    const y = 14 + Math.floor(i / legendColumns) * legendLine;
    return [
      el('rect', { x, y, width: 10, height: 10, rx: 2, fill: color }),
      el('text', { x: x + 14, y: y + 9 }, name),
    ];
  });
  const line = mark
    ? [
        el('line', {
          ...{ x1: px(mark.x), x2: px(mark.x), y1: top, y2: height - bottom },
          ...{ stroke: 'currentColor', strokeDasharray: '4 3' },
        }),
        el('text', { x: px(mark.x) + 5, y: top + 12 }, mark.label),
      ]
    : [];
  const ofX = el('text', { x: width - right, y: height - 6, textAnchor: 'end' }, xLabel);
  const frame = { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': title };
  const svg = el('svg', frame, ...grid, ...marksOnX, ...lines, ...legend, ...line, ofX);
  return el('figure', {}, el('figcaption', {}, title), svg).markup;
}
