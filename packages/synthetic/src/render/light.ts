import type { Random } from '@semblance/core/random';
import type { Rgb } from '../core/color.ts';

/** Light that falls on a scene; directions point from the scene to the light, in camera axes. */
export interface Light {
  /** Strongest source. */
  readonly key: {
    readonly direction: readonly [number, number, number];
    readonly color: Rgb;
    readonly hardness: number;
  };
  readonly fill: { readonly direction: readonly [number, number, number]; readonly color: Rgb };
  /** Light from all round, by axis: +x, −x, +y, −y, +z, −z. */
  readonly ambient: readonly [Rgb, Rgb, Rgb, Rgb, Rgb, Rgb];
  /** How bright the background is beside the faces. */
  readonly backdrop: Rgb;
  /** How dim the place is: 0 bright to 1 dark; sensor noise follows it. */
  readonly dimness: number;
}

type Recipe = (random: Random, strength: number) => Light;

const times = (c: Rgb, k: number): Rgb => [c[0] * k, c[1] * k, c[2] * k];

function direction(azimuth: number, elevation: number): [number, number, number] {
  return [
    Math.sin(azimuth) * Math.cos(elevation),
    Math.sin(elevation),
    Math.cos(azimuth) * Math.cos(elevation),
  ];
}

/** White of a colour temperature between −1 (blue) and 1 (orange). */
function temperature(t: number): Rgb {
  return t > 0 ? [1 + 0.12 * t, 1 - 0.04 * t, 1 - 0.42 * t] : [1 + 0.22 * t, 1 + 0.05 * t, 1 - 0.18 * t];
}

function dome(sky: Rgb, horizon: Rgb, ground: Rgb, side: number): Light['ambient'] {
  return [times(horizon, 1 + side), times(horizon, 1 - side), sky, ground, horizon, times(horizon, 0.8)];
}

/** One line of thought a place; each draws its own directions and colours. */
const RECIPES = {
  room: (random, s) => {
    const white = temperature(random.range(-0.2, 0.9) * s);
    const level = random.range(0.3, 0.48);
    return {
      key: {
        direction: direction(random.normal(0.7), random.range(0.3, 1.1)),
        color: times(white, random.range(0.35, 0.75)),
        hardness: 0.3,
      },
      fill: { direction: direction(random.range(-1.5, 1.5), 0.2), color: times(white, 0.15) },
      ambient: dome(
        times(white, level * 1.2),
        times(white, level),
        times(white, level * 0.55),
        random.normal(0.25),
      ),
      backdrop: times(white, random.range(0.5, 1)),
      dimness: random.range(0.1, 0.5),
    };
  },
  window: (random, s) => {
    const side = random.pick([-1, 1]);
    const day = temperature(random.range(-0.5, 0.2) * s);
    const lamp = temperature(random.range(0.2, 0.9) * s);
    return {
      key: {
        direction: direction(side * random.range(0.7, 1.6), random.range(0, 0.5)),
        color: times(day, random.range(0.7, 1.15)),
        hardness: 0.35,
      },
      fill: { direction: direction(-side * 1.2, 0.2), color: times(lamp, random.range(0.05, 0.2)) },
      ambient: dome(
        times(lamp, 0.24),
        times(day, random.range(0.16, 0.3)),
        times(lamp, 0.13),
        side * random.range(0.2, 0.6),
      ),
      backdrop: times(lamp, random.range(0.3, 0.9)),
      dimness: random.range(0.1, 0.4),
    };
  },
  sun: (random, s) => {
    const sun = temperature(random.range(0, 0.6) * s);
    return {
      key: {
        direction: direction(random.range(-1.7, 1.7), random.range(0.4, 1.25)),
        color: times(sun, random.range(0.8, 1.25)),
        hardness: 0.9,
      },
      fill: { direction: direction(random.range(-2, 2), -0.6), color: times(sun, 0.12) },
      ambient: dome(
        [0.28, 0.34, 0.44],
        [0.24, 0.26, 0.29],
        times(sun, random.range(0.08, 0.22)),
        random.normal(0.12),
      ),
      backdrop: [1.0, 1.02, 1.05],
      dimness: 0,
    };
  },
  overcast: (random) => {
    const level = random.range(0.55, 0.75);
    const grey: Rgb = [0.96, 1, 1.04];
    return {
      key: {
        direction: direction(random.range(-0.8, 0.8), random.range(0.7, 1.3)),
        color: times(grey, random.range(0.12, 0.35)),
        hardness: 0.1,
      },
      fill: { direction: direction(0, -0.8), color: times(grey, 0.05) },
      ambient: dome(
        times(grey, level * 1.25),
        times(grey, level * 0.8),
        times(grey, level * 0.38),
        random.normal(0.1),
      ),
      backdrop: times(grey, random.range(0.8, 1.2)),
      dimness: random.range(0, 0.2),
    };
  },
  flash: (random, s) => {
    const warm = temperature(random.range(0, 0.8) * s);
    return {
      key: {
        direction: direction(random.normal(0.08), random.range(0, 0.15)),
        color: times([1, 1, 1.02], random.range(0.75, 1.05)),
        hardness: 0.8,
      },
      fill: { direction: direction(random.range(-2, 2), 0.8), color: times(warm, 0.1) },
      ambient: dome(times(warm, 0.12), times(warm, 0.09), times(warm, 0.05), 0),
      backdrop: times(warm, random.range(0.1, 0.5)),
      dimness: random.range(0.2, 0.7),
    };
  },
  dusk: (random, s) => {
    const warm = temperature(random.range(0.2, 1) * s);
    const level = random.range(0.08, 0.2);
    return {
      key: {
        direction: direction(random.range(-1.5, 1.5), random.range(-0.2, 1)),
        color: times(warm, random.range(0.15, 0.4)),
        hardness: 0.5,
      },
      fill: {
        direction: direction(random.range(-2, 2), 0),
        color: times(temperature(random.range(-1, 0) * s), 0.08),
      },
      ambient: dome(
        times(warm, level),
        times(warm, level * 0.9),
        times(warm, level * 0.6),
        random.normal(0.3),
      ),
      backdrop: times(warm, random.range(0.1, 0.5)),
      dimness: random.range(0.6, 1),
    };
  },
  backlit: (random, s) => {
    const sky = temperature(random.range(-0.3, 0.4) * s);
    return {
      key: {
        direction: direction(random.pick([-1, 1]) * random.range(2, 2.8), random.range(0.2, 0.8)),
        color: times(sky, random.range(0.9, 1.5)),
        hardness: 0.5,
      },
      fill: { direction: direction(random.normal(0.8), 0.2), color: times(sky, random.range(0.08, 0.25)) },
      ambient: dome(times(sky, 0.34), times(sky, 0.24), times(sky, 0.16), random.normal(0.1)),
      backdrop: times(sky, random.range(1.1, 1.7)),
      dimness: 0.1,
    };
  },
  stage: (random, s) => {
    const hue = random.next();
    const tint: Rgb = [
      0.55 + 0.6 * s * Math.max(0, Math.cos(2 * Math.PI * hue)),
      0.5 + 0.4 * s * Math.max(0, Math.cos(2 * Math.PI * (hue - 0.33))),
      0.55 + 0.6 * s * Math.max(0, Math.cos(2 * Math.PI * (hue - 0.66))),
    ];
    return {
      key: {
        direction: direction(random.range(-1.3, 1.3), random.range(0.2, 1.2)),
        color: times(tint, random.range(0.8, 1.4)),
        hardness: 0.8,
      },
      fill: {
        direction: direction(random.range(-2.5, 2.5), 0.3),
        color: times([tint[2], tint[0], tint[1]], 0.3),
      },
      ambient: dome(times(tint, 0.16), times(tint, 0.12), times(tint, 0.07), random.normal(0.3)),
      backdrop: times(tint, random.range(0.1, 0.6)),
      dimness: random.range(0.2, 0.8),
    };
  },
} satisfies Record<string, Recipe>;

/**
 * Draws the light of a photo.
 * @param strength 0: even room light only; 1: everything from noon to a stage.
 */
export function createLight(random: Random, strength: number): Light {
  const wild = strength;
  const name = random.weighted({
    room: 3,
    window: 2 * wild,
    sun: 2.2 * wild,
    overcast: 1.8 * (0.3 + 0.7 * wild),
    flash: 1.1 * wild,
    dusk: 0.8 * wild,
    backlit: 0.8 * wild,
    stage: 0.5 * wild,
  });
  return RECIPES[name](random, 0.3 + 0.7 * strength);
}
