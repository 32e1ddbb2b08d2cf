import { ink } from './colors.ts';
import { el, group, type Svg, svgDocument } from './svg.ts';

export interface Panel {
  title: string;
  caption: string;
  /** A drawing 300 px wide and high. */
  drawing: Svg;
}

const cell = { width: 312, height: 356 };
const headHeight = 58;
const lineHeight = 18;

/** Panels side by side under a common title, as an SVG file. */
export function panelGrid(
  title: string,
  subtitle: readonly string[],
  panels: readonly Panel[],
  columns = 4,
): string {
  const top = headHeight + subtitle.length * lineHeight;
  const rows = Math.ceil(panels.length / columns);
  const width = columns * cell.width + 24;
  return svgDocument(width, top + rows * cell.height + 12, title, [
    el('text', { x: 24, y: 36, fontSize: 19, fontWeight: 600, fill: ink.strong }, title),
    ...subtitle.map((line, i) =>
      el('text', { x: 24, y: 58 + i * lineHeight, fontSize: 13, fill: ink.normal }, line),
    ),
    ...panels.map((panel, i) => {
      const x = 12 + (i % columns) * cell.width;
      const y = top + Math.floor(i / columns) * cell.height;
      return group(parts(panel), { transform: `translate(${x} ${y})` });
    }),
  ]);
}

function parts({ title, caption, drawing }: Panel): Svg[] {
  const middle = cell.width / 2;
  const style = { x: middle, textAnchor: 'middle' };
  return [
    el('text', { ...style, y: 20, fontSize: 14, fontWeight: 600, fill: ink.strong }, title),
    el('text', { ...style, y: 38, fontSize: 11.5, fill: ink.normal }, caption),
    group([drawing], { transform: 'translate(6 46)' }),
  ];
}
