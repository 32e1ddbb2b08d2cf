import { axes, ticksOf } from './axis.ts';
import { ink } from './colors.ts';
import { el, group, linePath, num, type Svg, svgDocument } from './svg.ts';

export interface Line {
  label: string;
  color: string;
  /** Lengths of dashes and gaps in pixels; none for a line without gaps. */
  dashes?: string;
  /** In pixels; a broad line stays visible below a thin one that covers it. */
  width?: number;
  points: readonly (readonly [x: number, y: number])[];
}

/** A part of the x axis with a tint and a name. */
export interface Zone {
  from: number;
  to: number;
  label: string;
  color: string;
}

export interface PictureAxis {
  label: string;
  range: readonly [number, number];
  /** Where lines of the grid stand; round values if not given. */
  ticks?: readonly number[];
  /** Written behind each number. */
  unit?: string;
}

export interface LinePicture {
  title: string;
  subtitle: string;
  x: PictureAxis;
  y: PictureAxis;
  lines: readonly Line[];
  zones?: readonly Zone[];
}

const size = { width: 960, height: 560 };
const plot = { left: 70, top: 92, right: 668, bottom: 500 };

/** Lines over a common axis, with zones behind them and a legend beside them, as an SVG file of its own, on white. */
export function linePicture({ title, subtitle, x, y, lines, zones = [] }: LinePicture): string {
  const [acrossX, acrossY] = [axes.linear(...x.range), axes.linear(...y.range)];
  const toX = (value: number) => plot.left + acrossX.place(value) * (plot.right - plot.left);
  const toY = (value: number) => plot.bottom - acrossY.place(value) * (plot.bottom - plot.top);
  const clip = el(
    'clipPath',
    { id: 'plot' },
    el('rect', {
      x: plot.left,
      y: plot.top,
      width: plot.right - plot.left,
      height: plot.bottom - plot.top,
    }),
  );
  return svgDocument(size.width, size.height, title, [
    el('defs', {}, clip),
    ...headings(title, subtitle),
    ...zones.flatMap((zone) => zoneOf(zone, toX(zone.from), toX(zone.to))),
    ...(x.ticks ?? ticksOf(...x.range, 6)).map((value) => xTick(value, toX(value), x.unit)),
    ...(y.ticks ?? ticksOf(...y.range, 6)).map((value) => yTick(value, toY(value), y.unit)),
    ...axisLabels(x.label, y.label),
    group(
      lines.map((line) =>
        el('path', {
          d: linePath(line.points.map(([px, py]) => [toX(px), toY(py)])),
          stroke: line.color,
          strokeDasharray: line.dashes,
          strokeWidth: line.width,
        }),
      ),
      { fill: 'none', strokeWidth: 2, strokeLinejoin: 'round', clipPath: 'url(#plot)' },
    ),
    ...lines.map(legendEntry),
  ]);
}

function headings(title: string, subtitle: string): Svg[] {
  return [
    el('text', { x: 24, y: 36, fontSize: 19, fontWeight: 600, fill: ink.strong }, title),
    el('text', { x: 24, y: 58, fontSize: 13, fill: ink.normal }, subtitle),
  ];
}

function zoneOf({ label, color }: Zone, left: number, right: number): Svg[] {
  const height = plot.bottom - plot.top;
  return [
    el('rect', { x: left, y: plot.top, width: right - left, height, fill: color }),
    el(
      'text',
      { x: (left + right) / 2, y: plot.top - 7, fontSize: 11, textAnchor: 'middle', fill: ink.normal },
      label,
    ),
  ];
}

function xTick(value: number, x: number, unit = ''): Svg {
  return group([
    el('line', { x1: x, x2: x, y1: plot.top, y2: plot.bottom, stroke: ink.rule }),
    el(
      'text',
      { x, y: plot.bottom + 18, fontSize: 12, textAnchor: 'middle', fill: ink.normal },
      `${num(value)}${unit}`,
    ),
  ]);
}

function yTick(value: number, y: number, unit = ''): Svg {
  const stroke = value === 0 ? ink.faint : ink.rule;
  const label = `${num(value)}${unit}`.replace('-', '−');
  return group([
    el('line', { x1: plot.left, x2: plot.right, y1: y, y2: y, stroke }),
    el('text', { x: plot.left - 8, y: y + 4, fontSize: 12, textAnchor: 'end', fill: ink.normal }, label),
  ]);
}

function axisLabels(x: string, y: string): Svg[] {
  const style = { fontSize: 13, textAnchor: 'middle', fill: ink.strong };
  const middle = (plot.top + plot.bottom) / 2;
  return [
    el('text', { ...style, x: (plot.left + plot.right) / 2, y: plot.bottom + 42 }, x),
    el('text', { ...style, x: 22, y: middle, transform: `rotate(-90 22 ${num(middle)})` }, y),
  ];
}

function legendEntry({ label, color, dashes, width = 2.5 }: Line, i: number): Svg {
  const y = plot.top + 10 + i * 26;
  const x = plot.right + 22;
  return group([
    el('line', {
      x1: x,
      x2: x + 28,
      y1: y,
      y2: y,
      stroke: color,
      strokeWidth: width,
      strokeDasharray: dashes,
    }),
    el('text', { x: x + 36, y: y + 4, fontSize: 12.5, fill: ink.strong }, label),
  ]);
}
