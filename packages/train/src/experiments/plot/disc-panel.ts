import { dotPath, el, group, ink, num, palette, type Svg } from '@semblance/core/charts';
import { valueAt } from '@semblance/core/statistics';

/** Embeddings in the plane with their classes. */
export interface DiscData {
  points: readonly (readonly number[])[];
  labels: readonly number[];
  /** Unit vectors of the classes. */
  directions: readonly (readonly number[])[];
}

const center = 150;
const reach = 104;
const rim = 122;

/**
 * A plane of embeddings, 300 px wide and high: dots by class, a spoke for each class's direction, and on the rim
 * the sector that holds the middle 90 % of the class; what is left free between sectors is the margin.
 */
export function discPanel({ points, labels, directions }: DiscData): Svg {
  const norms = points.map((point) => Math.hypot(...point)).sort((a, b) => a - b);
  const scale = reach / valueAt(norms, 0.97);
  const classes = directions.map((direction, k) => {
    const color = palette[k % palette.length]!;
    const own = points.filter((_, n) => labels[n] === k);
    return {
      dots: el('path', { d: dotPath(own.map(([x, y]) => toPixels(x! * scale, y! * scale))), stroke: color }),
      rest: group([spoke(direction, color), sector(own, color), name(direction, k, color)]),
    };
  });
  return group([
    el('circle', { cx: center, cy: center, r: rim, fill: 'none', stroke: ink.rule, strokeWidth: 1 }),
    group(
      classes.map(({ dots }) => dots),
      { fill: 'none', strokeWidth: 3, strokeLinecap: 'round', strokeOpacity: 0.55 },
    ),
    ...classes.map(({ rest }) => rest),
  ]);
}

const toPixels = (x: number, y: number): [number, number] => [center + x, center - y];

function spoke([x, y]: readonly number[], stroke: string): Svg {
  const [x2, y2] = toPixels(x! * rim, y! * rim);
  return el('line', { x1: center, y1: center, x2, y2, stroke, strokeWidth: 1.2 });
}

/** The arc on the rim from the 5th to the 95th percentile of the class's angles. */
function sector(own: readonly (readonly number[])[], stroke: string): Svg {
  const mx = own.reduce((sum, [x, y]) => sum + x! / Math.hypot(x!, y!), 0);
  const my = own.reduce((sum, [x, y]) => sum + y! / Math.hypot(x!, y!), 0);
  const middle = Math.atan2(my, mx);
  const offsets = own.map(([x, y]) => Math.atan2(y! * mx - x! * my, x! * mx + y! * my)).sort((a, b) => a - b);
  const outside = Math.floor(offsets.length * 0.05);
  const from = middle + offsets[outside]!;
  const to = middle + offsets.at(-1 - outside)!;
  const [x1, y1] = toPixels(rim * Math.cos(from), rim * Math.sin(from));
  const [x2, y2] = toPixels(rim * Math.cos(to), rim * Math.sin(to));
  const large = to - from > Math.PI ? 1 : 0;
  const d = `M${num(x1)} ${num(y1)}A${rim} ${rim} 0 ${large} 0 ${num(x2)} ${num(y2)}`;
  return el('path', { d, fill: 'none', stroke, strokeWidth: 6 });
}

function name([x, y]: readonly number[], k: number, fill: string): Svg {
  const [px, py] = toPixels(x! * (rim + 15), y! * (rim + 15));
  return el(
    'text',
    { x: px, y: py + 4.5, fontSize: 13, fontWeight: 600, textAnchor: 'middle', fill },
    `${k}`,
  );
}
