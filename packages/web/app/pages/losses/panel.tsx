import { memo } from 'react';
import styles from './features.module.css';
import { momentOf, numDigits, type Run } from './recordings.ts';

const side = 220;
const center = side / 2;
const rim = 98;
const reach = 84;

type Spot = readonly [x: number, y: number];

/** A dot for each place, as one path: a line of no length with round ends. */
const dots = (spots: readonly Spot[]): string =>
  spots.map(([x, y]) => `M${(center + x).toFixed(1)} ${(center - y).toFixed(1)}h0`).join('');

interface PanelProps {
  run: Run;
  numMoments: number;
  moment: number;
  turn: number;
}

/** The unseen digits of a training at a moment, in a colour for each class, with the directions of the classes. */
export const Panel = memo(function Panel({ run, numMoments, moment, turn }: PanelProps) {
  const { points, directions } = momentOf(run, numMoments, moment);
  const classes = Array.from({ length: numDigits }, (_, k) => ({
    own: points.filter((_, n) => n % numDigits === k),
    direction: directions[k]!,
  }));
  return (
    <svg aria-hidden className={styles.panel} viewBox={`0 0 ${side} ${side}`} width={side} height={side}>
      <circle className={styles.rim} cx={center} cy={center} r={rim} />
      {run.dimensions === 2 ? <Plane classes={classes} points={points} /> : <Ball {...{ classes, turn }} />}
    </svg>
  );
});

interface Class {
  own: number[][];
  direction: number[];
}

/** Embeddings as they lie, so large that nearly all are seen; on the rim the middle 90 % of each class. */
function Plane({ classes, points }: { classes: readonly Class[]; points: readonly number[][] }) {
  const norms = points.map((point) => Math.hypot(...point)).sort((a, b) => a - b);
  const scale = reach / Math.max(1, norms[Math.floor(norms.length * 0.95)]!);
  return classes.map(({ own, direction: [x, y] }, k) => {
    const far = rim / Math.max(1e-6, Math.hypot(x!, y!));
    return (
      <g key={`class-${k}`} className={styles[`digit${k}`]}>
        <path className={styles.spoke} d={`M${center} ${center}l${x! * far} ${-y! * far}`} />
        <path className={styles.dots} d={dots(own.map(([px, py]) => [px! * scale, py! * scale]))} />
        <path className={styles.sector} d={sector(own)} />
      </g>
    );
  });
}

/** The arc on the rim from the 5th to the 95th percentile of a class's angles. */
function sector(own: readonly number[][]): string {
  const lengths = own.map(([x, y]) => Math.hypot(x!, y!) || 1);
  const mx = own.reduce((sum, [x], n) => sum + x! / lengths[n]!, 0);
  const my = own.reduce((sum, [, y], n) => sum + y! / lengths[n]!, 0);
  const middle = Math.atan2(my, mx);
  const offsets = own.map(([x, y]) => Math.atan2(y! * mx - x! * my, x! * mx + y! * my)).sort((a, b) => a - b);
  const outside = Math.floor(offsets.length * 0.05);
  const [from, to] = [middle + offsets[outside]!, middle + offsets.at(-1 - outside)!];
  const at = (angle: number) =>
    `${(center + rim * Math.cos(angle)).toFixed(1)} ${(center - rim * Math.sin(angle)).toFixed(1)}`;
  return `M${at(from)}A${rim} ${rim} 0 ${to - from > Math.PI ? 1 : 0} 0 ${at(to)}`;
}

const tilt = (20 * Math.PI) / 180;

/** Directions on the sphere, turned about its upright axis and seen a little from above; pale where they are behind. */
function Ball({ classes, turn }: { classes: readonly Class[]; turn: number }) {
  const yaw = (turn * Math.PI) / 180;
  const seen = ([x, y, z]: readonly number[]): { spot: Spot; isBehind: boolean } => {
    const far = rim / (Math.hypot(x!, y!, z!) || 1);
    const side = x! * Math.cos(yaw) - y! * Math.sin(yaw);
    const depth = x! * Math.sin(yaw) + y! * Math.cos(yaw);
    const spot: Spot = [side * far, (z! * Math.cos(tilt) + depth * Math.sin(tilt)) * far];
    return { spot, isBehind: depth * Math.cos(tilt) - z! * Math.sin(tilt) > 0 };
  };
  return classes.map(({ own, direction }, k) => {
    const all = own.map(seen);
    const spots = (isBehind: boolean) =>
      all.filter((one) => one.isBehind === isBehind).map(({ spot }) => spot);
    const { spot, isBehind } = seen(direction);
    return (
      <g key={`class-${k}`} className={styles[`digit${k}`]}>
        <path className={styles.behind} d={dots(spots(true))} />
        <path
          className={`${styles.spoke} ${isBehind ? styles.faint : ''}`}
          d={`M${center} ${center}l${spot[0].toFixed(1)} ${(-spot[1]).toFixed(1)}`}
        />
        <path className={styles.dots} d={dots(spots(false))} />
      </g>
    );
  });
}
