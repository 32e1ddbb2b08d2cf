import { dotPath, el, group, ink, linePath, palette, type Svg } from '@semblance/core/charts';
import type { DiscData } from './disc-panel.ts';

const center = 150;
const radius = 118;

/** Rotation of the sphere towards the eye, in radians: about the upright axis, then forwards. */
const view = { turn: 0.6, tilt: 0.45 };

/**
 * Directions of embeddings in space on a sphere, 300 px wide and high, seen from outside: dots by class, pale where
 * they are on the far side, and a spoke for each class's direction.
 */
export function spherePanel({ points, labels, directions }: DiscData): Svg {
  const dots = (isNear: boolean) =>
    directions.map((_, k) => {
      const own = points.filter((_, n) => labels[n] === k).map(see);
      const seen = own
        .filter(({ depth }) => depth >= 0 === isNear)
        .map(({ x, y }): [number, number] => [x, y]);
      return el('path', { d: dotPath(seen), stroke: palette[k % palette.length] });
    });
  const strokes = { fill: 'none', strokeLinecap: 'round' };
  return group([
    el('circle', { cx: center, cy: center, r: radius, fill: '#fafbfc', stroke: ink.rule }),
    group(dots(false), { ...strokes, strokeWidth: 2.4, strokeOpacity: 0.16 }),
    graticule(),
    group(dots(true), { ...strokes, strokeWidth: 3.2, strokeOpacity: 0.6 }),
    ...directions.map(spoke),
  ]);
}

/** Where a vector's direction meets the sphere, and whether that is on this side. */
function see(vector: readonly number[]): { x: number; y: number; depth: number } {
  const length = Math.hypot(...vector);
  const [x, y, z] = vector.map((value) => value / length) as [number, number, number];
  const right = x * Math.cos(view.turn) + y * Math.sin(view.turn);
  const back = -x * Math.sin(view.turn) + y * Math.cos(view.turn);
  const up = z * Math.cos(view.tilt) + back * Math.sin(view.tilt);
  const depth = z * Math.sin(view.tilt) - back * Math.cos(view.tilt);
  return { x: center + radius * right, y: center - radius * up, depth };
}

/** Circles of longitude and latitude on this side. */
function graticule(): Svg {
  const steps = Array.from({ length: 73 }, (_, i) => (i * Math.PI) / 36);
  const meridians = [0, 1, 2, 3, 4, 5].map((i) =>
    steps.map((t) => {
      const longitude = (i * Math.PI) / 6;
      return [Math.cos(t) * Math.cos(longitude), Math.cos(t) * Math.sin(longitude), Math.sin(t)];
    }),
  );
  const parallels = [-60, -30, 0, 30, 60].map((degrees) => {
    const latitude = (degrees * Math.PI) / 180;
    return steps.map((t) => [
      Math.cos(latitude) * Math.cos(t),
      Math.cos(latitude) * Math.sin(t),
      Math.sin(latitude),
    ]);
  });
  const d = [...meridians, ...parallels].flatMap((circle) => nearParts(circle.map(see)).map(linePath));
  return el('path', { d: d.join(''), fill: 'none', stroke: ink.rule, strokeWidth: 0.8 });
}

/** The stretches of a line that lie on this side. */
function nearParts(line: { x: number; y: number; depth: number }[]): [number, number][][] {
  const parts: [number, number][][] = [[]];
  for (const { x, y, depth } of line) {
    if (depth >= 0) parts.at(-1)!.push([x, y]);
    else if (parts.at(-1)!.length > 0) parts.push([]);
  }
  return parts.filter((part) => part.length > 1);
}

function spoke(direction: readonly number[], k: number): Svg {
  const { x, y, depth } = see(direction);
  const color = palette[k % palette.length]!;
  const outX = center + (x - center) * 1.14;
  const outY = center + (y - center) * 1.14;
  return group(
    [
      el('line', { x1: center, y1: center, x2: x, y2: y, stroke: color, strokeWidth: 1 }),
      el('circle', { cx: x, cy: y, r: 3.4, fill: color, stroke: '#ffffff', strokeWidth: 1 }),
      el(
        'text',
        { x: outX, y: outY + 4.5, fontSize: 13, fontWeight: 600, textAnchor: 'middle', fill: color },
        `${k}`,
      ),
    ],
    { opacity: depth >= 0 ? 1 : 0.3 },
  );
}
