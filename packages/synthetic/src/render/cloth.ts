import type { Random } from '@semblance/core/random';
import { hsv, type Rgb } from '../core/color.ts';
import { smoothstep } from '../core/math.ts';
import { CLOUDS, STRANDS, sampleTile, WHITE } from '../core/noise.ts';
import type { Sample } from './sample.ts';

/** A fabric: two colours and how they are laid out. */
export interface Cloth {
  color: Rgb;
  second: Rgb;
  pattern: 'plain' | 'stripes' | 'bars' | 'checks' | 'print' | 'knit';
  /** mm. */
  period: number;
  shift: number;
}

/** Draws a fabric; clothes belong to a photo, never to a person. */
export function createCloth(random: Random): Cloth {
  const grey = random.chance(0.45);
  const value = random.range(0.08, 0.95);
  const color = grey
    ? hsv(0.6, random.range(0, 0.12), value)
    : hsv(random.next(), 0.15 + 0.75 * random.next() ** 1.5, value);
  return {
    color,
    second: hsv(random.next(), random.range(0, 0.8), random.range(0.1, 1)),
    pattern: random.weighted({ plain: 5, stripes: 1, bars: 1.2, checks: 0.8, print: 1, knit: 1.2 }),
    period: random.range(8, 40),
    shift: random.range(0, 200),
  };
}

/** Albedo of a fabric at (u, v): u an angle (80 mm a radian), v millimetres. */
export function shadeCloth(sample: Sample, cloth: Cloth, u: number, v: number): void {
  const x = u * 110;
  const fold = sampleTile(CLOUDS, x * 0.16 + cloth.shift, v * 0.08);
  let t = 0;
  switch (cloth.pattern) {
    case 'plain':
      break;
    case 'stripes':
      t = wave(x / cloth.period);
      break;
    case 'bars':
      t = wave(v / cloth.period);
      break;
    case 'checks':
      t = 0.5 * wave(x / cloth.period) + 0.5 * wave(v / cloth.period);
      break;
    case 'print':
      t = smoothstep(
        0.55,
        0.62,
        sampleTile(CLOUDS, (x * 3) / cloth.period + cloth.shift, (v * 3) / cloth.period),
      );
      break;
    case 'knit':
      t = 0.35 * sampleTile(STRANDS, x * 0.9, v * 0.4 + cloth.shift);
      break;
  }
  const level = (0.62 + 0.72 * fold) * (0.95 + 0.1 * sampleTile(WHITE, x * 1.3, v * 1.3));
  sample.r = (cloth.color[0] + (cloth.second[0] - cloth.color[0]) * t) * level;
  sample.g = (cloth.color[1] + (cloth.second[1] - cloth.color[1]) * t) * level;
  sample.b = (cloth.color[2] + (cloth.second[2] - cloth.color[2]) * t) * level;
  sample.gloss = 0.05;
}

function wave(turns: number): number {
  const t = turns - Math.floor(turns);
  return smoothstep(0.2, 0.3, t) * smoothstep(0.8, 0.7, t);
}
