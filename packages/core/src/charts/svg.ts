import { escapeHtml } from '../html.ts';

/** A piece of SVG: text that is known to be well-formed. */
export interface Svg {
  markup: string;
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/**
 * An SVG element. Attributes are given in camelCase (`strokeWidth`), numbers are rounded to hundredths, texts are
 * escaped, `undefined` is left out.
 */
export function el(name: string, attributes: Attributes = {}, ...children: (Svg | string)[]): Svg {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined
      ? []
      : ` ${kept.has(key) ? key : kebab(key)}="${typeof value === 'number' ? num(value) : escapeHtml(value)}"`,
  );
  const inner = children
    .map((child) => (typeof child === 'string' ? escapeHtml(child) : child.markup))
    .join('');
  return { markup: `<${name}${written.join('')}${inner ? `>${inner}</${name}>` : '/>'}` };
}

/** Elements one after the other. */
export function group(children: readonly Svg[], attributes: Attributes = {}): Svg {
  return el('g', attributes, ...children);
}

/** A whole SVG file of a size in pixels, on white. */
export function svgDocument(width: number, height: number, title: string, children: readonly Svg[]): string {
  const frame = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${num(width)} ${num(height)}`,
    width,
    height,
    fontFamily: 'system-ui, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif',
    role: 'img',
  };
  const ground = el('rect', { width, height, fill: '#ffffff' });
  return `${el('svg', frame, el('title', {}, title), ground, ...children).markup}\n`;
}

/** The line through points, as data of a path. */
export function linePath(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${num(x, 1)} ${num(y, 1)}`).join('');
}

/** Dots at points, as data of one path: drawn with round caps, far shorter than as many circles. */
export function dotPath(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y]) => `M${num(x, 1)} ${num(y, 1)}h0`).join('');
}

/** A number as short as its precision allows. */
export function num(value: number, digits = 2): string {
  return String(Number(value.toFixed(digits)));
}

/** Attributes that SVG itself writes in camelCase. */
const kept = new Set(['viewBox']);
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
