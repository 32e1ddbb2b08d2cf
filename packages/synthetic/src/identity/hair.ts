import type { Random } from '@semblance/core/random';
import type { Rgb } from '../core/color.ts';
import { clamp } from '../core/math.ts';

/** A cut: millimetres of volume and where the hair ends. */
export interface HairStyle {
  /** Volume on top, at the sides and at the back, mm. */
  top: readonly [number, number];
  sides: readonly [number, number];
  /** Length hanging below the ear line, mm; 0 for short hair. */
  hanging: readonly [number, number];
  /** How far the fringe comes down over the forehead, mm below the hairline. */
  fringe: readonly [number, number];
  curl: readonly [number, number];
  /** Weights among feminine, masculine. */
  weight: readonly [number, number];
}

/** One line a style. */
export const HAIR_STYLES = {
  bald: { top: [0, 0], sides: [0, 0], hanging: [0, 0], fringe: [0, 0], curl: [0, 0], weight: [0, 0.9] },
  monk: { top: [0, 0], sides: [4, 8], hanging: [0, 0], fringe: [0, 0], curl: [0, 0.4], weight: [0, 0.5] },
  buzz: {
    top: [2, 4],
    sides: [1.5, 3],
    hanging: [0, 0],
    fringe: [0, 0],
    curl: [0, 0.3],
    weight: [0.05, 1.6],
  },
  short: { top: [9, 18], sides: [4, 9], hanging: [0, 0], fringe: [0, 14], curl: [0, 0.5], weight: [0.3, 4] },
  quiff: {
    top: [20, 32],
    sides: [4, 9],
    hanging: [0, 0],
    fringe: [0, 0],
    curl: [0, 0.4],
    weight: [0.1, 1.2],
  },
  sidePart: {
    top: [14, 22],
    sides: [6, 11],
    hanging: [0, 0],
    fringe: [6, 26],
    curl: [0, 0.4],
    weight: [0.3, 2],
  },
  curly: {
    top: [20, 34],
    sides: [14, 24],
    hanging: [0, 0],
    fringe: [4, 20],
    curl: [0.7, 1],
    weight: [0.8, 0.8],
  },
  afro: {
    top: [32, 60],
    sides: [28, 52],
    hanging: [0, 0],
    fringe: [0, 8],
    curl: [1, 1],
    weight: [0.4, 0.35],
  },
  pulledBack: {
    top: [6, 11],
    sides: [4, 8],
    hanging: [0, 0],
    fringe: [0, 0],
    curl: [0, 0.2],
    weight: [1.8, 0.15],
  },
  bob: {
    top: [12, 20],
    sides: [12, 18],
    hanging: [55, 95],
    fringe: [0, 34],
    curl: [0, 0.5],
    weight: [1.6, 0.1],
  },
  long: {
    top: [10, 18],
    sides: [10, 16],
    hanging: [130, 210],
    fringe: [0, 18],
    curl: [0, 0.35],
    weight: [3.2, 0.25],
  },
  wavy: {
    top: [14, 24],
    sides: [14, 24],
    hanging: [110, 200],
    fringe: [0, 18],
    curl: [0.5, 0.95],
    weight: [2, 0.15],
  },
  bangs: {
    top: [12, 18],
    sides: [10, 15],
    hanging: [70, 190],
    fringe: [34, 46],
    curl: [0, 0.2],
    weight: [1.3, 0.05],
  },
  bowl: {
    top: [12, 18],
    sides: [9, 14],
    hanging: [0, 0],
    fringe: [28, 42],
    curl: [0, 0.2],
    weight: [0.3, 0.5],
  },
} satisfies Record<string, HairStyle>;

export type HairStyleName = keyof typeof HAIR_STYLES;

export interface Hair {
  readonly style: HairStyleName;
  readonly color: Rgb;
  /** Millimetres, drawn from the style's ranges. */
  readonly top: number;
  readonly sides: number;
  readonly hanging: number;
  readonly fringe: number;
  /** 0 straight to 1 tight curls. */
  readonly curl: number;
  /** How far the hairline has gone back, mm; the temples go twice as far. */
  readonly receding: number;
  readonly hairlineShift: number;
  /** −1 parted on the viewer's left to 1 on the right. */
  readonly part: number;
  /** How far the hanging hair comes round to the front: rad from straight ahead. */
  readonly opening: number;
  readonly patternX: number;
}

export function createHair(
  random: Random,
  color: Rgb,
  masculinity: number,
  age: number,
  melanin: number,
): Hair {
  const weights = Object.fromEntries(
    Object.entries(HAIR_STYLES).map(([name, { weight }]) => {
      let w = weight[0] * (1 - masculinity) + weight[1] * masculinity;
      if ((name === 'bald' || name === 'monk') && age < 30) w *= 0.12;
      if (name === 'afro') w *= melanin > 0.6 ? 5 : 0.25;
      return [name, w];
    }),
  ) as Record<HairStyleName, number>;
  const style = random.weighted(weights);
  const ranges: HairStyle = HAIR_STYLES[style];
  const within = ([low, high]: readonly [number, number]) => random.range(low, high);
  const thinning = masculinity > 0.5 ? clamp((age - 28) / 40, 0, 1) * random.range(0, 22) : 0;
  return {
    style,
    color,
    top: within(ranges.top),
    sides: within(ranges.sides),
    hanging: within(ranges.hanging),
    fringe: within(ranges.fringe),
    curl: clamp(within(ranges.curl) + (melanin > 0.6 && ranges.hanging[1] === 0 ? 0.5 : 0), 0, 1),
    receding: thinning,
    hairlineShift: random.normal(3.5),
    part: random.chance(0.25) ? random.normal(0.1) : random.pick([-1, 1]) * random.range(0.3, 0.8),
    opening: random.range(0.95, 1.4),
    patternX: random.range(0, 256),
  };
}
